package dev.weft.ir.op;

import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1), element-wise, at step t: m' = β1 m + (1-β1)
 * g, v' = β2 v + (1-β2) g², p' = p - lr (m'/(1-β1^t)) / (sqrt(v'/(1-β2^t)) + eps).
 *
 * <p>Operands: p, g, m, v, t (an i32 scalar counted from 1), the scalar lr, and possibly a scalar
 * by which g is multiplied first. Results: p', m', v'.
 *
 * @param groups the weight decay of each element
 * @param decay how it enters
 */
public record AdamUpdate(double beta1, double beta2, double eps, DecayGroups groups, Decay decay)
    implements Primitive, OptimizerOp {
  /** How weight decay enters. */
  public enum Decay {
    /** Added to the gradient: g + decay p. */
    COUPLED,
    /** Applied to the weight: p (1 - lr decay) (Loshchilov and Hutter 2019, "AdamW"). */
    DECOUPLED
  }

  @Override
  public String name() {
    return "adam_update";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    return UpdateOperands.moments(name(), operands, 2);
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(12 * operands.getFirst().elements(), operands, results);
  }
}
