package dev.weft.passes.knobs;

import dev.weft.ir.graph.Function;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.Divisors;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the plan that the usual degrees mean for a model: {@code dp} cuts the batch, {@code tp} the
 * inner axes, {@code sp} the sequence of what lies between, {@code ep} the experts, {@code pp} the
 * layers. Which axes those are follows from the factor maps ({@link AxisRoles}), not from the kinds
 * of layers.
 */
public final class PlanFromKnobs {
  /** Rows of a table for each device below which cutting it saves less than its sum costs. */
  private static final int WORTHWHILE_ROWS = 16;

  /** Of the legal degrees those up to here are named. */
  private static final int GREATEST_DEGREE = 1024;

  /** The mesh axis of the replicas, and within them, in the hybrid form, that of the shares. */
  private static final String REPLICAS = "dp";

  private static final String SHARES = "shard";

  /** The mesh axis of the replicas among which experts lie. */
  static final String EXPERTS = "ep";

  /** The mesh axis of the devices of a replica. */
  static final String TENSORS = "tp";

  private final Knobs knobs;
  private final Function model;
  private final AxisRoles roles;
  private final Map<String, List<String>> hints;
  private final Optional<OptimizerSpec> optimizer;
  private final Span place;
  private final List<AxisRule> rules = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private PlanFromKnobs(
      Knobs knobs,
      Function model,
      String batch,
      Map<String, List<String>> hints,
      Optional<OptimizerSpec> optimizer,
      Span place) {
    this.knobs = knobs;
    this.model = model;
    this.roles = new AxisRoles(model, batch);
    this.hints = hints;
    this.optimizer = optimizer;
    this.place = place;
  }

  /** As {@link #make(Knobs, Function, String, Map, Span)} for a model that asks for nothing. */
  public static Checked<Plan> make(Knobs knobs, Function model, String batch, Span place) {
    return make(knobs, model, batch, Map.of(), place);
  }

  /**
   * As {@link #make(Knobs, Function, String, Span)} for a model whose optimizer is known: the
   * memory of a pipeline's places holds gradients and optimizer state as well as weights.
   */
  public static Checked<Plan> make(
      Knobs knobs, Function model, String batch, OptimizerSpec optimizer, Span place) {
    return new PlanFromKnobs(knobs, model, batch, Map.of(), Optional.of(optimizer), place).make();
  }

  /**
   * The plan for a model.
   *
   * @param model the forward program of the whole batch
   * @param batch the name of the batch axis
   * @param hints per axis the mesh axes over which the model itself asks to cut it; they go first
   * @param place where the knobs stand, for diagnostics
   */
  public static Checked<Plan> make(
      Knobs knobs, Function model, String batch, Map<String, List<String>> hints, Span place) {
    return new PlanFromKnobs(knobs, model, batch, hints, Optional.empty(), place).make();
  }

  /** The number of experts that each mixture of a model has a multiple of; 1 for none. */
  public static int experts(Function model, String batch) {
    return new AxisRoles(model, batch)
        .experts().stream()
            .map(dim -> BigInteger.valueOf(dim.size()))
            .reduce(BigInteger::gcd)
            .map(BigInteger::intValueExact)
            .orElse(1);
  }

