package dev.weft.cli.validate;

/** The feed-forward network of a layer. */
public enum Feed {
  /** Two maps with biases and GELU between them. */
  GELU("feed-gelu", 2),
  /** Three maps without biases: SwiGLU. */
  GATED("feed-gated", 3);

  private final String part;
  private final int matrices;

  Feed(String part, int matrices) {
    this.part = part;
    this.matrices = matrices;
  }

  String part() {
    return part;
  }

  /** Matrices of {@code hidden * ffn} weights. */
  int matrices() {
    return matrices;
  }

  Feed other() {
    return this == GELU ? GATED : GELU;
  }
}
