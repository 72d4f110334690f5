package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.type.Dim;
import dev.weft.passes.core.FreshNames;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the program of one stage, forward and backward, into the functions that a schedule calls.
 * What one phase makes and a later one needs is saved between them; inputs of the stage are given
 * to each phase that needs them.
 *
 * <pre>{@code
 * func @stage0(%w, %x, %dy) { … return activation %y, gradient("w") %dw, cotangent("x") %dx }
 * ---
 * func @stage0_forward(%w, %x)      { … return activation %y, saved %h }
 * func @stage0_backward(%w, %h, %dy) { … return cotangent("x") %dx, gradient("flat") pack %dw }
 * }</pre>
 */
final class StagePhases {
  private static final String FLAT = "flat";

  private final Function stage;
  private final boolean split;
  private final Map<Node, Phase> phases = new HashMap<>();
  private final Map<Value, Phase> makers = new HashMap<>();
  private final Map<Value, String> saved = new LinkedHashMap<>();

  private StagePhases(Function stage, boolean split) {
    this.stage = stage;
    this.split = split;
  }

  /**
   * The functions of a stage's phases.
   *
   * @param wanted the phases that a schedule names; where it names halves of the backward, a whole
   *     backward is both of them
   */
  static Map<Phase, Function> of(Function stage, Set<Phase> wanted) {
    boolean split = wanted.contains(Phase.WEIGHT_GRADIENT);
    var cut = new StagePhases(split ? fissioned(stage) : stage, split);
    cut.assign();
    cut.findSaved();
    var functions = new EnumMap<Phase, Function>(Phase.class);
    for (var phase : wanted) {
      functions.put(phase, cut.function(phase));
    }
    return functions;
  }

  /** The weights of a stage in the order in which their gradients are packed. */
  static List<Port.Weight> weights(Function stage) {
    return stage.outputIndices(Port.Gradient.class).stream()
        .map(i -> stage.outputs().get(i).name())
        .flatMap(
            name ->
                stage.inputs().stream()
                    .flatMap(p -> p.asWeight().stream())
                    .filter(w -> w.name().equals(name)))
        .toList();
  }

  /** What the forward makes; what it sends to the host for the backward is part of it. */
  private static Set<Value> forwardValues(Function stage) {
    var nodes = stage.forwardNodes();
    var values = new HashSet<Value>();
    for (var node : stage.body().nodes()) {
      boolean leaves = node.op() instanceof ToHost && values.contains(node.operand(0));
      if (leaves || nodes.contains(node)) {
        values.addAll(node.results());
      }
    }
    return values;
  }

  /** The stage with the repeats of its backward split in two. */
  private static Function fissioned(Function stage) {
    var forward = forwardValues(stage);
    var wanted = new ArrayList<Value>();
    for (int i : stage.outputIndices(Port.Cotangent.class)) {
      wanted.add(stage.body().yields().get(i));
    }
    var needed = RepeatFission.ancestors(stage.body(), wanted);
    var builder = new Builder();
    var map = new ValueMap();
    stage.body().params().forEach(p -> map.put(p, builder.param(p)));
    for (var node : stage.body().nodes()) {
      boolean backward = node.results().stream().noneMatch(forward::contains);
      if (backward && node.op() instanceof Repeat) {
        RepeatFission.emit(node, needed, builder, map);
      } else {
        map.copy(node, builder);
      }
    }
    var body = builder.build(map.get(stage.body().yields()));
    return new Function(stage.name(), stage.inputs(), body, stage.outputs());
  }

  private void assign() {
    var forward = forwardValues(stage);
    var urgent = split ? urgentValues(forward) : Set.<Value>of();
    for (var node : stage.body().nodes()) {
      boolean isForward = node.results().stream().anyMatch(forward::contains);
      boolean isUrgent = node.results().stream().anyMatch(urgent::contains);
      var phase =
          isForward
              ? Phase.FORWARD
              : !split ? Phase.BACKWARD : isUrgent ? Phase.INPUT_GRADIENT : Phase.WEIGHT_GRADIENT;
      phases.put(node, phase);
      node.results().forEach(r -> makers.put(r, phase));
    }
  }

  /** What earlier stages wait for, and the chains of cotangents through this stage's repeats. */
  private Set<Value> urgentValues(Set<Value> forward) {
    var wanted = new ArrayList<Value>();
    for (int i : stage.outputIndices(Port.Cotangent.class)) {
      wanted.add(stage.body().yields().get(i));
    }
    for (var node : stage.body().nodes()) {
      boolean backward = node.results().stream().noneMatch(forward::contains);
      if (backward && node.op() instanceof Repeat && isChain(node)) {
        wanted.addAll(node.results());
      }
    }
    return RepeatFission.ancestors(stage.body(), wanted);
  }

