package dev.weft.ir.op;

import java.util.Locale;

/** How a reduction combines the entries along its axes. */
public enum ReduceFunction {
  SUM,
  /** The sum divided by the number of entries. */
  MEAN,
  MAX;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
