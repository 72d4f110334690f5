package dev.weft.passes.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules reach what their papers state; p devices, m micro-batches, v chunks. */
class ScheduleTimingTest {
  private static final Offset<Double> EXACT = within(1e-9);
  private static final UniformDurations UNIT = new UniformDurations(1, 1, 1, 0);

  @Test
  void everyActionHasItsTimes() {
    var timing =
        ScheduleTiming.of(
            Samples.schedule(ScheduleKind.ONE_F_ONE_B, 2, 1), new UniformDurations(2, 3, 4, 0.5));
    assertThat(timing.rows())
        .containsExactly(
            List.of(timed(0, Phase.FORWARD, 0, 2), timed(0, Phase.BACKWARD, 12, 19)),
            List.of(timed(1, Phase.FORWARD, 2.5, 4.5), timed(1, Phase.BACKWARD, 4.5, 11.5)));
    assertThat(timing.makespan()).isEqualTo(19);
    assertThat(timing.busy(0)).isEqualTo(9);
    assertThat(timing.waits(0)).isEqualTo(10);
    assertThat(timing.waits(1)).isZero();
    assertThat(timing.bubble(0)).isCloseTo(10.0 / 19, EXACT);
  }

  /** By hand: the second stage's forward, with its backward, takes four times the first's. */
  @Test
  void unevenStagesHaveTimesOfTheirOwn() {
    var durations =
        new StageDurations(
            List.of(
                Map.of(Phase.FORWARD, 1.0, Phase.BACKWARD, 2.0),
                Map.of(Phase.FORWARD, 4.0, Phase.BACKWARD, 8.0)),
            0);
    var timing = ScheduleTiming.of(Samples.schedule(ScheduleKind.ONE_F_ONE_B, 2, 2), durations);
    assertThat(timing.makespan()).isEqualTo(1 + 2 * 12 + 2);
    assertThat(timing.busy(0)).isEqualTo(2 * 3);
    assertThat(timing.waits(1)).isZero();
    assertThat(timing.bubble(1)).isCloseTo(3.0 / 27, EXACT);
  }

  @Test
  void aPhaseWithoutADurationIsAMistake() {
    var durations = new StageDurations(List.of(Map.of(Phase.FORWARD, 1.0)), 0);
    assertThatThrownBy(() -> durations.of(new Action(0, Phase.WEIGHT_GRADIENT, 0)))
        .hasMessageContaining("0W0");
  }

  private static ScheduleTiming.Timed timed(int stage, Phase phase, double start, double end) {
    return new ScheduleTiming.Timed(new Action(stage, phase, 0), start, end);
  }

