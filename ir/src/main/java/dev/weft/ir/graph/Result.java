package dev.weft.ir.graph;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.TensorType;
import java.util.Optional;

/** A result of a node; equal when node (by identity) and index are. */
public record Result(Node node, int index) implements Value {
  @Override
  public TensorType type() {
    return node.types().get(index);
  }

  @Override
  public String name() {
    return node.names().get(index);
  }

  @Override
  public Optional<Sharding> sharding() {
    return node.shardings().get(index);
  }

  @Override
  public String toString() {
    return "%" + name() + ": " + type();
  }
}
