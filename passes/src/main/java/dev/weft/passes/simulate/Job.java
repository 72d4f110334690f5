package dev.weft.passes.simulate;

import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.ProductFormat;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.workload.Workload;

/**
 * What is simulated.
 *
 * @param workload of one micro-batch of one replica under the plan's tensor parallelism and remat
 * @param dtype the training precision
 * @param tokens of a step: the elements that the batch and the sequence have together
 */
public record Job(
    Workload workload,
    Plan plan,
    Cluster cluster,
    SoftwareSpec software,
    DType dtype,
    long tokens) {
  /**
   * The format of the operands of products within layers: that of the software where all devices
   * take it, else the training precision.
   */
  ProductFormat products() {
    var format = software.products();
    boolean isTaken = cluster.nodes().stream().allMatch(node -> node.device().takes(format));
    return isTaken ? format : ProductFormat.TRAINING;
  }

  /** Bytes of the optimizer for each weight; weights in f32 are their own master copy. */
  long stateBytes() {
    long master = dtype == DType.F32 ? DType.F32.bytes() : 0;
    return Math.max(0, software.stateBytes() - master);
  }
}
