package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The work of a schedule with the messages that it takes. A result is sent as soon as it is there.
 * Between two devices messages bear no tag, so they are received in the order in which they are
 * sent: before some work a device receives what the work needs, and whatever comes before that on
 * the same way.
 */
final class DeviceSteps {
  private final WorkNeeds needs;
  private final int devices;

  /** Everything that one device sends to another, by sender and receiver. */
  private final List<Queue<Transfer>> ways = new ArrayList<>();

  /** The work whose result has been received; a result goes to one device at most. */
  private final ActionTable received;

  private DeviceSteps(Schedule schedule) {
    this.needs = new WorkNeeds(schedule);
    this.devices = schedule.devices();
    this.received = new ActionTable(schedule);
    for (int way = 0; way < devices * devices; way++) {
      ways.add(new ArrayDeque<>());
    }
    for (var row : schedule.rows()) {
      for (var action : row) {
        sent(action).ifPresent(t -> way(t).add(t));
      }
    }
  }

  /** For each device what it does, in order. The schedule has all work that any of it needs. */
  static List<List<Step>> of(Schedule schedule) {
    var all = new DeviceSteps(schedule);
    return schedule.rows().stream().map(all::steps).toList();
  }

  private List<Step> steps(List<Action> row) {
    var steps = new ArrayList<Step>();
    for (var action : row) {
      needs
          .fromOtherStage(action)
          .flatMap(this::sent)
          .ifPresent(transfer -> receive(transfer, steps));
      steps.add(new Step.Work(action));
      sent(action).ifPresent(transfer -> steps.add(new Step.Send(transfer)));
    }
    return steps;
  }

  private void receive(Transfer needed, List<Step> steps) {
    while (!received.has(needed.of())) {
      var next = way(needed).remove();
      received.put(next.of(), next.to());
      steps.add(new Step.Receive(next));
    }
  }

  /** What an action sends: its result, where another device takes it. */
  private Optional<Transfer> sent(Action action) {
    int from = device(action);
    return needs
        .toOtherStage(action)
        .map(this::device)
        .filter(to -> to != from)
        .map(to -> new Transfer(action, from, to));
  }

  private int device(Action action) {
    return needs.device(action).orElseThrow();
  }

  private Queue<Transfer> way(Transfer transfer) {
    return ways.get(transfer.from() * devices + transfer.to());
  }
}
