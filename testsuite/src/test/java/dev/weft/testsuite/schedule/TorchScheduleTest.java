package dev.weft.testsuite.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Durations;
import dev.weft.passes.schedule.ScheduleTiming;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.schedule.StageShape;
import dev.weft.passes.schedule.UniformDurations;
import dev.weft.testsuite.schedule.TorchSchedules.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our tables are those of PyTorch. Where we know a better one ours is never slower, and where
 * PyTorch refuses we have one.
 */
class TorchScheduleTest {
  private static final List<Durations> DURATIONS =
      List.of(Durations.UNIT, new UniformDurations(3, 4, 2, 0), new UniformDurations(10, 11, 9, 1));

  /** Of PyTorch: the class, and the kind that it is of. */
  private static final Map<String, ScheduleKind> KINDS =
      Map.of(
          "ScheduleGPipe", ScheduleKind.GPIPE,
          "Schedule1F1B", ScheduleKind.ONE_F_ONE_B,
          "ScheduleInterleaved1F1B", ScheduleKind.INTERLEAVED,
          "ScheduleInterleavedZeroBubble", ScheduleKind.ZB_H1,
          "ScheduleZBVZeroBubble", ScheduleKind.ZB_V,
          "ScheduleDualPipeV", ScheduleKind.DUALPIPE_V);

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> theSameTables() throws IOException, InterruptedException {
    var cases = new ArrayList<Case>();
    for (int p : List.of(2, 3, 4, 8)) {
      for (int m : List.of(p, p + 1, 2 * p, 4 * p)) {
        cases.add(new Case("ScheduleGPipe", p, 1, m));
        cases.add(new Case("Schedule1F1B", p, 1, m));
        cases.add(new Case("ScheduleInterleavedZeroBubble", p, 1, m));
        cases.add(new Case("ScheduleZBVZeroBubble", p, 2, m));
        cases.add(new Case("ScheduleDualPipeV", p, 2, p + m));
        cases.add(new Case("ScheduleInterleaved1F1B", p, 1, m));
        for (int v : List.of(2, 3, 4)) {
          cases.add(new Case("ScheduleInterleaved1F1B", p, v, m));
          cases.add(new Case("ScheduleInterleavedZeroBubble", p, v, m));
        }
      }
    }
    cases.add(new Case("ScheduleInterleaved1F1B", 4, 2, 10));
    cases.add(new Case("ScheduleInterleaved1F1B", 4, 2, 3));
    cases.add(new Case("ScheduleZBVZeroBubble", 4, 2, 2));
    var tables = TorchSchedules.tables(folder, cases);
    return cases.stream()
        .map(
            c ->
                dynamicTest(
                    c.toString(), () -> assertThat(rows(ours(c))).isEqualTo(tables.get(c))));
  }

  /**
   * Where PyTorch refuses a number of micro-batches, our schedule is no slower than what it makes
   * for the next greater one that it accepts, without the surplus.
   */
  @TestFactory
  Stream<DynamicTest> whatPyTorchRefusesIsNoSlower() throws IOException, InterruptedException {
    var refused =
        List.of(
            new Case("ScheduleInterleaved1F1B", 4, 2, 11),
            new Case("ScheduleInterleaved1F1B", 3, 3, 7),
            new Case("ScheduleInterleaved1F1B", 6, 2, 19),
            new Case("ScheduleInterleavedZeroBubble", 4, 2, 9),
            new Case("ScheduleDualPipeV", 4, 2, 5));
    var greater = refused.stream().map(c -> with(c, accepted(c))).toList();
    var cases = Stream.concat(refused.stream(), greater.stream()).toList();
    var tables = TorchSchedules.tables(folder, cases);
    return refused.stream()
        .map(
            c ->
                dynamicTest(
                    c.toString(),
                    () -> {
                      assertThat(tables.get(c)).isEmpty();
                      assertNoSlower(c, tables.getOrDefault(with(c, accepted(c)), List.of()));
                    }));
  }

  private static Case with(Case one, int microBatches) {
    return new Case(one.name(), one.devices(), one.chunks(), microBatches);
  }

  private static int accepted(Case one) {
    return Math.ceilDiv(one.microBatches(), 2 * one.devices()) * 2 * one.devices();
  }

  private static void assertNoSlower(Case one, List<String> rows) {
    var plan = plan(one);
    var table = new PipelinePlan("pp", plan.stages(), new SchedulePlan.Table(rows));
    var whole = Schedules.of(table, accepted(one)).orThrow();
    var theirs =
        Schedule.of(
            whole.stages(),
            one.microBatches(),
            whole.rows().stream()
                .map(r -> r.stream().filter(a -> a.micro() < one.microBatches()).toList())
                .toList());
    for (var durations : DURATIONS) {
      assertThat(ScheduleTiming.of(ours(one), durations).makespan())
          .isLessThanOrEqualTo(ScheduleTiming.of(theirs, durations).makespan());
    }
  }

  private static Schedule ours(Case one) {
    return Schedules.of(plan(one), one.microBatches()).orThrow();
  }

  private static PipelinePlan plan(Case one) {
    var kind = KINDS.getOrDefault(one.name(), ScheduleKind.GPIPE);
    var stages =
        IntStream.range(0, one.devices() * one.chunks())
            .mapToObj(s -> new StagePlan(StageShape.of(kind).device(s, one.devices()), Map.of()))
            .toList();
    return new PipelinePlan("pp", stages, new SchedulePlan.Named(kind));
  }

  private static List<String> rows(Schedule schedule) {
    return schedule.rows().stream()
        .map(row -> row.stream().map(Action::toString).collect(Collectors.joining(" ")))
        .toList();
  }
}
