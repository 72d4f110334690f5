package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private final Names names = new Names(Set.of("rope"));

  @ParameterizedTest
  @CsvSource({
    "x, x",
    "blocks.attention.wq, blocks_attention_wq",
    "lambda, lambda_",
    "sum, sum_",
    "2nd, v2nd",
    "a-b, a_b",
    "rope, turned",
    "normalize, normed",
    "d_normalize, d_normed",
    "d_x, d_x",
  })
  void aHintBecomesAName(String hint, String name) {
    assertThat(names.take(hint)).isEqualTo(name);
  }

  @Test
  void aTakenNameIsCounted() {
    assertThat(names.take("x")).isEqualTo("x");
    assertThat(names.take("x")).isEqualTo("x2");
    assertThat(names.take("x2")).isEqualTo("x2_2");
  }

  @Test
  void aReleasedNameIsFreeAgain() {
    names.take("x");
    names.release("x");
    assertThat(names.take("x")).isEqualTo("x");
  }
}
