package dev.weft.ir.graph;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A named block whose parameters and results have roles.
 *
 * @param inputs the role of each parameter of the body
 * @param outputs the role of each value that the body yields
 */
public record Function(String name, List<Port> inputs, Block body, List<Port> outputs) {
  public Function {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (inputs.size() != body.params().size() || outputs.size() != body.yields().size()) {
      throw new IllegalArgumentException(
          name + ": " + inputs + " / " + outputs + " do not fit the body");
    }
  }

  /**
   * The nodes of the forward program: those that a loss, an output or an activation for another
   * stage depends on. The rest is the backward.
   */
  public Set<Node> forwardNodes() {
    var live = new HashSet<Value>();
    for (int i = 0; i < outputs.size(); i++) {
      if (!(outputs.get(i) instanceof Port.Gradient || outputs.get(i) instanceof Port.Cotangent)) {
        live.add(body.yields().get(i));
      }
    }
    var forward = new HashSet<Node>();
    for (var node : body.nodes().reversed()) {
      if (node.results().stream().anyMatch(live::contains)) {
        forward.add(node);
        live.addAll(node.operands());
      }
    }
    return forward;
  }

  /** Position of the first output of a kind. */
  public OptionalInt output(Class<? extends Port> kind) {
    return IntStream.range(0, outputs.size())
        .filter(i -> kind.isInstance(outputs.get(i)))
        .findFirst();
  }

  /** Positions of the inputs of a kind. */
  public List<Integer> inputIndices(Class<? extends Port> kind) {
    return IntStream.range(0, inputs.size())
        .filter(i -> kind.isInstance(inputs.get(i)))
        .boxed()
        .toList();
  }

  /** Positions of the outputs of a kind. */
  public List<Integer> outputIndices(Class<? extends Port> kind) {
    return IntStream.range(0, outputs.size())
        .filter(i -> kind.isInstance(outputs.get(i)))
        .boxed()
        .toList();
  }
}
