package dev.weft.cli.validate;

/** The feed-forward network of a layer. */
public enum Feed {
  /** Two maps with biases and GELU between them. */
  GELU("feed-gelu", 2),
  /** Three maps without biases: SwiGLU. */
  GATED("feed-gated", 3),
  /** Gated networks of which a router chooses some for each token. */
  EXPERTS("feed-experts", 3),
  /** The same with a gated network for all tokens beside them. */
  EXPERTS_SHARED("feed-experts-shared", 3);

  private final String part;
  private final int matrices;

  Feed(String part, int matrices) {
    this.part = part;
    this.matrices = matrices;
  }

  String part() {
    return part;
  }

  /** Matrices of {@code hidden * ffn} weights, of each expert where there are some. */
  int matrices() {
    return matrices;
  }

  boolean hasExperts() {
    return this == EXPERTS || this == EXPERTS_SHARED;
  }

  /** What else a layer might have whose source is vague; experts are never a guess. */
  Feed other() {
    return switch (this) {
      case GELU -> GATED;
      case GATED -> GELU;
      case EXPERTS, EXPERTS_SHARED -> this;
    };
  }
}
