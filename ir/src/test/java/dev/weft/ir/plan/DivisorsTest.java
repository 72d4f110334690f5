package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DivisorsTest {
  @Test
  void areAllThatDivideInAscendingOrder() {
    for (long size = 1; size <= 200; size++) {
      long of = size;
      assertThat(Divisors.of(size))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, size).filter(d -> of % d == 0).boxed().toList());
    }
  }

  @Test
  void theNearestIsTheSmallerOfTwo() {
    assertThat(Divisors.nearest(12, 5)).isEqualTo(4);
    assertThat(Divisors.nearest(12, 7)).isEqualTo(6);
    assertThat(Divisors.nearest(15, 4)).isEqualTo(3);
    assertThat(Divisors.nearest(15, 400)).isEqualTo(15);
    assertThat(Divisors.nearest(7, 1)).isEqualTo(1);
  }
}
