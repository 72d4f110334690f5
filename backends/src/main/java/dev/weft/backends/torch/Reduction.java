package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Unpack;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happens to the packed gradients after the last micro-batch: first the scale, then the sum
 * that leaves each replica its share, then the sum over replicas that hold the same. Or each
 * weight's gradient is summed for itself.
 *
 * @param scale what the sum over micro-batches is multiplied by, if anything
 * @param shares the sum of which each replica keeps a share
 * @param everywhere the sum that every replica keeps whole
 * @param byWeight the sets of axes over which some weight's gradient is summed for itself; empty
 *     where all are summed together
 * @param spread whether gradients lie in shares of which the weights are not
 */
record Reduction(
    OptionalDouble scale,
    Optional<ReduceScatter> shares,
    Optional<AllReduce> everywhere,
    List<List<String>> byWeight,
    boolean spread) {
  private static final Reduction NONE =
      new Reduction(OptionalDouble.empty(), Optional.empty(), Optional.empty(), List.of(), false);

  Reduction spread(boolean wholeWeights) {
    return new Reduction(scale, shares, everywhere, byWeight, wholeWeights);
  }

  boolean isByWeight() {
    return !byWeight.isEmpty();
  }

  /** Every mesh axis over which a gradient is summed. */
  List<String> axes() {
    var axes = new LinkedHashSet<String>();
    shares.ifPresent(scatter -> axes.addAll(scatter.over()));
    everywhere.ifPresent(all -> axes.addAll(all.over()));
    byWeight.forEach(axes::addAll);
    return List.copyOf(axes);
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
      var node = found.node();
      switch (node.op()) {
        case AllReduce all -> reduction = reduction.with(all);
        case ReduceScatter scatter -> reduction = reduction.with(scatter);
        case Affine affine -> reduction = reduction.with(affine);
        // Where each weight lies in shares, its gradient is a view of the packed ones.
        case Unpack _ -> {}
        case Pack _ when isOfSums(node) -> {
          reduction = reduction.byWeight(node);
          found = unreduced(node.operand(0));
        }
        default -> {
          return new Found(reduction, found);
        }
      }
      found = (Result) found.node().operand(0);
    }
  }

  /** Whether a vector is packed of the parts of another, some of them summed over replicas. */
  private static boolean isOfSums(Node pack) {
    boolean ofParts =
        pack.operands().stream()
            .allMatch(v -> v instanceof Result && unreduced(v).node().op() instanceof Unpack);
    return ofParts && pack.operands().stream().anyMatch(v -> !unreduced(v).equals(v));
  }

  /** What a sum over replicas is a sum of. */
  private static Result unreduced(Value value) {
    var found = (Result) value;
    while (found.node().op() instanceof AllReduce || found.node().op() instanceof ReduceScatter) {
      if (!(found.node().operand(0) instanceof Result inner)) {
        return found;
      }
      found = inner;
    }
    return found;
  }

  private Reduction byWeight(Node pack) {
    var groups = new LinkedHashSet<List<String>>();
    for (var operand : pack.operands()) {
      var found = (Result) operand;
      while (found.node().op() instanceof Collective collective) {
        groups.add(collective.over());
        found = (Result) found.node().operand(0);
      }
    }
    return new Reduction(scale, shares, everywhere, List.copyOf(groups), spread);
  }

  private Reduction with(AllReduce all) {
    return new Reduction(scale, shares, Optional.of(all), byWeight, spread);
  }

  private Reduction with(ReduceScatter scatter) {
    return new Reduction(scale, Optional.of(scatter), everywhere, byWeight, spread);
  }

  private Reduction with(Affine affine) {
    return new Reduction(OptionalDouble.of(affine.scale()), shares, everywhere, byWeight, spread);
  }
}
