package dev.weft.passes.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of schedules by their formulas, and of messages by hand. */
class TimelineTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** A forward takes 1, a backward 2, half of it for each half. */
  private static Pace even(int stages, int places, double message, double behindWork) {
    var work = new double[stages][];
    Arrays.fill(work, new double[] {1, 2, 1, 1});
    var messages = new double[stages];
    Arrays.fill(messages, message);
    return new Pace(work, messages, messages, behindWork, new double[places], new double[stages]);
  }

  private static Timeline run(ScheduleKind kind, int places, int chunks, int micro, Pace pace) {
    var pipeline = Jobs.pipeline(kind, places, chunks);
    return Timeline.of(Jobs.schedule(pipeline, micro), pace, Jobs.places(pipeline));
  }

  private static double makespan(Timeline timeline, int places) {
    double end = 0;
    for (int place = 0; place < places; place++) {
      end = Math.max(end, timeline.end(place));
    }
    return end;
  }

  private static double bubble(ScheduleKind kind, int places, int chunks, int micro) {
    var timeline = run(kind, places, chunks, micro, even(places * chunks, places, 0, 0));
    return 1 - timeline.busy(0) / makespan(timeline, places);
  }

  /** Narayanan et al. 2021, section 2.2: the bubble is p - 1 of m + p - 1. */
  @ParameterizedTest
  @CsvSource({"2, 1", "2, 8", "4, 4", "4, 32", "8, 8", "16, 256"})
  void theBubbleOfOneForwardOneBackward(int places, int micro) {
    double expected = (places - 1.0) / (micro + places - 1);
    assertThat(bubble(ScheduleKind.ONE_F_ONE_B, places, 1, micro)).isCloseTo(expected, EXACT);
    assertThat(bubble(ScheduleKind.GPIPE, places, 1, micro)).isCloseTo(expected, EXACT);
  }

  /** The same, with v chunks: p - 1 of v m + p - 1. */
  @ParameterizedTest
  @CsvSource({"2, 2, 8", "4, 2, 8", "4, 3, 32", "8, 4, 64", "16, 8, 256"})
  void chunksDivideTheBubble(int places, int chunks, int micro) {
    assertThat(bubble(ScheduleKind.INTERLEAVED, places, chunks, micro))
        .isCloseTo((places - 1.0) / (chunks * micro + places - 1), EXACT);
  }

  /**
   * Qi et al. 2023, table 2: where both halves take as long as a forward, a third of it is left.
   */
  @ParameterizedTest
  @CsvSource({"2, 8", "4, 12", "8, 32"})
  void halvesOfBackwardsFillTheBubble(int places, int micro) {
    double whole = bubble(ScheduleKind.ONE_F_ONE_B, places, 1, micro);
    double split = bubble(ScheduleKind.ZB_H1, places, 1, micro);
    assertThat(split).isCloseTo((places - 1.0) / (3 * micro + places - 1), EXACT);
    assertThat(split).isLessThan(whole / 2);
    assertThat(bubble(ScheduleKind.ZB_H2, places, 1, micro)).isLessThanOrEqualTo(split);
  }

  /** Two stages, one micro-batch: forward, message, forward, backward, message, backward. */
  @Test
  void aMessageThatRunsBehindWorkDelaysItsReceiver() {
    var timeline = run(ScheduleKind.ONE_F_ONE_B, 2, 1, 1, even(2, 2, 0.5, 1));
    assertThat(timeline.start(1, 0)).isCloseTo(1.5, EXACT);
    assertThat(timeline.end(1)).isCloseTo(4.5, EXACT);
    assertThat(timeline.end(0)).isCloseTo(7, EXACT);
    assertThat(timeline.transfers(0)).isCloseTo(0.5, EXACT);
    assertThat(timeline.transfers(1)).isCloseTo(0.5, EXACT);
  }

  /** A place that sends, waits; its second forward begins that much later. */
  @Test
  void aMessageThatDoesNotRunBehindWorkStopsItsSender() {
    var behind = run(ScheduleKind.GPIPE, 2, 1, 2, even(2, 2, 0.5, 1));
    var seen = run(ScheduleKind.GPIPE, 2, 1, 2, even(2, 2, 0.5, 0));
    assertThat(behind.start(0, 1)).isCloseTo(1, EXACT);
    assertThat(seen.start(0, 1)).isCloseTo(1.5, EXACT);
    assertThat(run(ScheduleKind.GPIPE, 2, 1, 2, even(2, 2, 0.5, 0.5)).start(0, 1))
        .isCloseTo(1.25, EXACT);
  }

  /** Messages longer than the work between them follow one another on their way. */
  @Test
  void aWayCarriesOneMessageAfterTheOther() {
    var timeline = run(ScheduleKind.GPIPE, 2, 1, 3, even(2, 2, 5, 1));
    for (int micro = 0; micro < 3; micro++) {
      assertThat(timeline.departure(0, micro)).isCloseTo(1 + 5 * micro, EXACT);
      assertThat(timeline.arrival(new Action(0, Phase.FORWARD, micro)))
          .isCloseTo(6 + 5 * micro, EXACT);
    }
  }

  /** Weights that come late make the first forward longer, and no other work. */
  @Test
  void aFirstForwardWaitsForItsWeights() {
    var late =
        new Pace(
            even(1, 1, 0, 0).work(),
            new double[1],
            new double[1],
            0,
            new double[] {0.25},
            new double[] {3});
    var row =
        List.of(
            new Action(0, Phase.FORWARD, 0),
            new Action(0, Phase.BACKWARD, 0),
            new Action(0, Phase.FORWARD, 1),
            new Action(0, Phase.BACKWARD, 1));
    var timeline = Timeline.of(Schedule.of(1, 2, List.of(row)), late, new int[] {0});
    assertThat(timeline.start(0, 0)).isEqualTo(0.25);
    assertThat(timeline.stretched(0)).isCloseTo(1.75, EXACT);
    assertThat(timeline.end(0)).isCloseTo(3 + 2 + 1 + 2, EXACT);
    assertThat(timeline.busy(0)).isCloseTo(6, EXACT);
  }

  /** What a place does and what it waits for never exceed the time that has passed. */
  @ParameterizedTest
  @CsvSource({
    "1f1b, 4, 1, 8",
    "interleaved, 4, 2, 8",
    "zb-h1, 4, 1, 8",
    "zb-v, 4, 2, 8",
    "dualpipe-v, 4, 2, 8"
  })
  void allTimesTogetherAreNoMoreThanHasPassed(String kind, int places, int chunks, int micro) {
    for (double behind : new double[] {0, 0.3, 1}) {
      var pace = even(places * chunks, places, 0.7, behind);
      var timeline = run(Jobs.kind(kind), places, chunks, micro, pace);
      for (int place = 0; place < places; place++) {
        assertThat(timeline.busy(place) + timeline.transfers(place))
            .isLessThanOrEqualTo(timeline.end(place) + 1e-9);
      }
    }
  }
}
