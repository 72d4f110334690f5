package dev.weft.runtime.grid;

/**
 * What a device did in collectives of one kind.
 *
 * @param calls how many it took part in
 * @param bytes what it sent, as {@link dev.weft.ir.op.Collective#sentBytes} defines it
 */
public record Traffic(long calls, long bytes) {
  public static final Traffic NONE = new Traffic(0, 0);

  public Traffic plus(Traffic other) {
    return new Traffic(calls + other.calls, bytes + other.bytes);
  }
}
