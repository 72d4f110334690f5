package dev.weft.ir.graph;

import java.util.List;
import java.util.OptionalInt;
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
