package dev.weft.cli.validate;

import java.util.List;

/** A family of transformers: what is common to them besides their sizes. */
public enum Style {
  /** Layer norm, learned positions, biases: GPT-2, GPT-3, and what Megatron-LM calls GPT. */
  GPT("decoder", "norm-layer", "start-learned", "attention-biased"),
  /** Layer norm, a normalized embedding, linear biases of the scores: BLOOM. */
  BLOOM("decoder", "norm-layer", "start-normed", "attention-biased"),
  /** Layer norm and rotary positions: GPT-NeoX, Falcon, PaLM, Nemotron. */
  NEOX("decoder", "norm-layer", "start-plain", "attention-rotary"),
  /** RMS norm and rotary positions: Llama, Mistral, Qwen and most models since. */
  LLAMA("decoder", "norm-rms", "start-plain", "attention-rotary"),
  /** Bidirectional, norms after the sums: BERT. */
  BERT("encoder", "norm-layer", "start-learned");

  private final List<String> parts;

  Style(String... parts) {
    this.parts = List.of(parts);
  }

  /** The resources whose texts, one after the other, make the model without its feed and head. */
  List<String> parts() {
    return parts;
  }

  /** Weights of one position's vector: 1 where positions are learned. */
  int learnedPositions() {
    return parts.contains("start-learned") ? 1 : 0;
  }

  /** Weights of a norm in vectors of the residual stream. */
  int vectorsOfNorm() {
    return parts.contains("norm-layer") ? 2 : 1;
  }

  /** Norms besides the two of each layer: of the embedding, and in decoders of the last layer. */
  int outerNorms() {
    return switch (this) {
      case BLOOM -> 2;
      case GPT, NEOX, LLAMA, BERT -> 1;
    };
  }

  boolean hasAttentionBiases() {
    return switch (this) {
      case GPT, BLOOM, BERT -> true;
      case NEOX, LLAMA -> false;
    };
  }
}
