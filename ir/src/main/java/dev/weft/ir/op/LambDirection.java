package dev.weft.ir.op;

import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * The direction of a step of LAMB (You et al. 2020, algorithm 2), element-wise, at step t: m' = β1
 * m + (1-β1) g, v' = β2 v + (1-β2) g², u = (m'/(1-β1^t)) / (sqrt(v'/(1-β2^t)) + eps) + decay p.
 *
 * <p>Operands: p, g, m, v, t (an i32 scalar counted from 1), and possibly a scalar by which g is
 * multiplied first. Results: u, m', v'.
 *
 * @param groups the weight decay of each element
 */
public record LambDirection(double beta1, double beta2, double eps, DecayGroups groups)
    implements Primitive, OptimizerOp {
  @Override
  public String name() {
    return "lamb_direction";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    return UpdateOperands.moments(name(), operands, 1);
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(13 * operands.getFirst().elements(), operands, results);
  }
}
