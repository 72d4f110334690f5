package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The work of one device, in the order in which it is appended. Each kind of work of a stage takes
 * the micro-batches one after the other.
 */
final class WorkRow {
  private final List<Action> actions = new ArrayList<>();
  private final Map<Integer, Map<Phase, Integer>> done = new HashMap<>();

  /** Appends the next micro-batch of a phase; {@code B} counts as both of its halves. */
  void add(int stage, Phase phase) {
    actions.add(new Action(stage, phase, count(stage, phase)));
    switch (phase) {
      case FORWARD, INPUT_GRADIENT, WEIGHT_GRADIENT -> raise(stage, phase);
      case BACKWARD -> {
        raise(stage, Phase.INPUT_GRADIENT);
        raise(stage, Phase.WEIGHT_GRADIENT);
      }
    }
  }

  void forward(int stage) {
    add(stage, Phase.FORWARD);
  }

  void backward(int stage) {
    add(stage, Phase.BACKWARD);
  }

  void inputGradient(int stage) {
    add(stage, Phase.INPUT_GRADIENT);
  }

  void weightGradient(int stage) {
    add(stage, Phase.WEIGHT_GRADIENT);
  }

  /** How many micro-batches of a phase have been appended. */
  int count(int stage, Phase phase) {
    var counted = phase == Phase.BACKWARD ? Phase.INPUT_GRADIENT : phase;
    return done.getOrDefault(stage, Map.of()).getOrDefault(counted, 0);
  }

  /**
   * The actions of the first micro-batches. Those of the others may be left out of any sound
   * schedule: no micro-batch waits for another's results.
   */
  List<Action> actions(int microBatches) {
    return actions.stream().filter(a -> a.micro() < microBatches).toList();
  }

  private void raise(int stage, Phase phase) {
    done.computeIfAbsent(stage, _ -> new EnumMap<>(Phase.class)).merge(phase, 1, Integer::sum);
  }
}
