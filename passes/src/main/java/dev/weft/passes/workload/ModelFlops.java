package dev.weft.passes.workload;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.op.Repeat;

/**
 * The floating-point operations that a model asks for: three times those of the products of its
 * forward, since the backward has two products for each, and attention counted as if no mask left
 * out anything (Chowdhery et al. 2022, "PaLM", appendix B).
 */
final class ModelFlops {
  private static final double PASSES = 3;

  private ModelFlops() {}

  /** Of one device, in forward and backward. */
  static double of(Function grads) {
    var forward = grads.forwardNodes();
    return PASSES
        * grads.body().nodes().stream().filter(forward::contains).mapToDouble(ModelFlops::of).sum();
  }

  private static double of(Node node) {
    return switch (node.op()) {
      case Repeat repeat ->
          repeat.axis().size()
              * node.bodies().getFirst().nodes().stream().mapToDouble(ModelFlops::of).sum();
      case Attention(var shape) -> unmasked(shape.mask()) * flops(node);
      default -> Product.is(node) ? flops(node) : 0;
    };
  }

  private static double unmasked(AttentionShape.Mask mask) {
    return switch (mask) {
      case CAUSAL -> 2;
      case NONE -> 1;
    };
  }

  private static double flops(Node node) {
    return node.op().work(node.operandTypes(), node.types()).flops();
  }
}