  private Checked<Plan> make() {
    new TreeMap<>(hints)
        .forEach(
            (axis, over) ->
                rules.add(new AxisRule(axis, over, Scope.ALL, "the model asks for it")));
    if (knobs.experts().areSpread()) {
      cutExperts();
    }
    cutBatch();
    if (knobs.tp() > 1) {
      cutTensors();
    }
    if (knobs.sequenceParallel()) {
      cutSequence();
    }
    var pipeline = pipeline();
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return Checked.failed(diagnostics);
    }
    return Checked.of(
        new Plan(
            mesh(),
            rules,
            knobs.microBatches(),
            optimizerSharding(),
            pipeline,
            knobs.remat(),
            knobs.offload(),
            knobs.cache(),
            knobs.prefetch()),
        diagnostics);
  }

  private Optional<PipelinePlan> pipeline() {
    if (knobs.pipeline().degree() == 1) {
      return Optional.empty();
    }
    var held = new HeldWeights(knobs, optimizer, rules, mesh());
    var made = PipelineFromKnobs.make(new StageShares(knobs.pipeline(), model, held, place));
    diagnostics.addAll(made.diagnostics());
    return made.value();
  }

  /** The axis that communicates least comes first, so that its devices lie far apart. */
  private Mesh mesh() {
    var axes = new ArrayList<MeshAxis>();
    if (knobs.pipeline().degree() > 1) {
      axes.add(new MeshAxis(PipelineFromKnobs.AXIS, knobs.pipeline().degree()));
    }
    int shares = knobs.hybrid().orElse(1);
    axes.add(new MeshAxis(REPLICAS, knobs.dp() / shares / expertReplicas()));
    if (knobs.hybrid().isPresent()) {
      axes.add(new MeshAxis(SHARES, shares));
    }
    if (expertReplicas() > 1) {
      axes.add(new MeshAxis(EXPERTS, expertReplicas()));
    }
    axes.add(new MeshAxis(TENSORS, knobs.tp()));
    return new Mesh(axes);
  }

  private OptimizerSharding optimizerSharding() {
    return knobs.hybrid().isPresent()
        ? new OptimizerSharding(knobs.zero(), List.of(SHARES), List.of(REPLICAS))
        : new OptimizerSharding(knobs.zero(), replicas());
  }

  private List<String> replicas() {
    if (knobs.hybrid().isPresent()) {
      return List.of(REPLICAS, SHARES);
    }
    return expertReplicas() > 1 ? List.of(REPLICAS, EXPERTS) : List.of(REPLICAS);
  }

  private int expertReplicas() {
    return knobs.experts().replicas(knobs.tp());
  }

  /** Before the batch: what replicas have dispatched lies by experts. */
  private void cutExperts() {
    var made = new ExpertRules(knobs, hints.keySet(), place).of(roles.experts());
    diagnostics.addAll(made.diagnostics());
    made.value().ifPresent(rules::addAll);
  }

  private void cutBatch() {
    var batch = roles.batch();
    if (batch.isEmpty()) {
      if (knobs.dp() > 1 || knobs.microBatches() > 1) {
        report(KnobCode.BATCH_INDIVISIBLE, "the model has no axis `batch`");
      }
      return;
    }
    long size = batch.get().size();
    if (size % BatchPieces.count(knobs) != 0) {
      diagnostics.add(BatchPieces.indivisible(knobs, size, place));
    }
    if (knobs.dp() > 1 && !hints.containsKey(batch.get().axis())) {
      rules.add(
          new AxisRule(
              batch.get().axis(), replicas(), Scope.ALL, "data parallel: each replica its part"));
    }
  }

  private void cutTensors() {
    var inner = roles.inner();
    if (inner.isEmpty()) {
      report(KnobCode.NOTHING_TO_CUT, "no axis of a weight can be cut over tp=" + knobs.tp());
    }
    for (var dim : inner) {
      if (hints.containsKey(dim.axis())) {
        continue;
      }
      if (roles.isVocabulary(dim.axis()) && dim.size() < WORTHWHILE_ROWS * knobs.tp()) {
        continue;
      }
      if (dim.size() % knobs.tp() == 0) {
        rules.add(new AxisRule(dim.axis(), List.of(TENSORS), Scope.ALL, reason(dim)));
      } else if (roles.isVocabulary(dim.axis())) {
        report(KnobCode.VOCABULARY_WHOLE, indivisible(dim) + "; it stays whole");
      } else {
        report(
            KnobCode.TENSOR_INDIVISIBLE,
            indivisible(dim) + "; legal degrees are " + divisors(dim.size()));
      }
    }
  }

  private String reason(Dim dim) {
    return roles.isVocabulary(dim.axis())
        ? "tensor parallel: a vocabulary, cut in embedding and loss"
        : "tensor parallel: made and summed within a block";
  }

  private void cutSequence() {
    var sequence = roles.sequence();
    if (sequence.isEmpty()) {
      report(KnobCode.NO_SEQUENCE, "no axis of the layers' inputs is a sequence");
    }
    for (var dim : sequence) {
      if (hints.containsKey(dim.axis())) {
        continue;
      }
      if (dim.size() % knobs.tp() != 0) {
        report(
            KnobCode.SEQUENCE_INDIVISIBLE,
            indivisible(dim)
                + "; the nearest legal length is "
                + Multiples.nearest(dim.size(), knobs.tp()));
      } else {
        rules.add(
            new AxisRule(
                dim.axis(),
                List.of(TENSORS),
                Scope.ACTIVATIONS,
                "sequence parallel: activations between the tensor-parallel parts"));
      }
    }
  }

  private String indivisible(Dim dim) {
    return "axis `%s` of size %d is not divisible by tp=%d"
        .formatted(dim.axis(), dim.size(), knobs.tp());
  }

  private void report(KnobCode code, String message) {
    diagnostics.add(Diagnostic.of(code, place, message));
  }

  private static String divisors(long size) {
    return Divisors.of(size).stream()
        .filter(d -> d <= GREATEST_DEGREE)
        .map(d -> Long.toString(d))
        .collect(Collectors.joining(", "));
  }
}
