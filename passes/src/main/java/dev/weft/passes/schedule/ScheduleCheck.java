package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Proves a schedule sound: all work is there once, on its device, after what it needs; and devices
 * that exchange untagged messages in order get to the end of it.
 */
public final class ScheduleCheck {
  private final Schedule schedule;
  private final List<Integer> devices;
  private final SchedulePlaces places;
  private final List<Diagnostic> problems = new ArrayList<>();
  private final ActionTable positions;
  private int found;

  private ScheduleCheck(Schedule schedule, List<Integer> devices, SchedulePlaces places) {
    this.schedule = schedule;
    this.devices = devices;
    this.places = places;
    this.positions = new ActionTable(schedule);
  }

  /**
   * Everything that is wrong with a schedule.
   *
   * @param devices for each stage the device on which it lies
   */
  public static List<Diagnostic> problems(
      Schedule schedule, List<Integer> devices, SchedulePlaces places) {
    return new ScheduleCheck(schedule, devices, places).problems();
  }

  private List<Diagnostic> problems() {
    for (int device = 0; device < schedule.devices(); device++) {
      row(device);
    }
    for (int stage = 0; stage < schedule.stages(); stage++) {
      requireAll(stage);
    }
    if (problems.isEmpty()) {
      var needs = new WorkNeeds(schedule);
      schedule.rows().forEach(row -> row.forEach(action -> requireOrder(action, needs)));
    }
    if (problems.isEmpty()) {
      Execution.deadlock(schedule, Execution.UNBOUNDED).ifPresent(this::reportDeadlock);
    }
    return problems;
  }

  private void row(int device) {
    for (var action : schedule.rows().get(device)) {
      if (action.stage() >= schedule.stages() || action.micro() >= schedule.microBatches()) {
        var message =
            "%s: stages are 0 to %d, micro-batches 0 to %d"
                .formatted(action, schedule.stages() - 1, schedule.microBatches() - 1);
        report(ScheduleCode.CELL, device, message);
      } else if (devices.get(action.stage()) != device) {
        var message =
            "%s in the row of device %d: stage %d lies on device %d"
                .formatted(action, device, action.stage(), devices.get(action.stage()));
        report(ScheduleCode.DEVICE, device, message);
      } else if (positions.has(action)) {
        report(ScheduleCode.REPEATED_ACTION, device, action + " occurs twice");
      } else {
        positions.put(action, found++);
        requireSingle(action, device);
      }
    }
  }

  /** A whole backward does what its halves do. */
  private void requireSingle(Action action, int device) {
    var others =
        switch (action.phase()) {
          case FORWARD -> List.<Phase>of();
          case BACKWARD -> List.of(Phase.INPUT_GRADIENT, Phase.WEIGHT_GRADIENT);
          case INPUT_GRADIENT, WEIGHT_GRADIENT -> List.of(Phase.BACKWARD);
        };
    others.stream()
        .map(phase -> new Action(action.stage(), phase, action.micro()))
        .filter(positions::has)
        .findFirst()
        .ifPresent(
            other ->
                report(
                    ScheduleCode.REPEATED_ACTION,
                    device,
                    action + " does again what " + other + " does"));
  }

  private void requireAll(int stage) {
    var missing = new ArrayList<String>();
    for (int micro = 0; micro < schedule.microBatches(); micro++) {
      missing(stage, micro).ifPresent(missing::add);
    }
    if (!missing.isEmpty()) {
      var more = missing.size() > 3 ? " and " + (missing.size() - 3) + " more" : "";
      var named = missing.stream().limit(3).collect(Collectors.joining(", ")) + more;
      report(
          ScheduleCode.MISSING_ACTION,
          devices.get(stage),
          named + " of stage " + stage + " missing");
    }
  }

  /** The first work of a micro-batch in a stage that the schedule lacks. */
  private Optional<String> missing(int stage, int micro) {
    boolean isSplit =
        has(stage, Phase.INPUT_GRADIENT, micro) || has(stage, Phase.WEIGHT_GRADIENT, micro);
    var wanted =
        isSplit
            ? List.of(Phase.FORWARD, Phase.INPUT_GRADIENT, Phase.WEIGHT_GRADIENT)
            : List.of(Phase.FORWARD, Phase.BACKWARD);
    return wanted.stream()
        .filter(phase -> !has(stage, phase, micro))
        .map(phase -> new Action(stage, phase, micro).toString())
        .findFirst();
  }

  private boolean has(int stage, Phase phase, int micro) {
    return positions.get(stage, phase, micro) != ActionTable.NONE;
  }

  private void requireOrder(Action action, WorkNeeds needs) {
    needs
        .ofSameStage(action)
        .filter(first -> positions.get(first) > positions.get(action))
        .ifPresent(
            first ->
                report(
                    ScheduleCode.ORDER,
                    devices.get(action.stage()),
                    action + " stands before " + first));
  }

  private void reportDeadlock(List<Execution.Waiting> cycle) {
    var chain =
        cycle.stream()
            .map(
                w ->
                    "device "
                        + w.device()
                        + " for the "
                        + described(w.at())
                        + " of device "
                        + w.on())
            .collect(Collectors.joining(", "));
    report(ScheduleCode.DEADLOCK, cycle.getFirst().device(), "each waits for the next: " + chain);
  }

  private static String described(Step step) {
    return switch (step) {
      case Step.Work(var action) -> action.toString();
      case Step.Send(var transfer) -> "taking of the " + transfer;
      case Step.Receive(var transfer) -> transfer.toString();
    };
  }

  private void report(ScheduleCode code, int device, String message) {
    problems.add(Diagnostic.of(code, places.row(device), message));
  }
}
