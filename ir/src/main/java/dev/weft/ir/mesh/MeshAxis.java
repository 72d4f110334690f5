package dev.weft.ir.mesh;

/** One named direction of a device mesh, such as {@code dp=2}. */
public record MeshAxis(String name, int size) {
  public MeshAxis {
    if (name.isEmpty() || size < 1) {
      throw new IllegalArgumentException("mesh axis " + name + "=" + size);
    }
  }

  @Override
  public String toString() {
    return name + "=" + size;
  }
}
