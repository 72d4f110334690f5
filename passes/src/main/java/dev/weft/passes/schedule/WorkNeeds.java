package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the actions of a schedule need of one another. */
final class WorkNeeds {
  private final ActionTable devices;

  WorkNeeds(Schedule schedule) {
    this.devices = new ActionTable(schedule);
    for (int device = 0; device < schedule.devices(); device++) {
      for (var action : schedule.rows().get(device)) {
        devices.put(action, device);
      }
    }
  }

  /** The device in whose row an action stands; empty for one that the schedule lacks. */
  Optional<Integer> device(Action action) {
    int device = devices.get(action);
    return device == ActionTable.NONE ? Optional.empty() : Optional.of(device);
  }

  /** The action of another stage whose result is an operand; empty at the ends of the model. */
  Optional<Action> fromOtherStage(Action action) {
    return switch (action.phase()) {
      case FORWARD ->
          action.stage() == 0
              ? Optional.empty()
              : find(new Action(action.stage() - 1, Phase.FORWARD, action.micro()));
      case BACKWARD, INPUT_GRADIENT -> gradientMaker(action.stage() + 1, action.micro());
      case WEIGHT_GRADIENT -> Optional.empty();
    };
  }

  /** The action of another stage that takes the result; empty at the ends of the model. */
  Optional<Action> toOtherStage(Action action) {
    return switch (action.phase()) {
      case FORWARD -> find(new Action(action.stage() + 1, Phase.FORWARD, action.micro()));
      case BACKWARD, INPUT_GRADIENT ->
          action.stage() == 0
              ? Optional.empty()
              : gradientMaker(action.stage() - 1, action.micro());
      case WEIGHT_GRADIENT -> Optional.empty();
    };
  }

  /** The action of the same stage that must come first. */
  Optional<Action> ofSameStage(Action action) {
    return switch (action.phase()) {
      case FORWARD -> Optional.empty();
      case BACKWARD, INPUT_GRADIENT ->
          Optional.of(new Action(action.stage(), Phase.FORWARD, action.micro()));
      case WEIGHT_GRADIENT ->
          Optional.of(new Action(action.stage(), Phase.INPUT_GRADIENT, action.micro()));
    };
  }

  /** Everything that an action needs. */
  List<Action> all(Action action) {
    return Stream.concat(ofSameStage(action).stream(), fromOtherStage(action).stream()).toList();
  }

  private Optional<Action> gradientMaker(int stage, int micro) {
    return find(new Action(stage, Phase.BACKWARD, micro))
        .or(() -> find(new Action(stage, Phase.INPUT_GRADIENT, micro)));
  }

  private Optional<Action> find(Action action) {
    return devices.has(action) ? Optional.of(action) : Optional.empty();
  }
}
