package dev.weft.passes.schedule;

import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The schedule of a pipeline.
 *
 * <pre>{@code
 * Schedule schedule = Schedules.of(plan.pipeline().orElseThrow(), plan.microBatches()).orThrow();
 * }</pre>
 */
public final class Schedules {
  private final int microBatches;
  private final SchedulePlaces places;
  private final List<Integer> devices;

  private Schedules(PipelinePlan plan, int microBatches, SchedulePlaces places) {
    this.microBatches = microBatches;
    this.places = places;
    this.devices = plan.stages().stream().map(StagePlan::device).toList();
  }

  /** As {@link #of(PipelinePlan, int, SchedulePlaces)} for a plan that was not read from a text. */
  public static Checked<Schedule> of(PipelinePlan plan, int microBatches) {
    return of(plan, microBatches, SchedulePlaces.NONE);
  }

  /** The schedule of a plan's pipeline, where it has one. */
  public static Checked<Optional<Schedule>> of(Plan plan) {
    return plan.pipeline()
        .map(pipeline -> of(pipeline, plan.microBatches()).map(Optional::of))
        .orElseGet(() -> Checked.ok(Optional.empty()));
  }

  /**
   * A named schedule, made but not proved, for those who estimate many of them and take one.
   *
   * @param chunks stages of each device, as many as the kind may have
   */
  public static Schedule unproved(ScheduleKind kind, int devices, int chunks, int microBatches) {
    var size = new PipelineSize(devices, chunks, microBatches);
    var order = RowOrder.of(kind, size);
    var rows = IntStream.range(0, devices).mapToObj(order::row).toList();
    return new Schedule(size.stages(), microBatches, rows);
  }

  /** For each device of a named schedule when it keeps the most, without making the schedule. */
  public static List<Fullest> fullest(
      ScheduleKind kind, int devices, int chunks, int microBatches) {
    var order = RowOrder.of(kind, new PipelineSize(devices, chunks, microBatches));
    return IntStream.range(0, devices).mapToObj(order::fullest).toList();
  }

  /**
   * The schedule that a plan names or gives, proved sound.
   *
   * @param microBatches that pass through the pipeline
   * @param places of its parts in what the user wrote
   */
  public static Checked<Schedule> of(PipelinePlan plan, int microBatches, SchedulePlaces places) {
    var schedules = new Schedules(plan, microBatches, places);
    return switch (plan.schedule()) {
      case SchedulePlan.Named(var kind) -> schedules.named(kind);
      case SchedulePlan.Table table -> schedules.tabled(table);
    };
  }

  private Checked<Schedule> named(ScheduleKind kind) {
    int count = 1 + devices.stream().mapToInt(Integer::intValue).max().orElse(0);
    var shape = StageShape.of(kind);
    int chunks = shape.chunks().orElse(Math.max(1, Math.ceilDiv(devices.size(), count)));
    if (devices.size() != count * chunks) {
      var message =
          "schedule %s has %d stages for %d devices, not %d; the nearest legal number is %d"
              .formatted(kind.text(), count * chunks, count, devices.size(), count * chunks);
      return failed(ScheduleCode.CHUNKS, places.schedule(), message);
    }
    for (int stage = 0; stage < devices.size(); stage++) {
      int first = shape.device(stage, count);
      int expected = devices.get(first);
      if (devices.indexOf(expected) != first) {
        return failed(ScheduleCode.PLACEMENT, places.stage(first), taken(kind, first));
      }
      if (devices.get(stage) != expected) {
        var message = placement(kind, stage, expected);
        return failed(ScheduleCode.PLACEMENT, places.stage(stage), message);
      }
    }
    return Checked.ok(sound(kind, new PipelineSize(count, chunks, microBatches)));
  }

  private String placement(ScheduleKind kind, int stage, int expected) {
    return "schedule %s puts stage %d on device %d, not on device %d"
        .formatted(kind.text(), stage, expected, devices.get(stage));
  }

  private String taken(ScheduleKind kind, int stage) {
    return "schedule %s puts stages %d and %d on different devices, not both on device %d"
        .formatted(kind.text(), devices.indexOf(devices.get(stage)), stage, devices.get(stage));
  }

  /** The devices may stand in any order; the rows are those of the places in this order. */
  private Schedule sound(ScheduleKind kind, PipelineSize size) {
    var order = RowOrder.of(kind, size);
    var rows =
        IntStream.range(0, size.devices())
            .mapToObj(device -> order.row(devices.indexOf(device)))
            .toList();
    var schedule = new Schedule(size.stages(), microBatches, rows);
    var problems = ScheduleCheck.problems(schedule, devices, places);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(kind.text() + " for " + size + ": " + problems);
    }
    return schedule;
  }

  private Checked<Schedule> tabled(SchedulePlan.Table table) {
    var problems = new ArrayList<Diagnostic>();
    var rows = new ArrayList<List<Action>>();
    for (int device = 0; device < table.rows().size(); device++) {
      rows.add(row(table.rows().get(device), device, problems));
    }
    int passing = 1 + rows.stream().flatMap(List::stream).mapToInt(Action::micro).max().orElse(-1);
    var schedule = Schedule.of(devices.size(), microBatches, rows);
    if (problems.isEmpty() && passing != microBatches) {
      var message =
          "the schedule's table has %d micro-batches, not %d; the nearest legal value is micro=%d"
              .formatted(passing, microBatches, Math.max(1, passing));
      problems.add(Diagnostic.of(ScheduleCode.MICRO_BATCHES, places.schedule(), message));
    }
    if (problems.isEmpty()) {
      problems.addAll(ScheduleCheck.problems(schedule, devices, places));
    }
    return problems.isEmpty() ? Checked.ok(schedule) : Checked.failed(problems);
  }

  private List<Action> row(String text, int device, List<Diagnostic> problems) {
    var actions = new ArrayList<Action>();
    for (var cell : TableCells.cells(text)) {
      TableCells.action(cell)
          .ifPresentOrElse(
              actions::add,
              () ->
                  problems.add(
                      Diagnostic.of(
                          ScheduleCode.CELL,
                          places.row(device),
                          "`" + cell + "` in the row of device " + device + " is no action")));
    }
    return actions;
  }

  private static Checked<Schedule> failed(ScheduleCode code, Span place, String message) {
    return Checked.failed(Diagnostic.of(code, place, message));
  }
}
