package dev.weft.passes.cost;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Repeat;

/**
 * How long a node takes, in equivalents of floating-point operations: a machine's speed divides
 * out, its balance stays (Williams et al. 2009, "Roofline", where the balance of a machine is its
 * flops over its bytes per second). Nothing overlaps.
 */
public final class Roofline {
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

  private Roofline() {}

  /** The cost of one application, bodies included. */
  public static double flops(Node node) {
    if (node.op() instanceof Collective collective) {
      return FLOPS_PER_SENT_BYTE * collective.sentBytes(node.operand(0).type());
    }
    if (node.op() instanceof Repeat repeat) {
      var body = node.bodies().getFirst();
      return repeat.axis().size() * body.nodes().stream().mapToDouble(Roofline::flops).sum();
    }
    var work = node.op().work(node.operandTypes(), node.types());
    return work.flops() + FLOPS_PER_BYTE * work.bytes();
  }
}
