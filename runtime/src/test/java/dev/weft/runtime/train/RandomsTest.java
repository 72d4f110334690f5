package dev.weft.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the published values of FNV-1a, and a second implementation in Python. */
class RandomsTest {
  @Test
  void hashesOfNames() {
    assertThat(Randoms.fnv("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(Randoms.fnv("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(Randoms.fnv("foobar")).isEqualTo(0x85944171f73967e8L);
    assertThat(Randoms.fnv("é")).isEqualTo(0x0ac21707b7181e01L);
  }

  @ParameterizedTest
  @CsvSource({
    "0, wte, 0, 8cf30159907d4bbe, 0.550582966200172, -0.059778438386714455, 7818",
    "0, wte, 1, bdc4fe95a9fae18e, 0.7412871470823847, -1.6599173206494469, 44505",
    "7, data/tokens, 5, 632d0cc0555133bb, 0.3874061555446289, 0.08803566332226624, 2118",
  })
  void numbers(
      long seed,
      String name,
      long index,
      String bits,
      double uniform,
      double normal,
      long belowVocabulary) {
    var randoms = new Randoms(seed, name);
    assertThat(randoms.bits(index)).isEqualTo(Long.parseUnsignedLong(bits, 16));
    assertThat(randoms.uniform(index)).isEqualTo(uniform);
    assertThat(randoms.normal(index)).isCloseTo(normal, within(1e-15));
    assertThat(randoms.below(50257, index)).isEqualTo(belowVocabulary);
  }
}
