package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.DType;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTextTest {
  private static final Sizes SIZES = new Sizes(3, 48, 6, 2, 16, 80, 97, 20);

  static Stream<Architecture> everyArchitecture() {
    return Stream.of(Style.values())
        .flatMap(
            style ->
                feeds(style)
                    .flatMap(
                        feed ->
                            Stream.of(Head.values())
                                .map(
                                    head ->
                                        new Architecture(style, feed, head, sizes(style, feed)))));
  }

  /** Decoders alone have experts. */
  private static Stream<Feed> feeds(Style style) {
    return Stream.of(Feed.values()).filter(feed -> style != Style.BERT || !feed.hasExperts());
  }

  /** An encoder's attention has as many heads of keys as of queries. */
  private static Sizes sizes(Style style, Feed feed) {
    if (style == Style.BERT) {
      return new Sizes(3, 48, 6, 6, 16, 80, 97, 20);
    }
    return switch (feed) {
      case GELU, GATED -> SIZES;
      case EXPERTS -> with(new Experts(5, 2, 0));
      case EXPERTS_SHARED -> with(new Experts(4, 3, 112));
    };
  }

  private static Sizes with(Experts experts) {
    return new Sizes(3, 48, 6, 2, 16, 80, 97, 20, Optional.of(experts));
  }

  @ParameterizedTest
  @MethodSource("everyArchitecture")
  void theModelHasTheWeightsThatAreCounted(Architecture architecture) {
    var model =
        Frontend.check(
                ModelText.source(architecture), ModelText.options(architecture, 4, DType.BF16))
            .orThrow();
    assertThat(weights(model)).isEqualTo(architecture.parameters());
    assertThat(model.recipe().batch()).isEqualTo(4);
    assertThat(model.sizes()).containsEntry("seq", 20L).containsEntry("layers", 3L);
  }

  private static long weights(CheckedModel model) {
    var function = model.module().only();
    return function.inputIndices(Port.Weight.class).stream()
        .mapToLong(i -> function.body().params().get(i).type().elements())
        .sum();
  }
}
