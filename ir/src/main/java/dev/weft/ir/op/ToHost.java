package dev.weft.ir.op;

import dev.weft.ir.type.MemorySpace;

/** Moves a value from the device's memory to the host's. */
public record ToHost() implements Primitive, Transfer {
  @Override
  public String name() {
    return "to_host";
  }

  @Override
  public MemorySpace to() {
    return MemorySpace.HOST;
  }
}
