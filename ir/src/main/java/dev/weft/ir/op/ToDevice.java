package dev.weft.ir.op;

import dev.weft.ir.type.MemorySpace;

/** Moves a value from the host's memory to the device's. */
public record ToDevice() implements Primitive, Transfer {
  @Override
  public String name() {
    return "to_device";
  }

  @Override
  public MemorySpace to() {
    return MemorySpace.DEVICE;
  }
}
