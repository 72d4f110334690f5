package dev.weft.ir.graph;

import java.util.List;

/**
 * Straight-line code from some values to others: a block, or a part of one.
 *
 * @param inputs all that the nodes use beside one another's results
 */
public record Stretch(List<Value> inputs, List<Node> nodes, List<Value> outputs) {
  public Stretch {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  /** All of a block. */
  public static Stretch of(Block block) {
    return new Stretch(List.copyOf(block.params()), block.nodes(), block.yields());
  }
}
