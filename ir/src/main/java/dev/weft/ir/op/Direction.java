package dev.weft.ir.op;

/** The order in which a repeat takes the slices of its stacked operands. */
public enum Direction {
  FORWARD,
  REVERSE;

  public Direction reversed() {
    return this == FORWARD ? REVERSE : FORWARD;
  }
}
