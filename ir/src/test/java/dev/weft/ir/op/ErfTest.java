package dev.weft.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErfTest {
  /** Values to 20 digits, from the Maclaurin series in 40-digit arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "1e-10, 1.1283791670955126150e-10",
    "0.1, 0.11246291601828489840",
    "0.5, 0.52049987781304653768",
    "1, 0.84270079294971486934",
    "1.5, 0.96610514647531072707",
    "2, 0.99532226501895273416",
    "2.4999, 0.99959283009966654862",
    "2.5, 0.99959304798255504106",
    "3, 0.99997790950300141456",
    "4, 0.99999998458274209972",
    "5, 0.99999999999846254021",
    "5.9, 0.99999999999999992810",
  })
  void agreesToFifteenDigits(double x, double expected) {
    assertThat(Erf.erf(x)).isCloseTo(expected, within(1e-15));
    assertThat(Erf.erf(x) / expected).isCloseTo(1, within(2e-15));
  }

  @Test
  void isOddAndSaturates() {
    for (double x = 0; x < 8; x += 0.37) {
      assertThat(Erf.erf(-x)).isEqualTo(-Erf.erf(x));
    }
    assertThat(Erf.erf(0)).isZero();
    assertThat(Erf.erf(30)).isEqualTo(1);
    assertThat(Erf.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Erf.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Erf.erf(Double.NaN)).isNaN();
  }

  @Test
  void grows() {
    for (double x = -4; x < 4; x += 0.01) {
      assertThat(Erf.erf(x + 0.01)).isGreaterThan(Erf.erf(x));
    }
  }
}
