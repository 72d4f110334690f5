package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.DType;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTextTest {
  private static final Sizes SIZES = new Sizes(3, 48, 6, 2, 16, 80, 97, 20);

  static Stream<Architecture> everyArchitecture() {
    return Stream.of(Style.values())
        .flatMap(
            style ->
                Stream.of(Feed.values())
                    .flatMap(
                        feed ->
                            Stream.of(Head.values())
                                .map(head -> new Architecture(style, feed, head, sizes(style)))));
  }

  /** An encoder's attention has as many heads of keys as of queries. */
  private static Sizes sizes(Style style) {
    return style == Style.BERT ? new Sizes(3, 48, 6, 6, 16, 80, 97, 20) : SIZES;
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
