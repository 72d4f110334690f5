package dev.weft.passes.stage;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.passes.core.FreshNames;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Writes one function for each stage; what crosses from one to another becomes their ports. */
final class StageFunctions {
  private final Function function;
  private final StageAssignment assignment;
  private final int count;

  /** Values that later stages take, and their names there. */
  private final Map<Value, String> crossing = new LinkedHashMap<>();

  private StageFunctions(Function function, StageAssignment assignment, int count) {
    this.function = function;
    this.assignment = assignment;
    this.count = count;
  }

  static List<Function> of(Function function, StageAssignment assignment, int count) {
    var stages = new StageFunctions(function, assignment, count);
    stages.findCrossing();
    var made = new ArrayList<Function>();
    for (int s = 0; s < count; s++) {
      made.add(stages.stage(s));
    }
    return made;
  }

  private void findCrossing() {
    var names = new FreshNames();
    for (var node : function.body().nodes()) {
      for (var operand : node.operands()) {
        var from = assignment.stage(operand);
        var to = assignment.stage(node);
        if (from.isPresent() && to.isPresent() && !from.get().equals(to.get())) {
          crossing.computeIfAbsent(operand, v -> names.take(v.name()));
        }
      }
    }
  }

  private Function stage(int stage) {
    var results = results(stage);
    var nodes = nodes(stage, results);
    var builder = new Builder();
    var map = new ValueMap();
    var inputs = new ArrayList<Port>();
    for (var value : taken(stage, nodes, results)) {
      inputs.add(port(value));
      map.put(value, builder.param(new Param(value.name(), value.type())));
    }
    nodes.forEach(n -> map.copy(n, builder));
    var outputs = new ArrayList<Port>();
    var yields = new ArrayList<Value>();
    results.forEach(
        (port, value) -> {
          outputs.add(port);
          yields.add(map.get(value));
        });
    return new Function("stage" + stage, inputs, builder.build(yields), outputs);
  }

  /** What a stage yields: results of the model that it makes, and what later stages take. */
  private Map<Port, Value> results(int stage) {
    var results = new LinkedHashMap<Port, Value>();
    for (int i = 0; i < function.outputs().size(); i++) {
      var value = function.body().yields().get(i);
      if (assignment.stage(value).orElse(count - 1) == stage) {
        results.put(function.outputs().get(i), value);
      }
    }
    crossing.forEach(
        (value, name) -> {
          if (assignment.stage(value).orElseThrow() == stage) {
            results.put(new Port.Activation(name), value);
          }
        });
    return results;
  }

  /** The nodes of a stage, and the free ones that it needs. */
  private List<Node> nodes(int stage, Map<Port, Value> results) {
    var needed = new HashSet<Value>(results.values());
    var nodes = new ArrayList<Node>();
    for (var node : function.body().nodes().reversed()) {
      boolean own = assignment.stage(node).filter(s -> s == stage).isPresent();
      boolean wanted =
          assignment.isFree(node) && node.results().stream().anyMatch(needed::contains);
      if (own || wanted) {
        nodes.addFirst(node);
        needed.addAll(node.operands());
      }
    }
    return nodes;
  }

  /** Parameters of the model in their order, then what earlier stages make. */
  private List<Value> taken(int stage, List<Node> nodes, Map<Port, Value> results) {
    var own = new HashSet<Value>();
    var used = new LinkedHashSet<Value>();
    nodes.forEach(n -> used.addAll(n.operands()));
    used.addAll(results.values());
    nodes.forEach(n -> own.addAll(n.results()));
    used.removeAll(own);
    var taken = new ArrayList<Value>();
    for (int i = 0; i < function.inputs().size(); i++) {
      var param = function.body().params().get(i);
      boolean weight = function.inputs().get(i) instanceof Port.Weight;
      if (used.contains(param) || stage == 0 && weight && isUnused(param)) {
        taken.add(param);
      }
    }
    used.stream().filter(v -> v instanceof Result).forEach(taken::add);
    return taken;
  }

  /** A weight that nothing uses is still one: the first stage holds it. */
  private boolean isUnused(Param weight) {
    return function.body().nodes().stream().noneMatch(n -> n.operands().contains(weight))
        && !function.body().yields().contains(weight);
  }

  private Port port(Value value) {
    var name = crossing.get(value);
    return name != null
        ? new Port.Activation(name)
        : function.inputs().get(function.body().params().indexOf(value));
  }
}
