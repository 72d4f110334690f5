package dev.weft.ir.mesh;

import java.util.Locale;

/** How partial results on several devices make the whole. */
public enum Combine {
  SUM,
  MAX,
  MIN;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
