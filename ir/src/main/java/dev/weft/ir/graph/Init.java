package dev.weft.ir.graph;

/** How a weight begins. */
public sealed interface Init {
  /** Normal with mean 0 and the given standard deviation. */
  record Normal(double std) implements Init {}

  /** Uniform in [-limit, limit). */
  record Uniform(double limit) implements Init {}

  /** One value everywhere. */
  record Constant(double value) implements Init {}
}
