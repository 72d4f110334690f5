package dev.weft.passes.remat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which nodes of a differentiated function are the forward: those that its loss, its outputs or its
 * activations depend on. The rest is the backward.
 *
 * @param nodes in order
 */
record ForwardPart(Function function, Set<Node> nodes) {
  static ForwardPart of(Function function) {
    var found = new HashSet<Node>();
    var open = new ArrayDeque<Value>(new ForwardPart(function, Set.of()).outputs());
    while (!open.isEmpty()) {
      if (open.remove() instanceof Result(var node, _) && found.add(node)) {
        open.addAll(node.operands());
      }
    }
    return new ForwardPart(function, found);
  }

  /** Whether an output is what the backward is for. */
  static boolean isBackward(Port output) {
    return output instanceof Port.Gradient || output instanceof Port.Cotangent;
  }

  boolean contains(Node node) {
    return nodes.contains(node);
  }

  /** Whether a value is there when the backward begins. */
  boolean contains(Value value) {
    return switch (value) {
      case Param _ -> true;
      case Result(var node, _) -> nodes.contains(node);
    };
  }

  List<Node> inOrder() {
    return function.body().nodes().stream().filter(nodes::contains).toList();
  }

  /** What the forward gives to the outside. */
  List<Value> outputs() {
    var outputs = new ArrayList<Value>();
    for (int i = 0; i < function.outputs().size(); i++) {
      if (!isBackward(function.outputs().get(i))) {
        outputs.add(function.body().yields().get(i));
      }
    }
    return outputs;
  }

  /** The parameters that hold weights. */
  Set<Value> weights() {
    return params(port -> port instanceof Port.Weight);
  }

  /** The parameters that are in memory as long as the step runs. */
  Set<Value> held() {
    return params(port -> port instanceof Port.Weight || port instanceof Port.Data);
  }

  private Set<Value> params(Predicate<Port> wanted) {
    var params = new HashSet<Value>();
    for (int i = 0; i < function.inputs().size(); i++) {
      if (wanted.test(function.inputs().get(i))) {
        params.add(function.body().params().get(i));
      }
    }
    return params;
  }
}
