package dev.weft.cli.validate;

import java.util.Optional;

/**
 * The sizes of a transformer.
 *
 * @param layers repeats of attention and feed-forward network
 * @param hidden size of the residual stream
 * @param heads of the queries
 * @param kvHeads of keys and values; divides heads
 * @param key size of one head
 * @param ffn size between the maps of the feed-forward network, or of each expert
 * @param vocab size of the vocabulary
 * @param sequence tokens of one example
 * @param experts of each layer; empty in a dense model
 */
public record Sizes(
    long layers,
    long hidden,
    long heads,
    long kvHeads,
    long key,
    long ffn,
    long vocab,
    long sequence,
    Optional<Experts> experts) {
  /** Megatron-LM's default of {@code --make-vocab-size-divisible-by}. */
  private static final long VOCAB_UNIT = 128;

  public Sizes {
    if (layers < 1 || hidden < 1 || heads < 1 || kvHeads < 1 || key < 1 || ffn < 1 || vocab < 1) {
      throw new IllegalArgumentException("sizes are positive");
    }
  }

  /** Sizes of a dense model. */
  public Sizes(
      long layers,
      long hidden,
      long heads,
      long kvHeads,
      long key,
      long ffn,
      long vocab,
      long sequence) {
    this(layers, hidden, heads, kvHeads, key, ffn, vocab, sequence, Optional.empty());
  }

  /**
   * What frameworks make of sizes that a tensor-parallel group does not divide: heads and the
   * vocabulary are padded, and keys and values that are fewer than the devices are repeated.
   */
  public Sizes paddedTo(long devices) {
    long queries = multiple(heads, devices);
    long keys = kvHeads < devices ? devices : multiple(kvHeads, devices);
    return new Sizes(
        layers,
        hidden,
        queries,
        queries % keys == 0 ? keys : queries,
        key,
        multiple(ffn, devices),
        vocab % devices == 0 ? vocab : multiple(vocab, VOCAB_UNIT * devices),
        sequence,
        experts);
  }

  private static long multiple(long size, long of) {
    return (size + of - 1) / of * of;
  }
}
