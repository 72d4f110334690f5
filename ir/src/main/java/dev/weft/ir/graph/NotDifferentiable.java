package dev.weft.ir.graph;

/** An op on the path to the loss that has no gradient. */
public final class NotDifferentiable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  public NotDifferentiable(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** What has no gradient. */
  public String reason() {
    return reason;
  }
}
