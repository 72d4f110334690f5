package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.schedule.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline stage with its phases put together again: what one phase saves for a later one is one
 * value here, so that the slices that a loop saves stay a list.
 *
 * @param phases the nodes of each phase, in the order in which a micro-batch passes them
 * @param region all phases
 * @param weights by path
 * @param data the inputs of the batch, and the scale of the loss, by name
 * @param takes the activations that it takes, by name
 * @param gives the activations that it makes, by name
 * @param wants by activation that it makes, the cotangent that it takes
 * @param returns by activation that it takes, the cotangent that it makes
 * @param results the loss and outputs that it makes, by name
 * @param gradients by weight
 */
record StageCode(
    Map<Phase, List<Node>> phases,
    Region region,
    Map<Port.Weight, Value> weights,
    Map<String, Value> data,
    Map<String, Value> takes,
    Map<String, Value> gives,
    Map<String, Value> wants,
    Map<String, Value> returns,
    Map<String, Value> results,
    Map<Port.Weight, Value> gradients) {

  /**
   * Puts together the functions of a stage's phases.
   *
   * @param functions in the order in which a micro-batch passes them
   * @param packed the weights in the order in which their gradients are packed
   */
  static StageCode of(Map<Phase, Function> functions, List<Port.Weight> packed) {
    var joining = new Joining(packed);
    functions.forEach(joining::add);
    return joining.stage();
  }

  private static final class Joining {
    private final Map<Phase, List<Node>> phases = new LinkedHashMap<>();
    private final Map<Port.Weight, Value> weights = new LinkedHashMap<>();
    private final Map<String, Value> data = new LinkedHashMap<>();
    private final Map<String, Value> takes = new LinkedHashMap<>();
    private final Map<String, Value> gives = new LinkedHashMap<>();
    private final Map<String, Value> wants = new LinkedHashMap<>();
    private final Map<String, Value> returns = new LinkedHashMap<>();
    private final Map<String, Value> results = new LinkedHashMap<>();
    private final Map<String, Value> saved = new HashMap<>();
    private final Map<Value, Value> here = new HashMap<>();
    private final Map<Port.Weight, Value> gradients = new LinkedHashMap<>();
    private final List<Port.Weight> packed;

    Joining(List<Port.Weight> packed) {
      this.packed = packed;
    }

    StageCode stage() {
      var nodes = phases.values().stream().flatMap(List::stream).toList();
      var yields = new ArrayList<Value>();
      List.of(gives, results, returns).forEach(made -> yields.addAll(made.values()));
      return new StageCode(
          phases,
          Region.of(nodes, yields),
          weights,
          data,
          takes,
          gives,
          wants,
          returns,
          results,
          gradients);
    }

    void add(Phase phase, Function function) {
      var params = function.body().params();
      for (int i = 0; i < params.size(); i++) {
        here.put(params.get(i), taken(function.inputs().get(i), params.get(i)));
      }
      var nodes = new ArrayList<Node>();
      for (var node : function.body().nodes()) {
        if (node.op() instanceof Pack && function.body().yields().contains(node.result())) {
          for (int i = 0; i < packed.size(); i++) {
            gradients.put(packed.get(i), mapped(node.operand(i)));
          }
        } else if (node.op() instanceof Pack || node.op() instanceof Unpack) {
          // Rows of a gradient: they are added into it where they are computed.
          copy(node);
        } else {
          nodes.add(copy(node));
        }
      }
      phases.put(phase, List.copyOf(nodes));
      for (int i = 0; i < function.outputs().size(); i++) {
        if (!(function.outputs().get(i) instanceof Port.Gradient)) {
          made(function.outputs().get(i), mapped(function.body().yields().get(i)));
        }
      }
    }

    private Value taken(Port port, Value param) {
      return switch (port) {
        case Port.Weight weight -> first(weights, weight, param);
        case Port.Data(var name, var _, var _) -> first(data, name, param);
        case Port.State(var name, var _) -> first(data, name, param);
        case Port.Activation(var name) -> first(takes, name, param);
        case Port.Cotangent(var name) -> first(wants, name, param);
        case Port.Saved(var name) -> first(saved, name, param);
        default -> throw new IllegalStateException("no input of a phase: " + port);
      };
    }

    private void made(Port port, Value value) {
      switch (port) {
        case Port.Activation(var name) -> gives.put(name, value);
        case Port.Cotangent(var name) -> returns.put(name, value);
        case Port.Saved(var name) -> saved.put(name, value);
        case Port.Loss(var name) -> results.put(name, value);
        case Port.Output(var name) -> results.put(name, value);
        default -> throw new IllegalStateException("no result of a phase: " + port);
      }
    }

    private static <K> Value first(Map<K, Value> known, K key, Value param) {
      return known.computeIfAbsent(key, _ -> param);
    }

    private Node copy(Node node) {
      var copy =
          new Node(
              node.op(),
              mapped(node.operands()),
              node.bodies(),
              node.types(),
              node.names(),
              node.shardings(),
              node.span());
      node.results().forEach(r -> here.put(r, copy.result(((Result) r).index())));
      return copy;
    }

    private List<Value> mapped(List<Value> values) {
      return values.stream().map(this::mapped).toList();
    }

    private Value mapped(Value value) {
      var known = here.get(value);
      if (known == null) {
        throw new IllegalStateException("not of this stage: " + value);
      }
      return known;
    }
  }
}
