package dev.weft.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix product against its definition, at sizes around those of its blocks. */
class GemmTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 4, 3",
    "2, 8, 4",
    "3, 5, 7",
    "7, 513, 5",
    "4, 511, 129",
    "5, 1030, 131",
    "0, 4, 4",
    "4, 0, 4",
    "4, 4, 0",
  })
  void addsTheProduct(int m, int n, int k) {
    var random = new Random(m + 31L * n + 997L * k);
    var a = numbers(random, 2 + m * k);
    var b = numbers(random, 3 + k * n);
    var c = numbers(random, 5 + m * n);
    var expected = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int p = 0; p < k; p++) {
          expected[4 + i * n + j] += a[2 + i * k + p] * b[3 + p * n + j];
        }
      }
    }
    Gemm.JAVA.multiply(m, n, k, a, 2, b, 3, c, 4);
    assertThat(c).containsExactly(expected, within(TOLERANCE));
  }

  private static double[] numbers(Random random, int count) {
    var numbers = new double[count];
    Arrays.setAll(numbers, _ -> random.nextDouble() - 0.5);
    return numbers;
  }
}
