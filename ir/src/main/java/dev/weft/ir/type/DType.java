package dev.weft.ir.type;

import java.util.Locale;

/** Element types. */
public enum DType {
  F64(8),
  F32(4),
  BF16(2),
  F16(2),
  I32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloat() {
    return this != I32;
  }

  /** The spelling in the language and in IR text, such as {@code bf16}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DType parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
