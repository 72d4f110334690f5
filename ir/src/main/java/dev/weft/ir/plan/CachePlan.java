package dev.weft.ir.plan;

/** Device memory in which offloaded weights stay between their uses. */
public sealed interface CachePlan {
  /** None: every use of a weight fetches it. */
  record None() implements CachePlan {}

  /**
   * As many weights as fit a size.
   *
   * @param bytes of each device
   */
  record Size(long bytes) implements CachePlan {}

  /**
   * As many weights as leave the whole step within a limit.
   *
   * @param bytes the peak memory of each device
   */
  record Peak(long bytes) implements CachePlan {}
}
