package dev.weft.ir.op;

import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** The elements of the operands, in their order, under other dimensions: nothing moves. */
interface View extends Op {
  @Override
  default Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  default boolean isLinear() {
    return true;
  }
}
