package dev.weft.ir.op;

import java.util.Locale;

/** The element-wise functions of two arguments. */
public enum BinaryFunction {
  ADD,
  SUB,
  MUL,
  DIV,
  MAX,
  MIN,
  /** 1 where the arguments are equal, else 0. */
  EQUAL,
  /** 1 where the first argument is at least the second, else 0. */
  GREATER_EQUAL;

  /** The value for numbers; the definition that every interpreter follows. */
  public double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
    };
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
