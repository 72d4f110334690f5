package dev.weft.passes.remat;

import dev.weft.passes.remat.ChainAction.Backward;
import dev.weft.passes.remat.ChainAction.Forward;
import dev.weft.passes.remat.ChainAction.ForwardKeepingInput;
import dev.weft.passes.remat.ChainAction.ForwardSaving;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fastest way to run a chain forward and backward within a memory: the dynamic programme of
 * rotor (Beaumont et al. 2019, "Optimal checkpointing for heterogeneous chains", theorem 1),
 * optimal among executions in which what is kept stays until its backward. As in Rockmate (Zhao et
 * al. 2023, "Rockmate: an Efficient, Fast, Automatic and Generic Tool for Re-materialization in
 * PyTorch", section 3.3), what a stage keeps is one of several savings, each the best for its size.
 *
 * <p>C(s, t, m) is the least cost of the stages s to t when the input of s and the cotangent of the
 * output of t are there, of which the input does not count in m. Either s keeps a saving k, or it
 * keeps its input and runs up to a later stage r, whose input is kept:
 *
 * <pre>
 * C(s, s, m) = min of  f_s + b_sk                             if m holds s with k
 * C(s, t, m) = min of  f_s + C(s+1, t, m - saved_sk) + b_sk   if m holds s with k
 *                      f_s + … + f_{r-1} + C(r, t, m - output_{r-1}) + C(s, r-1, m)
 * </pre>
 *
 * Memory is counted in slots, so the answer is optimal for sizes rounded up to whole slots. It
 * takes time in n²·(n + k)·slots / 2 for n stages of k savings.
 */
public final class ChainSolver {
  /** As many as rotor takes: the loss by rounding is then below a percent for some ten stages. */
  public static final int SLOTS = 500;

  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final List<ChainStage> stages;
  private final int slots;
  private final long slotBytes;
  private final double[][][] cost;

  /**
   * The stage up to which the first one runs on without keeping; where it keeps a saving k instead:
   * -1 - k.
   */
  private final int[][][] choice;

  private ChainSolver(List<ChainStage> stages, long bytes, int slots) {
    this.stages = List.copyOf(stages);
    this.slots = (int) Math.min(slots, bytes);
    this.slotBytes = Math.max(1, Math.ceilDiv(bytes, Math.max(1, this.slots)));
    int n = stages.size();
    this.cost = new double[n][n][];
    this.choice = new int[n][n][];
  }

  /**
   * The cheapest execution; empty where none fits.
   *
   * @param bytes the memory, without the chain's own input
   * @param slots how finely memory is counted
   */
  public static Optional<ChainPlan> solve(List<ChainStage> stages, long bytes, int slots) {
    var solver = new ChainSolver(stages, bytes, slots);
    solver.fill();
    return solver.plan(bytes);
  }

  /**
   * The best executions for all memories up to a size: each is cheaper than those before it.
   *
   * @param bytes the most memory, without the chain's own input
   * @param slots how finely memory is counted
   */
  public static List<ChainPlan> frontier(List<ChainStage> stages, long bytes, int slots) {
    var solver = new ChainSolver(stages, bytes, slots);
    solver.fill();
    var plans = new ArrayList<ChainPlan>();
    for (int m = 0; m <= solver.slots; m++) {
      double cost = solver.at(0, stages.size() - 1, m);
      if (cost < (plans.isEmpty() ? NEVER : plans.getLast().cost())) {
        plans.add(solver.plan(m));
      }
    }
    return plans;
  }

  private void fill() {
    for (int length = 1; length <= stages.size(); length++) {
      for (int s = 0; s + length <= stages.size(); s++) {
        int t = s + length - 1;
        cost[s][t] = new double[slots + 1];
        choice[s][t] = new int[slots + 1];
        for (int m = 0; m <= slots; m++) {
          decide(s, t, m);
        }
      }
    }
  }

  private void decide(int s, int t, int m) {
    double best = NEVER;
    int chosen = -1;
    var stage = stages.get(s);
    for (int k = 0; k < stage.savings().size(); k++) {
      var saving = stage.savings().get(k);
      if (m >= whileKeeping(s, t, saving)) {
        double rest = s == t ? 0 : at(s + 1, t, m - slots(saving.bytes()));
        double all = stage.forward() + rest + saving.backward();
        if (all < best) {
          best = all;
          chosen = -1 - k;
        }
      }
    }
    double run = 0;
    for (int r = s + 1; r <= t; r++) {
      run += stages.get(r - 1).forward();
      if (m >= whileRunningOn(s, r, t)) {
        double later = at(r, t, m - slots(stages.get(r - 1).outputBytes()));
        double both = run + later + at(s, r - 1, m);
        if (both < best) {
          best = both;
          chosen = r;
        }
      }
    }
    cost[s][t][m] = best;
    choice[s][t][m] = chosen;
  }

  private double at(int s, int t, int m) {
    return m < 0 ? NEVER : cost[s][t][m];
  }

  /** Slots that stage s needs at once when it keeps a saving, before or after those up to t. */
  private int whileKeeping(int s, int t, ChainStage.Saving saving) {
    var stage = stages.get(s);
    int last = slots(stages.get(t).cotangentBytes());
    int forward = last + slots(saving.bytes()) + slots(stage.forwardBytes());
    int own = slots(stage.cotangentBytes()) + slots(saving.bytes());
    return Math.max(forward, own + inputCotangent(s) + slots(saving.backwardBytes()));
  }

  /** The cotangent that a stage's backward makes is that of the output before it. */
  private int inputCotangent(int s) {
    return s == 0 ? 0 : slots(stages.get(s - 1).cotangentBytes());
  }

  /** Slots that the stages from s up to r need at once when each drops its input. */
  private int whileRunningOn(int s, int r, int t) {
    int most = 0;
    for (int k = s; k < r; k++) {
      int input = k == s ? 0 : slots(stages.get(k - 1).outputBytes());
      var stage = stages.get(k);
      most = Math.max(most, input + slots(stage.outputBytes()) + slots(stage.forwardBytes()));
    }
    return slots(stages.get(t).cotangentBytes()) + most;
  }

  private int slots(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, slotBytes));
  }

  private Optional<ChainPlan> plan(long bytes) {
    int m = (int) (bytes / slotBytes);
    int last = stages.size() - 1;
    return at(0, last, m) == NEVER ? Optional.empty() : Optional.of(plan(m));
  }

  private ChainPlan plan(int m) {
    var actions = new ArrayList<ChainAction>();
    write(0, stages.size() - 1, m, actions);
    return new ChainPlan(at(0, stages.size() - 1, m), actions);
  }

  private void write(int s, int t, int m, List<ChainAction> to) {
    int r = choice[s][t][m];
    if (r < 0) {
      int saving = -1 - r;
      to.add(new ForwardSaving(s, saving));
      if (s < t) {
        write(s + 1, t, m - slots(stages.get(s).savings().get(saving).bytes()), to);
      }
      to.add(new Backward(s));
      return;
    }
    to.add(new ForwardKeepingInput(s));
    for (int k = s + 1; k < r; k++) {
      to.add(new Forward(k));
    }
    write(r, t, m - slots(stages.get(r - 1).outputBytes()), to);
    write(s, r - 1, m, to);
  }
}
