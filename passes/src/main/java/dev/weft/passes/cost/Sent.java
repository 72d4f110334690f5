package dev.weft.passes.cost;

/**
 * What a device does in communication of one kind.
 *
 * @param calls how many
 * @param bytes what it sends
 */
public record Sent(long calls, long bytes) {
  public static final Sent NONE = new Sent(0, 0);

  public Sent plus(Sent other) {
    return new Sent(calls + other.calls, bytes + other.bytes);
  }

  public Sent times(long count) {
    return new Sent(Math.multiplyExact(calls, count), Math.multiplyExact(bytes, count));
  }
}
