package dev.weft.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of the mask: their values, and that nothing can be told of one from another. */
class DropoutMaskTest {
  private static final int COUNT = 1 << 18;

  /** Four standard deviations of the mean of so many fair draws of -1 and 1. */
  private static final double NOISE = 4 / Math.sqrt(COUNT);

  /** From the definition, in arithmetic without bounds. */
  @Test
  void someValues() {
    assertThat(DropoutMask.bits(row(0, 0, 0), 0)).isEqualTo(-1813566111);
    assertThat(DropoutMask.bits(row(3, 123456789, 7, 31), 63)).isEqualTo(694389213);
    assertThat(DropoutMask.bits(row(1, -1, 2147483647), 100000)).isEqualTo(-1269298429);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 0.1, 0.5, 0.9, 0.999})
  void elementsAreDroppedAtTheRate(double rate) {
    int threshold = DropoutMask.threshold(new Dropout(rate, 0));
    long dropped = 0;
    for (int i = 0; i < COUNT; i++) {
      dropped += DropoutMask.bits(row(5, i / 512), i % 512) < threshold ? 1 : 0;
    }
    double deviation = Math.sqrt(rate * (1 - rate) / COUNT);
    assertThat((double) dropped / COUNT).isCloseTo(rate, within(4 * deviation + 1e-9));
  }

  @Test
  void neighboursAreNotCorrelated() {
    assertUncorrelated(i -> bits(1, 2, 3, i), i -> bits(1, 2, 3, i + 1));
  }

  @Test
  void rowsAreNotCorrelated() {
    assertUncorrelated(i -> bits(1, 2, i, 0), i -> bits(1, 2, i + 1, 0));
    assertUncorrelated(i -> bits(1, 2, i >> 9, i & 511), i -> bits(1, 2, (i >> 9) + 1, i & 511));
  }

  @Test
  void stepsAndLayersAreNotCorrelated() {
    assertUncorrelated(i -> bits(1, 2, 3, i), i -> bits(1, 3, 3, i));
    assertUncorrelated(i -> bits(1, i, 3, 0), i -> bits(1, i + 1, 3, 0));
  }

  @Test
  void sitesAreNotCorrelated() {
    assertUncorrelated(i -> bits(1, 2, 3, i), i -> bits(2, 2, 3, i));
    assertUncorrelated(i -> bits((int) i, 2, 3, 0), i -> bits((int) i + 1, 2, 3, 0));
  }

  /** What trades places, such as a layer and a row, trades its mask too. */
  @Test
  void theOrderOfIntegersMatters() {
    assertUncorrelated(i -> bits(1, 2, i, 5), i -> bits(1, i, 2, 5));
  }

  /** Each of the 32 bits of the one against each of the other. */
  private static void assertUncorrelated(LongToIntFunction one, LongToIntFunction other) {
    var agreements = new int[32][32];
    for (int i = 0; i < COUNT; i++) {
      int a = one.applyAsInt(i);
      int b = other.applyAsInt(i);
      for (int k = 0; k < 32; k++) {
        int same = ~(b ^ -(a >>> k & 1));
        for (int l = 0; l < 32; l++) {
          agreements[k][l] += same >>> l & 1;
        }
      }
    }
    for (int k = 0; k < 32; k++) {
      for (int l = 0; l < 32; l++) {
        // 1024 pairs: six deviations rather than four.
        assertThat(2.0 * agreements[k][l] / COUNT - 1)
            .as("bit %d of one, bit %d of the other", k, l)
            .isCloseTo(0, within(1.5 * NOISE));
      }
    }
  }

  private static int bits(int site, long key, long row, long position) {
    return DropoutMask.bits(row(site, (int) key, (int) row), (int) position);
  }

  private static long row(int site, int... numbers) {
    long hash = DropoutMask.start(new Dropout(0.5, site));
    for (int number : numbers) {
      hash = DropoutMask.absorb(hash, number);
    }
    return hash;
  }
}
