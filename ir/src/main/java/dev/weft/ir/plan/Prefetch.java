package dev.weft.ir.plan;

import java.util.Locale;

/** Whether what a layer needs from other devices or from the host is brought a layer ahead. */
public enum Prefetch {
  /** It is on its way while the layer before computes; two layers' worth is on the device. */
  ON,
  /** It is brought when it is needed. */
  OFF;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
