package dev.weft.ir.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * Straight-line code. A block is closed: its nodes use its own parameters and earlier results only,
 * never a value of an enclosing block.
 */
public record Block(List<Param> params, List<Node> nodes, List<Value> yields) {
  public Block {
    params = List.copyOf(params);
    nodes = List.copyOf(nodes);
    yields = List.copyOf(yields);
  }

  /** Every node here and in nested bodies, in program order; a node precedes its bodies. */
  public Stream<Node> allNodes() {
    return nodes.stream()
        .flatMap(n -> Stream.concat(Stream.of(n), n.bodies().stream().flatMap(Block::allNodes)));
  }
}