  /** Narayanan et al. 2021, section 2.2.1: (p - 1) / m of the ideal time, whatever F and B take. */
  @ParameterizedTest
  @CsvSource({"2,2", "4,4", "4,8", "4,32", "8,9", "5,13"})
  void theBubbleOf1F1B(int p, int m) {
    for (var kind : List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE)) {
      for (var durations : List.of(UNIT, new UniformDurations(3, 2, 5, 0))) {
        var timing = ScheduleTiming.of(Samples.schedule(kind, p, m), durations);
        for (int device = 0; device < p; device++) {
          assertThat(timing.bubble(device)).isCloseTo((p - 1.0) / (m + p - 1), EXACT);
        }
      }
    }
  }

  /** Ibid., section 2.2.2: the bubble relative to the ideal time is v times smaller. */
  @ParameterizedTest
  @CsvSource({"2,2,4", "4,2,8", "4,4,4", "3,5,9", "4,2,6", "4,2,7", "4,3,13", "5,3,17", "6,2,20"})
  void interleavingDividesTheBubble(int p, int v, int m) {
    var timing =
        ScheduleTiming.of(Samples.schedule(ScheduleKind.INTERLEAVED, p, v, m), Durations.UNIT);
    double ideal = 3.0 * m * v;
    assertThat((timing.makespan() - ideal) / ideal).isCloseTo((p - 1.0) / (m * v), EXACT);
  }

  /** Qi et al. 2023, table 1: (p - 1)(F + I - W), for W no longer than F and I. */
  @ParameterizedTest
  @CsvSource({"4,8", "4,4", "8,8", "5,17"})
  void theBubbleOfZeroBubbleH1(int p, int m) {
    for (var d :
        List.of(UNIT, new UniformDurations(2, 3, 1, 0), new UniformDurations(3, 3, 2, 0))) {
      var timing = ScheduleTiming.of(Samples.schedule(ScheduleKind.ZB_H1, p, m), d);
      double work = m * (d.forward() + d.inputGradient() + d.weightGradient());
      double bubble = (p - 1) * (d.forward() + d.inputGradient() - d.weightGradient());
      assertThat(timing.makespan() - work).isCloseTo(bubble, EXACT);
    }
  }

  /** Ibid.: nothing waits where F, I and W take equally long, in at most twice 1F1B's memory. */
  @ParameterizedTest
  @CsvSource({"2,3", "4,7", "4,8", "8,15", "8,40"})
  void zeroBubbleH2HasNone(int p, int m) {
    var schedule = Samples.schedule(ScheduleKind.ZB_H2, p, m);
    var timing = ScheduleTiming.of(schedule, Durations.UNIT);
    assertThat(IntStream.range(0, p).mapToDouble(timing::waits)).containsOnly(0.0);
    assertThat(ScheduleFacts.of(schedule).inFlight()).containsOnly(2 * p - 1);
  }

  /** Ibid., section 6: none either, in 1F1B's memory: 2p halves of a device's part. */
  @ParameterizedTest
  @CsvSource({"2,4", "4,8", "4,7", "8,15", "8,40"})
  void zeroBubbleVHasNoneInTheMemoryOf1F1B(int p, int m) {
    var schedule = Samples.schedule(ScheduleKind.ZB_V, p, m);
    var timing = ScheduleTiming.of(schedule, Durations.UNIT);
    assertThat(IntStream.range(0, p).mapToDouble(timing::waits)).containsOnly(0.0);
    assertThat(ScheduleFacts.of(schedule).inFlight()).containsOnly(2 * p);
  }

  /**
   * DeepSeek-AI 2024, table 2, for p of 2p stages: at most (p - 1)(F&B + B - 3W), where F&B is F +
   * B without overlap. Where the two of a pair need not end together it is (p - 1)(F + I - W).
   */
  @ParameterizedTest
  @CsvSource({"2,4", "4,8", "4,16", "8,16", "5,20"})
  void theBubbleOfDualPipeV(int p, int m) {
    for (var d :
        List.of(UNIT, new UniformDurations(2, 2, 1, 0), new UniformDurations(4, 4, 3, 0))) {
      var schedule = Samples.schedule(ScheduleKind.DUALPIPE_V, p, m);
      var timing = ScheduleTiming.of(schedule, d);
      double backward = d.inputGradient() + d.weightGradient();
      double bubble = timing.makespan() - 2 * m * (d.forward() + backward);
      double stated = (p - 1) * (d.forward() + backward + backward - 3 * d.weightGradient());
      assertThat(bubble)
          .isCloseTo((p - 1) * (d.forward() + d.inputGradient() - d.weightGradient()), EXACT)
          .isLessThanOrEqualTo(stated);
      assertThat(ScheduleFacts.of(schedule).inFlight()).containsOnly(2 * p + 1);
    }
  }

  @Test
  void aDeadlockHasNoTimes() {
    var crossed =
        Schedule.of(
            2,
            1,
            List.of(
                List.of(new Action(0, Phase.BACKWARD, 0), new Action(0, Phase.FORWARD, 0)),
                List.of(new Action(1, Phase.FORWARD, 0), new Action(1, Phase.BACKWARD, 0))));
    assertThatThrownBy(() -> ScheduleTiming.of(crossed, Durations.UNIT))
        .hasMessageContaining("deadlock");
  }
}
