package dev.weft.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.op.RateSchedule.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RateScheduleTest {
  /** Peak 0.8, warm-up of 4 steps, at 0.2 from step 12 on: the shapes' own formulas by hand. */
  @ParameterizedTest
  @CsvSource({
    "CONSTANT,     1, 0.2",
    "CONSTANT,     4, 0.8",
    "CONSTANT,     9, 0.8",
    "COSINE,       2, 0.4",
    "COSINE,       4, 0.8",
    "COSINE,       8, 0.5",
    "COSINE,      12, 0.2",
    "COSINE,      99, 0.2",
    "LINEAR,       6, 0.65",
    "LINEAR,      12, 0.2",
    "LINEAR,      13, 0.2",
    "INVERSE_SQRT, 3, 0.6",
    "INVERSE_SQRT, 4, 0.8",
    "INVERSE_SQRT, 16, 0.4",
  })
  void theRateOfAStep(Shape shape, long step, double rate) {
    assertThat(new RateSchedule(0.8, 4, shape, 12, 0.2).at(step)).isCloseTo(rate, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void withoutAWarmUpTheFirstStepIsNextToThePeak(Shape shape) {
    var schedule = new RateSchedule(0.8, 0, shape, 1_000_000, 0);
    assertThat(schedule.at(1)).isCloseTo(0.8, within(1e-5));
    assertThat(schedule.isConstant()).isEqualTo(shape == Shape.CONSTANT);
  }

  @Test
  void aRateCannotFallBeforeItHasGrown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateSchedule(1, 10, Shape.LINEAR, 10, 0));
    assertThat(new RateSchedule(1, 10, Shape.CONSTANT, 0, 1).isConstant()).isFalse();
    assertThat(RateSchedule.constant(0.3).at(77)).isEqualTo(0.3);
  }
}
