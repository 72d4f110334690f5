package dev.weft.passes.prefetch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unpack;
import java.util.HashSet;
import java.util.Set;

/** The values of a block that are weights, or parts or views of them: nothing was computed. */
final class WeightValues {
  private final Set<Value> weights;

  /**
   * The weights of a block.
   *
   * @param params the parameters that are weights
   */
  WeightValues(Block block, Set<? extends Value> params) {
    this.weights = new HashSet<>(params);
    for (var node : block.nodes()) {
      if (moves(node.op()) && weights.containsAll(node.operands())) {
        weights.addAll(node.results());
      }
    }
  }

  boolean contains(Value value) {
    return weights.contains(value);
  }

  /** The parameters of a repeat's body that are weights; what is carried is computed. */
  Set<Param> inBody(Node node, Repeat repeat) {
    var params = node.bodies().getFirst().params();
    var inside = new HashSet<Param>();
    for (int i = repeat.carried(); i < params.size(); i++) {
      if (weights.contains(node.operand(i))) {
        inside.add(params.get(i));
      }
    }
    return inside;
  }

  private static boolean moves(Op op) {
    return op instanceof AllGather
        || op instanceof Convert
        || op instanceof Merge
        || op instanceof Pack
        || op instanceof Rename
        || op instanceof ShardSlice
        || op instanceof Slice
        || op instanceof Split
        || op instanceof ToDevice
        || op instanceof ToHost
        || op instanceof Transpose
        || op instanceof Unpack;
  }
}