  private static boolean isChain(Node node) {
    return !RepeatFission.urgent(node, List.of()).isEmpty();
  }

  private void findSaved() {
    var names = new FreshNames();
    for (var node : stage.body().nodes()) {
      for (var operand : node.operands()) {
        var maker = makers.get(operand);
        if (maker != null && maker != phases.get(node)) {
          saved.computeIfAbsent(operand, v -> names.take(v.name()));
        }
      }
    }
    for (int i = 0; i < stage.outputs().size(); i++) {
      var value = stage.body().yields().get(i);
      var maker = makers.get(value);
      if (maker != null && maker != phase(stage.outputs().get(i))) {
        saved.computeIfAbsent(value, v -> names.take(v.name()));
      }
    }
  }

  /** The phase that yields an output of the stage. */
  private Phase phase(Port output) {
    return switch (output) {
      case Port.Gradient _ -> split ? Phase.WEIGHT_GRADIENT : Phase.BACKWARD;
      case Port.Cotangent _ -> split ? Phase.INPUT_GRADIENT : Phase.BACKWARD;
      default -> Phase.FORWARD;
    };
  }

  private Function function(Phase phase) {
    var nodes = stage.body().nodes().stream().filter(n -> isPart(phases.get(n), phase)).toList();
    var results = results(phase);
    var gradients = gradients(phase);
    var builder = new Builder();
    var map = new ValueMap();
    var inputs = new ArrayList<Port>();
    for (var value : taken(phase, nodes, results, gradients)) {
      inputs.add(port(value));
      map.put(value, builder.param(new Param(value.name(), value.type(), value.sharding())));
    }
    nodes.forEach(n -> map.copy(n, builder));
    var outputs = new ArrayList<>(results.keySet());
    var yields = new ArrayList<Value>(map.get(List.copyOf(results.values())));
    if (!gradients.isEmpty()) {
      long size = gradients.stream().mapToLong(g -> g.type().elements()).sum();
      var pack = new Pack(new Dim(FLAT, size));
      yields.add(builder.emit(FLAT, pack, map.get(gradients).toArray(Value[]::new)));
      outputs.add(new Port.Gradient(FLAT));
    }
    return new Function(name(phase), inputs, builder.build(yields), outputs);
  }

  /** Whether a phase does what another one, or a half of it, does. */
  private static boolean isPart(@Nullable Phase part, Phase phase) {
    boolean half = part == Phase.INPUT_GRADIENT || part == Phase.WEIGHT_GRADIENT;
    return part == phase || phase == Phase.BACKWARD && half;
  }

  private String name(Phase phase) {
    return stage.name()
        + switch (phase) {
          case FORWARD -> "_forward";
          case BACKWARD -> "_backward";
          case INPUT_GRADIENT -> "_input";
          case WEIGHT_GRADIENT -> "_weight";
        };
  }

  /** What a phase yields, but for gradients: outputs of the stage, and what it saves. */
  private Map<Port, Value> results(Phase phase) {
    var results = new LinkedHashMap<Port, Value>();
    for (int i = 0; i < stage.outputs().size(); i++) {
      var port = stage.outputs().get(i);
      if (isPart(phase(port), phase) && !(port instanceof Port.Gradient)) {
        results.put(port, stage.body().yields().get(i));
      }
    }
    saved.forEach(
        (value, name) -> {
          if (makers.get(value) == phase) {
            results.put(new Port.Saved(name), value);
          }
        });
    return results;
  }

  private List<Value> gradients(Phase phase) {
    return phase == Phase.FORWARD || phase == Phase.INPUT_GRADIENT
        ? List.of()
        : stage.outputIndices(Port.Gradient.class).stream()
            .map(stage.body().yields()::get)
            .toList();
  }

  /** Inputs of the stage in their order, then what earlier phases saved. */
  private List<Value> taken(
      Phase phase, List<Node> nodes, Map<Port, Value> results, List<Value> gradients) {
    var used = new LinkedHashSet<Value>();
    nodes.forEach(n -> used.addAll(n.operands()));
    used.addAll(results.values());
    used.addAll(gradients);
    used.removeIf(v -> isPart(makers.get(v), phase));
    var taken = new ArrayList<Value>(stage.body().params());
    taken.retainAll(used);
    saved.keySet().stream().filter(used::contains).forEach(taken::add);
    return taken;
  }

  private Port port(Value value) {
    var name = saved.get(value);
    return name != null
        ? new Port.Saved(name)
        : stage.inputs().get(stage.body().params().indexOf((Param) value));
  }
}
