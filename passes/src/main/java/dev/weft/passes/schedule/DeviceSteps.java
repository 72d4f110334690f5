package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The work of a schedule with the messages that it takes. A result is sent as soon as it is there.
 * Between two devices messages bear no tag, so they are received in the order in which they are
 * sent: before some work a device receives what the work needs, and whatever comes before that on
 * the same way.
 */
final class DeviceSteps {
  private final WorkNeeds needs;
  private final Map<Way, Queue<Transfer>> ways = new HashMap<>();

  /** Everything that one device sends to another. */
  private record Way(int from, int to) {}

  private DeviceSteps(Schedule schedule) {
    this.needs = new WorkNeeds(schedule);
    for (var row : schedule.rows()) {
      for (var action : row) {
        sent(action).forEach(t -> way(t.from(), t.to()).add(t));
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
    var here = new HashSet<Transfer>();
    for (var action : row) {
      needs
          .fromOtherStage(action)
          .ifPresent(source -> sent(source).forEach(t -> receive(t, here, steps)));
      steps.add(new Step.Work(action));
      sent(action).forEach(t -> steps.add(new Step.Send(t)));
    }
    return steps;
  }

  private void receive(Transfer needed, Set<Transfer> here, List<Step> steps) {
    var way = way(needed.from(), needed.to());
    while (!here.contains(needed)) {
      var next = way.remove();
      here.add(next);
      steps.add(new Step.Receive(next));
    }
  }

  /** What an action sends: its result, where another device takes it. */
  private List<Transfer> sent(Action action) {
    int from = device(action);
    return needs.toOtherStage(action).stream()
        .map(this::device)
        .filter(to -> to != from)
        .map(to -> new Transfer(action, from, to))
        .toList();
  }

  private int device(Action action) {
    return needs.device(action).orElseThrow();
  }

  private Queue<Transfer> way(int from, int to) {
    return ways.computeIfAbsent(new Way(from, to), _ -> new ArrayDeque<>());
  }
}
