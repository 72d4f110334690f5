package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sound schedule takes of the devices.
 *
 * @param inFlight for each device the greatest number of micro-batches of its stages whose
 *     activations it holds at once: those whose forward is done and whose backward is not
 * @param slots the least number of messages that each way between two devices must hold, so that
 *     nobody waits for ever; 0 where a send may wait for its receiver
 */
public record ScheduleFacts(List<Integer> inFlight, int slots) {
  public ScheduleFacts {
    inFlight = List.copyOf(inFlight);
  }

  public static ScheduleFacts of(Schedule schedule) {
    return new ScheduleFacts(
        schedule.rows().stream().map(ScheduleFacts::inFlight).toList(), slots(schedule));
  }

  private static int inFlight(List<Action> row) {
    var held = new HashSet<Action>();
    int most = 0;
    for (var action : row) {
      change(action, held);
      most = Math.max(most, held.size());
    }
    return most;
  }

  private static void change(Action action, Set<Action> held) {
    var forward = new Action(action.stage(), Phase.FORWARD, action.micro());
    switch (action.phase()) {
      case FORWARD -> held.add(forward);
      case INPUT_GRADIENT -> {}
      case BACKWARD, WEIGHT_GRADIENT -> held.remove(forward);
    }
  }

  private static int slots(Schedule schedule) {
    int slots = 0;
    while (Execution.deadlock(schedule, slots).isPresent()) {
      slots++;
    }
    return slots;
  }
}
