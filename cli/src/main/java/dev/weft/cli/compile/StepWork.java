package dev.weft.cli.compile;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Work;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;

/**
 * The work of one step of a model, forward and backward, without the optimizer.
 *
 * @param work the sum of {@code Op.work} over the differentiated program as it is executed: a node
 *     in a repeat counts as often as the repeat runs
 * @param tokens the number of entries of the largest integer input of a step: positions of text for
 *     a language model, images for a classifier of images; where there is none, the batch
 */
public record StepWork(Work work, long tokens) {
  /**
   * Counts the work of a program.
   *
   * @param grads the differentiated program of a whole batch
   * @param batch the number of examples in it
   */
  public static StepWork of(Function grads, long batch) {
    return new StepWork(of(grads.body()), tokens(grads, batch));
  }

  /** Floating-point operations for each token, a multiply-add counting 2. */
  public double flopsPerToken() {
    return (double) work.flops() / tokens;
  }

  private static Work of(Block block) {
    return block.nodes().stream().map(StepWork::of).reduce(Work.NONE, Work::plus);
  }

  private static Work of(Node node) {
    if (node.op() instanceof Repeat repeat) {
      return of(node.bodies().getFirst()).times(repeat.axis().size());
    }
    return node.op().work(node.operandTypes(), node.types());
  }

  private static long tokens(Function function, long batch) {
    return function.inputIndices(Port.Data.class).stream()
        .map(i -> function.body().params().get(i).type())
        .filter(type -> type.dtype() == DType.I32)
        .mapToLong(TensorType::elements)
        .max()
        .orElse(batch);
  }
}
