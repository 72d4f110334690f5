package dev.weft.passes.schedule;

import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Schedules of the tests. */
final class Samples {
  private Samples() {}

  /** A pipeline whose stages lie as the schedule says. */
  static PipelinePlan plan(ScheduleKind kind, int devices, int chunks) {
    var stages =
        IntStream.range(0, devices * chunks)
            .mapToObj(s -> new StagePlan(StageShape.of(kind).device(s, devices), Map.of()))
            .toList();
    return new PipelinePlan("pp", stages, new SchedulePlan.Named(kind));
  }

  static Schedule schedule(ScheduleKind kind, int devices, int chunks, int microBatches) {
    return Schedules.of(plan(kind, devices, chunks), microBatches).orThrow();
  }

  /** With the usual number of chunks. */
  static Schedule schedule(ScheduleKind kind, int devices, int microBatches) {
    return schedule(kind, devices, StageShape.usualChunks(kind), microBatches);
  }

  /** A table with the stages on given devices. */
  static PipelinePlan table(List<Integer> devices, String... rows) {
    var stages = devices.stream().map(d -> new StagePlan(d, Map.of())).toList();
    return new PipelinePlan("pp", stages, new SchedulePlan.Table(List.of(rows)));
  }

  static List<String> rows(Schedule schedule) {
    return schedule.rows().stream()
        .map(row -> row.stream().map(Action::toString).collect(Collectors.joining(" ")))
        .toList();
  }
}
