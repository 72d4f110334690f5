package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import java.util.List;
import java.util.Optional;

/** An op of the update of weights, which follows what is differentiated. */
interface OptimizerOp extends Op {
  @Override
  default List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable(name() + " belongs to the optimizer");
  }
}
