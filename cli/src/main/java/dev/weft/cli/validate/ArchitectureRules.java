package dev.weft.cli.validate;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * From what a row says of its model to an architecture: the family by the model's name, absent
 * sizes by the family, and gates and the head by the published number of parameters where the
 * family's own do not give it.
 */
final class ArchitectureRules {
  /** A published number of parameters is rounded; a wrong architecture is further away. */
  static final double TOLERANCE = 0.05;

  private ArchitectureRules() {}

  /** The architecture of a run whose model {@link RunModel#isWhole}. */
  static Architecture of(PublishedRun run) {
    var model = run.model();
    var known = KnownModel.of(model.name().toLowerCase(Locale.ROOT));
    var feed = feed(model, known.style());
    var usual = new Architecture(known.style(), feed, known.head(), sizes(model, known, feed));
    if (model.parameters().isEmpty()) {
      return usual;
    }
    double published = model.parameters().getAsDouble();
    return usual.deviation(published) <= TOLERANCE
        ? usual
        : nearest(usual, published).orElse(usual);
  }

  private static Feed feed(RunModel model, Style style) {
    if (model.hasExperts()) {
      return model.feed().shared().isPresent() ? Feed.EXPERTS_SHARED : Feed.EXPERTS;
    }
    return style == Style.LLAMA ? Feed.GATED : Feed.GELU;
  }

  /** Another feed-forward network or head, where that gives the published number. */
  private static Optional<Architecture> nearest(Architecture usual, double published) {
    return Stream.of(usual.feed(), usual.feed().other())
        .map(usual::with)
        .flatMap(a -> Stream.of(a.with(a.head()), a.with(a.head().other())))
        .filter(a -> a.deviation(published) <= TOLERANCE)
        .min(Comparator.comparingDouble(a -> a.deviation(published)));
  }

  private static Sizes sizes(RunModel model, KnownModel known, Feed feed) {
    long hidden = model.hidden().orElseThrow();
    long heads = model.heads().orElseThrow();
    long key = model.key().orElse(known.key().orElse((hidden + heads - 1) / heads));
    return new Sizes(
        model.layers().orElseThrow(),
        hidden,
        heads,
        model.kvHeads().orElse(heads),
        key,
        stated(model).orElse(ffn(model, hidden, feed)),
        model.vocab().orElse(known.vocab()),
        model.sequence().orElseThrow(),
        feed.hasExperts() ? Optional.of(experts(model)) : Optional.empty());
  }

  /** The experts of a model that has some and says how many a token goes to. */
  static Experts experts(RunModel model) {
    return new Experts(
        model.experts().orElseThrow(),
        model.chosen().orElseThrow(),
        model.feed().shared().orElse(0));
  }

  /** A number without a word is that of the only kind there is: of experts where there are some. */
  private static OptionalLong stated(RunModel model) {
    var worded = model.hasExperts() ? model.feed().expert() : model.feed().dense();
    return worded.isPresent() ? worded : model.feed().only();
  }

  /**
   * Four times the hidden size; with gates two thirds of that in multiples of 256 (Touvron et al.
   * 2023), or 3.5 times in Llama 3 (Grattafiori et al. 2024, table 3).
   */
  private static long ffn(RunModel model, long hidden, Feed feed) {
    if (feed == Feed.GELU) {
      return 4 * hidden;
    }
    boolean isThird = model.name().toLowerCase(Locale.ROOT).matches(".*llama.?3.*");
    return isThird ? 7 * hidden / 2 : (8 * hidden / 3 + 255) / 256 * 256;
  }
}
