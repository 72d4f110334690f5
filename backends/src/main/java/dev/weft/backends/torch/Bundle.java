package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;
import java.util.Optional;

/**
 * What a bundle is made from.
 *
 * @param target where it is to run
 * @param modelName the model, for people
 * @param sourceName the file that the model was written in, for people
 * @param step the lowered training step over the plan's mesh, without a cache of weights
 * @param cached the step with the plan's cache, where it has one; of this the bundle takes when
 *     each weight is fetched and let go, since a layer computes the same wherever its weights lie
 * @param reference the serial model before differentiation, with whole types
 * @param planJson the plan as text
 * @param optimizer the recipe's optimizer
 * @param precision the recipe's precision: the default of {@code --precision}
 * @param globalBatch examples per step over all devices
 * @param seed of the weights and of synthetic batches
 */
public record Bundle(
    Target target,
    String modelName,
    String sourceName,
    Module step,
    Optional<Module> cached,
    Function reference,
    String planJson,
    OptimizerSpec optimizer,
    DType precision,
    long globalBatch,
    long seed) {
  /** Without a cache of weights. */
  public Bundle(
      Target target,
      String modelName,
      String sourceName,
      Module step,
      Function reference,
      String planJson,
      OptimizerSpec optimizer,
      DType precision,
      long globalBatch,
      long seed) {
    this(
        target,
        modelName,
        sourceName,
        step,
        Optional.empty(),
        reference,
        planJson,
        optimizer,
        precision,
        globalBatch,
        seed);
  }
}
