package dev.weft.runtime.tensor;

import dev.weft.ir.type.DType;

/** Rounding to the nearest number of an element type, ties to even. */
public final class Rounding {
  private Rounding() {}

  /** The nearest number of a type; an integer for i32. */
  public static double round(DType dtype, double value) {
    return switch (dtype) {
      case F64 -> value;
      case F32 -> (float) value;
      case BF16 -> bfloat16(value);
      case F16 -> float16(value);
      case I32 -> Math.rint(value);
    };
  }

  /** Rounds every element in place. */
  static void round(DType dtype, double[] values) {
    switch (dtype) {
      case F64 -> {}
      case F32 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) values[i];
        }
      }
      case BF16, F16, I32 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = round(dtype, values[i]);
        }
      }
    }
  }

  /**
   * The upper half of a binary32 number. Doubles that are not binary32 numbers are first rounded to
   * odd, which keeps a second rounding to nearest exact (Boldo and Melquiond 2008, "Emulation of
   * FMA and correctly rounded sums").
   */
  private static double bfloat16(double value) {
    if (Double.isNaN(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(toOdd(value));
    int even = bits >>> 16 & 1;
    return Float.intBitsToFloat(bits + 0x7fff + even & 0xffff0000);
  }

  private static double float16(double value) {
    return Float.float16ToFloat(Float.floatToFloat16(toOdd(value)));
  }

  /** The binary32 number next to a value whose last bit is odd, unless the value is exact. */
  private static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Double.isNaN(value)) {
      return nearest;
    }
    if (Float.isInfinite(nearest)) {
      return Double.isInfinite(value) ? nearest : Math.copySign(Float.MAX_VALUE, nearest);
    }
    if ((Float.floatToRawIntBits(nearest) & 1) == 1) {
      return nearest;
    }
    return nearest < value ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }
}
