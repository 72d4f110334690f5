package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import java.util.List;
import java.util.Optional;

/** An op that only the gradients of other ops emit. */
interface GradientOp extends Op {
  @Override
  default List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("second derivatives are not supported");
  }
}
