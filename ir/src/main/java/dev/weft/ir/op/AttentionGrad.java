package dev.weft.ir.op;

import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * Cotangents of attention (Dao et al. 2022, "FlashAttention", appendix B.2): with P = exp(scores -
 * lse) and delta = rowsum(do * o), dv = Pᵀ do, ds = P * (do vᵀ - delta), dq = scale ds k, dk =
 * scale dsᵀ q, dbias = ds summed over the axes that the bias lacks.
 */
public record AttentionGrad(AttentionShape shape) implements Primitive, GradientOp {
  @Override
  public String name() {
    return "attention_grad";
  }

  /** Operands: q, k, v, (bias), o, lse, do; results: dq, dk, dv, (dbias). */
  @Override
  public Typing typing(List<TensorType> operands) {
    if (operands.size() != 6 && operands.size() != 7) {
      throw new TypeMismatch("attention_grad takes q, k, v, possibly a bias, o, lse and do");
    }
    shape.check(name(), operands);
    var results = operands.subList(0, operands.size() - 3);
    var scribe = shape.scribe(operands);
    results.forEach(type -> scribe.result(type, shape.walks()));
    return new Typing(results, scribe.build());
  }

  /** Five products of the size of the forward's two. */
  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(shape.flops(operands) * 5 / 2, operands, results);
  }
}
