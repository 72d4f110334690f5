package dev.weft.backends.torch;

import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Unpack;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happens to the packed gradients after the last micro-batch: first the scale, then the sum
 * that leaves each replica its share, then the sum over replicas that hold the same.
 *
 * @param scale what the sum over micro-batches is multiplied by, if anything
 * @param shares the sum of which each replica keeps a share
 * @param everywhere the sum that every replica keeps whole
 * @param spread whether gradients lie in shares of which the weights are not
 */
record Reduction(
    OptionalDouble scale,
    Optional<ReduceScatter> shares,
    Optional<AllReduce> everywhere,
    boolean spread) {
  private static final Reduction NONE =
      new Reduction(OptionalDouble.empty(), Optional.empty(), Optional.empty(), false);

  Reduction spread(boolean wholeWeights) {
    return new Reduction(scale, shares, everywhere, wholeWeights);
  }

  /**
   * A reduction, and what is reduced.
   *
   * @param packed the result of a pack, a loop or a call
   */
  record Found(Reduction reduction, Result packed) {}

  /** Takes the reduction off a gradient that the optimizer consumes. */
  static Found of(Value gradient) {
    var found = (Result) gradient;
    var reduction = NONE;
    while (true) {
      switch (found.node().op()) {
        case AllReduce all -> reduction = reduction.with(all);
        case ReduceScatter scatter -> reduction = reduction.with(scatter);
        case Affine affine -> reduction = reduction.with(affine);
        // Where each weight lies in shares, its gradient is a view of the packed ones.
        case Unpack _ -> {}
        default -> {
          return new Found(reduction, found);
        }
      }
      found = (Result) found.node().operand(0);
    }
  }

  private Reduction with(AllReduce all) {
    return new Reduction(scale, shares, Optional.of(all), spread);
  }

  private Reduction with(ReduceScatter scatter) {
    return new Reduction(scale, Optional.of(scatter), everywhere, spread);
  }

  private Reduction with(Affine affine) {
    return new Reduction(OptionalDouble.of(affine.scale()), shares, everywhere, spread);
  }
}
