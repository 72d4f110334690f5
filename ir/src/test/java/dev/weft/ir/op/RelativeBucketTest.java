package dev.weft.ir.op;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeBucketTest {
  @ParameterizedTest
  @CsvSource({
    "-200, 15, 31",
    "-20, 10, 17",
    "-8, 8, 8",
    "-7, 7, 7",
    "-1, 1, 1",
    "0, 0, 0",
    "1, 17, 0",
    "7, 23, 0",
    "8, 24, 0",
    "15, 25, 0",
    "20, 26, 0",
    "127, 31, 0",
    "500, 31, 0",
  })
  void bucketsDistances(long relative, int bidirectional, int backward) {
    assertThat(bucket(RelativeBucket.Reach.BIDIRECTIONAL, relative)).isEqualTo(bidirectional);
    assertThat(bucket(RelativeBucket.Reach.BACKWARD, relative)).isEqualTo(backward);
  }

  private static int bucket(RelativeBucket.Reach reach, long relative) {
    return new RelativeBucket(32, 128, reach).bucket(1000, 1000 + relative);
  }
}
