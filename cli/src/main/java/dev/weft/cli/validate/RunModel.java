package dev.weft.cli.validate;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The model of a published run, as far as its row says.
 *
 * @param name as published
 * @param parameters how many the source says there are
 * @param layers repeats of attention and feed-forward network
 * @param hidden size of the residual stream
 * @param heads of the queries
 * @param kvHeads of keys and values
 * @param key size of one head
 * @param ffn size between the two maps of the feed-forward network
 * @param vocab size of the vocabulary
 * @param sequence tokens of one example
 * @param experts of each layer; absent in a dense model
 * @param latent whether attention is of the multi-head latent kind
 */
public record RunModel(
    String name,
    OptionalDouble parameters,
    OptionalLong layers,
    OptionalLong hidden,
    OptionalLong heads,
    OptionalLong kvHeads,
    OptionalLong key,
    OptionalLong ffn,
    OptionalLong vocab,
    OptionalLong sequence,
    OptionalLong experts,
    boolean latent) {
  static RunModel of(CsvRow row) {
    var billions = row.number("params_B");
    return new RunModel(
        row.text("model"),
        billions.isPresent() ? OptionalDouble.of(1e9 * billions.getAsDouble()) : billions,
        row.integer("layers"),
        row.integer("hidden"),
        row.integer("heads"),
        row.integer("kv_heads"),
        row.integer("head_dim"),
        row.integer("ffn"),
        row.integer("vocab"),
        row.integer("seq_len"),
        row.integer("experts"),
        row.words("kv_heads").contains("mla"));
  }

  /** Whether the source gives what no rule can guess. */
  boolean isWhole() {
    return layers.isPresent() && hidden.isPresent() && heads.isPresent() && sequence.isPresent();
  }
}
