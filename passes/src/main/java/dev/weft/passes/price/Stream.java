package dev.weft.passes.price;

/**
 * An operation that streams through memory.
 *
 * @param bytes read and written
 * @param flops made by the vector units
 */
public record Stream(long bytes, long flops) implements Kernel {

  public Stream {
    if (bytes < 0 || flops < 0) {
      throw new IllegalArgumentException("a stream moves no fewer than 0 bytes");
    }
  }
}
