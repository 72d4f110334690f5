package dev.weft.ir.plan;

import java.util.Locale;

/** What lives in the memory of the host and is brought to the device when it is needed. */
public enum Offload {
  /** The optimizer's state and master weights. */
  OPTIMIZER,
  /** Weights. */
  PARAMS,
  /** What the backward needs of the forward. */
  ACTIVATIONS;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
