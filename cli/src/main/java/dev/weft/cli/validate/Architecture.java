package dev.weft.cli.validate;

/**
 * A transformer that Weft builds for a published run. Whether training drops is a fact of the
 * software stack, not of the model.
 */
public record Architecture(Style style, Feed feed, Head head, Sizes sizes) {
  public Architecture {
    if (feed.hasExperts() != sizes.experts().isPresent()) {
      throw new IllegalArgumentException(feed + " needs the sizes of what it is");
    }
  }

  /** The number of trainable weights. */
  public long parameters() {
    long vectors = style.vectorsOfNorm() * sizes.hidden();
    long table = sizes.vocab() * sizes.hidden();
    return (head == Head.TIED ? table : 2 * table)
        + style.learnedPositions() * sizes.sequence() * sizes.hidden()
        + style.outerNorms() * vectors
        + sizes.layers() * (2 * vectors + attention() + feedForward());
  }

  private long attention() {
    long queries = sizes.heads() * sizes.key();
    long keys = sizes.kvHeads() * sizes.key();
    long matrices = sizes.hidden() * 2 * (queries + keys);
    return style.hasAttentionBiases() ? matrices + queries + 2 * keys + sizes.hidden() : matrices;
  }

  private long feedForward() {
    long matrices = feed.matrices() * sizes.hidden() * sizes.ffn();
    return switch (feed) {
      case GELU -> matrices + sizes.ffn() + sizes.hidden();
      case GATED -> matrices;
      case EXPERTS, EXPERTS_SHARED -> experts(sizes.experts().orElseThrow(), matrices);
    };
  }

  /** With the router, which has a score for each expert. */
  private long experts(Experts experts, long matrices) {
    long beside = feed.matrices() * sizes.hidden() * experts.shared();
    return experts.count() * (matrices + sizes.hidden()) + beside;
  }

  /** How far the number of weights is from a published one, as a part of it. */
  public double deviation(double published) {
    return Math.abs(parameters() / published - 1);
  }

  Architecture with(Feed other) {
    return new Architecture(style, other, head, sizes);
  }

  Architecture with(Head other) {
    return new Architecture(style, feed, other, sizes);
  }

  Architecture with(Sizes other) {
    return new Architecture(style, feed, head, other);
  }
}
