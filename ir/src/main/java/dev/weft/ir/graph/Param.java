package dev.weft.ir.graph;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.TensorType;
import java.util.Optional;

/** A value that a block receives. Identity, never structural equality. */
public final class Param implements Value {
  private final String name;
  private final TensorType type;
  private final Optional<Sharding> sharding;

  public Param(String name, TensorType type) {
    this(name, type, Optional.empty());
  }

  public Param(String name, TensorType type, Optional<Sharding> sharding) {
    this.name = name;
    this.type = type;
    this.sharding = sharding;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public Optional<Sharding> sharding() {
    return sharding;
  }

  @Override
  public String toString() {
    return "%" + name + ": " + type;
  }
}
