package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.text.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model, a plan and an optimizer.
 *
 * @param seed from which the model is drawn
 * @param batch entries of one micro-batch, of all replicas together
 * @param edits what shrinking has removed from the model, in order
 */
record Sample(long seed, long batch, List<Edit> edits, Plan plan, OptimizerSpec optimizer) {
  private static final List<Integer> BATCHES = List.of(2, 4, 4, 6, 8, 8, 12);
  private static final int MOST_ENTRIES = 24;

  Sample {
    edits = List.copyOf(edits);
  }

  static Sample draw(long seed) {
    var random = new Random(seed * 31 + 7);
    long batch = BATCHES.get(random.nextInt(BATCHES.size()));
    var plan = RandomPlan.draw(seed, RandomModel.draw(seed, batch));
    while (batch > 2 && batch * plan.microBatches() > MOST_ENTRIES) {
      batch = 2;
      plan = RandomPlan.draw(seed, RandomModel.draw(seed, batch));
    }
    return new Sample(seed, batch, List.of(), plan, optimizer(random));
  }

  /** Adam divides by the size of a gradient: its eps keeps rounding errors of zeros small. */
  private static OptimizerSpec optimizer(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new OptimizerSpec.Adam(0.01, 0.9, 0.99, 0.05, 0.1, Decay.DECOUPLED);
      case 1 -> new OptimizerSpec.Adam(0.01, 0.8, 0.9, 0.05, 0.1, Decay.COUPLED);
      case 2 -> new OptimizerSpec.Sgd(0.1, 0.5);
      default -> new OptimizerSpec.Sgd(0.1, 0);
    };
  }

  /** The model of one micro-batch. */
  Function microBatch() {
    return model(batch);
  }

  /** The same model of the whole batch. */
  Function wholeBatch() {
    return model(batch * plan.microBatches());
  }

  private Function model(long size) {
    var model = RandomModel.draw(seed, size);
    for (var edit : edits) {
      model = Pruning.prune(edit.apply(model).orElse(model));
    }
    return model;
  }

  Sample with(Edit edit) {
    var more = new ArrayList<>(edits);
    more.add(edit);
    return new Sample(seed, batch, more, plan, optimizer);
  }

  Sample with(Plan newPlan) {
    return new Sample(seed, batch, edits, newPlan, optimizer);
  }

  Sample with(OptimizerSpec newOptimizer) {
    return new Sample(seed, batch, edits, plan, newOptimizer);
  }

  Sample withBatch(long newBatch) {
    return new Sample(seed, newBatch, edits, plan, optimizer);
  }

  /** How much there is of it; shrinking goes down. */
  long size() {
    var model = microBatch();
    long nodes = model.body().allNodes().count();
    long rules = plan.shard().stream().mapToLong(r -> 1 + r.over().size()).sum();
    long layout = plan.mesh().axes().size() + plan.mesh().devices() + plan.microBatches();
    long optimizing = plan.optimizerSharding().level() + plan.optimizerSharding().over().size();
    long ports = model.inputs().size() + model.outputs().size();
    boolean plain = optimizer.equals(new OptimizerSpec.Sgd(0.1, 0));
    return 4 * nodes + 2 * ports + 2 * rules + layout + optimizing + batch + (plain ? 0 : 1);
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + ", "
        + optimizer
        + ", the model of one micro-batch:\n"
        + Printer.print(Module.of(microBatch()))
        + "\n"
        + PlanJson.write(plan);
  }
}
