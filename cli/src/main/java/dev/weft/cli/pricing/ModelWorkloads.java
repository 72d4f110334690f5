package dev.weft.cli.pricing;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.frontend.check.Options;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.core.Pipeline.Verification;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.pipeline.Replica;
import dev.weft.passes.workload.Workload;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workloads of one model. What is the same for many plans is compiled once: the gradients of a
 * size of micro-batch, of these the lowered program of a tensor parallelism, and of this the
 * workload of a policy of remat.
 */
public final class ModelWorkloads {
  private final Source source;
  private final Options options;
  private final CheckedModel model;
  private final Map<Long, Checked<Piece>> pieces = new ConcurrentHashMap<>();
  private final Map<Key, Checked<Module>> lowered = new ConcurrentHashMap<>();
  private final Map<Key, Checked<Workload>> workloads = new ConcurrentHashMap<>();

  /** Replicas whose program has been verified, for some size of micro-batch. */
  private final Set<Plan> verified = ConcurrentHashMap.newKeySet();

  private record Key(long batch, Plan replica) {}

  /** The model over one micro-batch of one replica, and its gradients. */
  private record Piece(CheckedModel model, MicroBatching micro, Module grads) {}

  private ModelWorkloads(Source source, Options options, CheckedModel model) {
    this.source = source;
    this.options = options;
    this.model = model;
  }

  public static Checked<ModelWorkloads> of(Source source, Options options) {
    return Frontend.check(source, options).map(m -> of(source, options, m));
  }

  /** Of a model that has been checked already. */
  public static ModelWorkloads of(Source source, Options options, CheckedModel model) {
    return new ModelWorkloads(source, options, model);
  }

  /** The model over the whole batch. */
  public CheckedModel model() {
    return model;
  }

  /** The workload of one micro-batch of one replica of a plan. */
  public Checked<Workload> of(Plan plan) {
    long pieces = (long) plan.microBatches() * plan.mesh().size(plan.freeReplicas());
    long batch = Math.max(1, model.recipe().batch() / pieces);
    return workloads.computeIfAbsent(new Key(batch, Replica.plan(plan)), this::workload);
  }

  private Checked<Workload> workload(Key key) {
    var keeping = new Key(key.batch, key.replica.withRemat(new RematPlan.None()));
    return piece(key.batch)
        .then(
            piece ->
                lowered
                    .computeIfAbsent(keeping, this::lowered)
                    .then(module -> recomputed(piece, key.replica, module)))
        .map(Workload::of);
  }

  private Checked<Module> lowered(Key key) {
    return piece(key.batch)
        .then(
            piece -> run(Replica.lowering(key.replica, piece.grads()), key.replica, piece.grads()));
  }

  private Checked<Module> recomputed(Piece piece, Plan replica, Module lowered) {
    if (replica.remat() instanceof RematPlan.None) {
      return Checked.ok(lowered);
    }
    var optimizer = piece.model().recipe().optimizer();
    var outputs = piece.model().module().only().outputs();
    var remat = Replica.remat(replica, optimizer, piece.micro(), outputs, lowered);
    return run(remat, replica, lowered);
  }

  /** Programs of one replica differ in sizes alone: one that was verified stands for all. */
  private Checked<Module> run(Pipeline pipeline, Plan replica, Module module) {
    if (verified.contains(replica)) {
      return pipeline.with(Verification.NONE).run(module);
    }
    var made = pipeline.run(module);
    if (!made.hasErrors()) {
      verified.add(replica);
    }
    return made;
  }

  private Checked<Piece> piece(long batch) {
    return pieces.computeIfAbsent(batch, this::differentiated);
  }

  private Checked<Piece> differentiated(long batch) {
    var piece =
        batch == model.recipe().batch()
            ? Checked.ok(model)
            : Frontend.check(source, options.with(Recipe.BATCH_AXIS, Long.toString(batch)));
    return piece.then(ModelWorkloads::differentiated);
  }

  private static Checked<Piece> differentiated(CheckedModel model) {
    var grads = Replica.differentiation().run(model.module());
    return MicroBatching.of(model.module().only(), Recipe.BATCH_AXIS, 1)
        .then(micro -> grads.map(made -> new Piece(model, micro, made)));
  }

  /** Elements of the largest integer input of a step: its tokens; without any, its examples. */
  public long tokens() {
    var function = model.module().only();
    return function.inputIndices(Port.Data.class).stream()
        .map(i -> function.body().params().get(i).type())
        .filter(type -> type.dtype() == DType.I32 && type.bears(Recipe.BATCH_AXIS))
        .mapToLong(TensorType::elements)
        .max()
        .orElse(model.recipe().batch());
  }
}
