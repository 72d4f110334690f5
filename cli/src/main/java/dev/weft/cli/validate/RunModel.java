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
 * @param feed sizes between the maps of the feed-forward networks
 * @param vocab size of the vocabulary
 * @param sequence tokens of one example
 * @param experts of each layer; absent in a dense model
 * @param chosen experts of each token
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
    RunFeed feed,
    OptionalLong vocab,
    OptionalLong sequence,
    OptionalLong experts,
    OptionalLong chosen,
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
        RunFeed.of(row.words("ffn")),
        row.integer("vocab"),
        row.integer("seq_len"),
        row.integer("experts"),
        row.integer("topk"),
        row.words("kv_heads").contains("mla"));
  }

  /** Whether a layer has several feed-forward networks of which a token takes some. */
  boolean hasExperts() {
    return experts.orElse(1) > 1;
  }
}
