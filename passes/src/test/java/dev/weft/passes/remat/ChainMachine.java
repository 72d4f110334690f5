package dev.weft.passes.remat;

import dev.weft.passes.remat.ChainAction.Backward;
import dev.weft.passes.remat.ChainAction.Forward;
import dev.weft.passes.remat.ChainAction.ForwardKeepingInput;
import dev.weft.passes.remat.ChainAction.ForwardSaving;
import dev.weft.passes.remat.ChainStage.Saving;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the actions of a chain one by one and counts memory as a machine would: every output, saved
 * set and cotangent that is there, without the chain's own input.
 */
final class ChainMachine {
  private final List<ChainStage> stages;
  private final BitSet outputs = new BitSet();
  private final Map<Integer, Saving> saved = new HashMap<>();
  private int cotangent;
  private long peakBytes;
  private double cost;

  private ChainMachine(List<ChainStage> stages) {
    this.stages = stages;
    this.cotangent = stages.size() - 1;
  }

  /** What an execution takes. */
  record Measured(double cost, long peakBytes) {}

  /**
   * Runs a whole execution.
   *
   * @throws IllegalStateException when an action reads what is not there, or something is left
   */
  static Measured run(List<ChainStage> stages, List<ChainAction> actions) {
    var machine = new ChainMachine(stages);
    actions.forEach(machine::act);
    if (machine.cotangent != -1 || !machine.saved.isEmpty() || !machine.outputs.isEmpty()) {
      throw new IllegalStateException("not finished: " + actions);
    }
    return new Measured(machine.cost, machine.peakBytes);
  }

  private void act(ChainAction action) {
    int stage = action.stage();
    var sizes = stages.get(stage);
    require(stage == 0 || outputs.get(stage - 1) || saved.containsKey(stage - 1), action);
    switch (action) {
      case ForwardSaving(_, int which) -> {
        var saving = sizes.savings().get(which);
        cost += sizes.forward();
        use(saving.bytes() + sizes.forwardBytes());
        saved.put(stage, saving);
      }
      case ForwardKeepingInput _ -> {
        cost += sizes.forward();
        use(sizes.outputBytes() + sizes.forwardBytes());
        outputs.set(stage);
      }
      case Forward _ -> {
        cost += sizes.forward();
        use(sizes.outputBytes() + sizes.forwardBytes());
        require(outputs.get(stage - 1), action);
        outputs.clear(stage - 1);
        outputs.set(stage);
      }
      case Backward _ -> {
        var saving = saved.get(stage);
        if (saving == null || cotangent != stage) {
          throw new IllegalStateException("cannot run " + action);
        }
        cost += saving.backward();
        long made = stage == 0 ? 0 : stages.get(stage - 1).cotangentBytes();
        use(made + saving.backwardBytes());
        saved.remove(stage);
        cotangent = stage - 1;
        if (stage > 0) {
          outputs.clear(stage - 1);
        }
      }
    }
  }

  private void use(long moreBytes) {
    long bytes = cotangent < 0 ? 0 : stages.get(cotangent).cotangentBytes();
    bytes += outputs.stream().mapToLong(i -> stages.get(i).outputBytes()).sum();
    bytes += saved.values().stream().mapToLong(Saving::bytes).sum();
    peakBytes = Math.max(peakBytes, bytes + moreBytes);
  }

  private static void require(boolean holds, ChainAction action) {
    if (!holds) {
      throw new IllegalStateException("cannot run " + action);
    }
  }
}
