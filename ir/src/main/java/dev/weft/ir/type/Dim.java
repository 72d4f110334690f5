package dev.weft.ir.type;

/**
 * A dimension: a named axis and its size.
 *
 * <p>Axes are nominal: two dimensions of one program correspond when their names are equal, and the
 * name then decides the size.
 */
public record Dim(String axis, long size) {
  public Dim {
    if (axis.isEmpty() || size < 0) {
      throw new IllegalArgumentException("dimension " + axis + "=" + size);
    }
  }

  public Dim resized(long newSize) {
    return new Dim(axis, newSize);
  }

  @Override
  public String toString() {
    return axis + "=" + size;
  }
}
