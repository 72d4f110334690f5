package dev.weft.passes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.schedule.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulesTest {
  @Test
  void gPipe() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.GPIPE, 2, 3)))
        .containsExactly("0F0 0F1 0F2 0B0 0B1 0B2", "1F0 1F1 1F2 1B0 1B1 1B2");
  }

  @Test
  void oneForwardOneBackward() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.ONE_F_ONE_B, 3, 4)))
        .containsExactly(
            "0F0 0F1 0F2 0B0 0F3 0B1 0B2 0B3",
            "1F0 1F1 1B0 1F2 1B1 1F3 1B2 1B3",
            "2F0 2B0 2F1 2B1 2F2 2B2 2F3 2B3");
  }

  @Test
  void interleaved() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.INTERLEAVED, 2, 2, 2)))
        .containsExactly("0F0 0F1 2F0 2F1 2B0 2B1 0B0 0B1", "1F0 1F1 3F0 3B0 3F1 3B1 1B0 1B1");
  }

  @Test
  void zeroBubbleH1PutsWeightGradientsOff() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.ZB_H1, 2, 3)))
        .containsExactly(
            "0F0 0F1 0I0 0W0 0F2 0I1 0W1 0I2 0W2", "1F0 1I0 1F1 1I1 1W0 1F2 1I2 1W1 1W2");
  }

  @Test
  void zeroBubbleH2RunsFurtherAhead() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.ZB_H2, 2, 4)))
        .containsExactly(
            "0F0 0F1 0F2 0I0 0W0 0F3 0I1 0W1 0I2 0W2 0I3 0W3",
            "1F0 1I0 1W0 1F1 1I1 1F2 1I2 1F3 1I3 1W1 1W2 1W3");
  }

  @Test
  void zeroBubbleVComesBackOnTheSameDevice() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.ZB_V, 1, 2)))
        .containsExactly("0F0 1F0 1I0 1W0 0F1 0I0 0W0 1F1 1I1 1W1 0I1 0W1");
  }

  @Test
  void dualPipeVPairsForwardsWithBackwards() {
    assertThat(Samples.rows(Samples.schedule(ScheduleKind.DUALPIPE_V, 1, 3)))
        .containsExactly("0F0 1F0 0F1 1B0 1F1 0B0 0F2 1B1 1F2 0B1 1B2 0I2 0W2");
  }

  /** Whatever the sizes, also where micro-batches are fewer than devices or no multiple of them. */
  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void everySizeHasASoundSchedule(ScheduleKind kind) {
    for (int devices = 1; devices <= 6; devices++) {
      for (int chunks : StageShape.of(kind).chunks().map(List::of).orElse(List.of(1, 2, 3, 4))) {
        for (int micro = 1; micro <= 14; micro++) {
          assertThat(Schedules.of(Samples.plan(kind, devices, chunks), micro).diagnostics())
              .as("%s on %d devices, %d chunks, %d micro-batches", kind, devices, chunks, micro)
              .isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void devicesMayStandInAnyOrder(ScheduleKind kind) {
    var straight = Samples.plan(kind, 3, StageShape.usualChunks(kind));
    var turned =
        new PipelinePlan(
            "pp",
            straight.stages().stream().map(s -> new StagePlan(2 - s.device(), Map.of())).toList(),
            straight.schedule());
    var rows = Schedules.of(straight, 5).orThrow().rows();
    assertThat(Schedules.of(turned, 5).orThrow().rows()).isEqualTo(rows.reversed());
  }

  @Test
  void anInterleavedScheduleOfOneChunkHidesMessages() {
    var ahead = Samples.schedule(ScheduleKind.INTERLEAVED, 4, 1, 8);
    var plain = Samples.schedule(ScheduleKind.ONE_F_ONE_B, 4, 8);
    assertThat(ScheduleFacts.of(ahead).inFlight()).containsExactly(7, 5, 3, 1);
    assertThat(ScheduleTiming.of(ahead, Durations.UNIT).makespan())
        .isEqualTo(ScheduleTiming.of(plain, Durations.UNIT).makespan());
    var slow = new UniformDurations(1, 1, 1, 1);
    assertThat(ScheduleTiming.of(ahead, slow).makespan())
        .isLessThan(ScheduleTiming.of(plain, slow).makespan());
  }

  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void aScheduleReadsBackAsATable(ScheduleKind kind) {
    var schedule = Samples.schedule(kind, 3, 6);
    var plan = Samples.plan(kind, 3, StageShape.usualChunks(kind));
    var table = new SchedulePlan.Table(Samples.rows(schedule));
    assertThat(Schedules.of(new PipelinePlan("pp", plan.stages(), table), 6).orThrow())
        .isEqualTo(schedule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ONE_F_ONE_B|0 1 0 1|CHUNKS|has 2 stages for 2 devices, not 4; the nearest legal number is"
            + " 2",
        "ZB_V|0 1|CHUNKS|the nearest legal number is 4",
        "INTERLEAVED|0 1 0|CHUNKS|the nearest legal number is 4",
        "INTERLEAVED|0 1 1 0|PLACEMENT|puts stage 2 on device 0, not on device 1",
        "ZB_V|0 1 0 1|PLACEMENT|puts stage 2 on device 1, not on device 0",
        "GPIPE|1 1|PLACEMENT|stages 0 and 1 on different devices, not both on device 1",
      })
  void refusesStagesThatLieOtherwise(
      ScheduleKind kind, String devices, ScheduleCode code, String message) {
    var stages =
        Arrays.stream(devices.split(" "))
            .map(d -> new StagePlan(Integer.parseInt(d), Map.of()))
            .toList();
    var plan = new PipelinePlan("pp", stages, new SchedulePlan.Named(kind));
    assertThat(Schedules.of(plan, 4).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(code))
        .satisfies(d -> assertThat(d.message()).contains(message));
  }

  /** Micro-batches that do not pass leave no trace: what remains is as sound as the whole. */
  @Test
  void fewerMicroBatchesAreTheFirstOnesOfAFullPipeline() {
    var full = Samples.schedule(ScheduleKind.ZB_V, 4, 7);
    var few = Samples.schedule(ScheduleKind.ZB_V, 4, 3);
    assertThat(few.rows())
        .isEqualTo(
            IntStream.range(0, 4)
                .mapToObj(d -> full.rows().get(d).stream().filter(a -> a.micro() < 3).toList())
                .toList());
    assertThat(few).extracting(Schedule::microBatches).isEqualTo(3);
  }
}
