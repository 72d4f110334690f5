package dev.weft.passes.remat;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Unpack;

/**
 * What running a node again costs, in equivalents of floating-point operations: a machine's speed
 * divides out, its balance stays (Williams et al. 2009, "Roofline", where the balance of a machine
 * is its flops over its bytes per second).
 */
public final class RecomputeCost {
  /**
   * Flops that a device makes while it moves one byte of its memory: 312 Tflop/s over 2.0 TB/s on
   * an A100 (NVIDIA A100 data sheet, bf16 and 80 GB).
   */
  public static final double FLOPS_PER_BYTE = 150;

  /**
   * Flops that a device makes while it sends one byte to a neighbour: 312 Tflop/s over 300 GB/s of
   * NVLink 3 in one direction (the same data sheet).
   */
  public static final double FLOPS_PER_SENT_BYTE = 1000;

  /** Of a node that must run once: it exchanges messages, or adds what others have added. */
  static final double NEVER = Double.POSITIVE_INFINITY;

  private RecomputeCost() {}

  /** The cost of one application, bodies included; infinite where it must not run twice. */
  public static double flops(Node node) {
    if (!isRepeatable(node.op())) {
      return NEVER;
    }
    if (node.op() instanceof Collective collective) {
      return FLOPS_PER_SENT_BYTE * collective.sentBytes(node.operand(0).type());
    }
    if (node.op() instanceof Repeat repeat) {
      var body = node.bodies().getFirst();
      return repeat.axis().size() * body.nodes().stream().mapToDouble(RecomputeCost::flops).sum();
    }
    if (isView(node.op())) {
      return 0;
    }
    var work = node.op().work(node.operandTypes(), node.types());
    return work.flops() + FLOPS_PER_BYTE * work.bytes();
  }

  /** Whether running an op twice changes nothing but the time. */
  static boolean isRepeatable(Op op) {
    return !(op instanceof Send
        || op instanceof Receive
        || op instanceof Call
        || op instanceof SharedSum);
  }

  private static boolean isView(Op op) {
    return op instanceof Rename
        || op instanceof Split
        || op instanceof Merge
        || op instanceof Unpack;
  }
}
