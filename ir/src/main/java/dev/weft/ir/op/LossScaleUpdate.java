package dev.weft.ir.op;

import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * The loss scale of the next step (Micikevicius et al. 2018, section 3.2). After a step whose
 * gradients are finite, the count of such steps grows; at {@code interval} of them in a row the
 * scale doubles, up to {@code greatest}, and the count begins anew. After another step the scale is
 * halved, down to 1, and the count begins anew.
 *
 * <p>Operands, all scalars of one type: the scale, the count, and the sum of the squares of the
 * gradients. Results: whether the sum is finite (1 or 0), the next scale, the next count.
 *
 * @param interval 0 for a scale that never changes
 */
public record LossScaleUpdate(long interval, double greatest) implements Primitive, OptimizerOp {
  /** What becomes of a loss scale; the definition that every interpreter of the IR follows. */
  public record Next(double finite, double scale, double count) {}

  @Override
  public String name() {
    return "loss_scale_update";
  }

  public Next next(double scale, double count, double squares) {
    boolean finite = Math.abs(squares) <= Double.MAX_VALUE;
    if (interval == 0) {
      return new Next(finite ? 1 : 0, scale, count);
    }
    if (!finite) {
      return new Next(0, Math.max(scale / 2, 1), 0);
    }
    return count + 1 < interval
        ? new Next(1, scale, count + 1)
        : new Next(1, Math.min(scale * 2, greatest), 0);
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 3);
    Dims.requireAgreement(operands);
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).rank() != 0) {
        throw new TypeMismatch(i, name() + " takes scalars, not " + operands.get(i));
      }
    }
    var type = operands.getFirst();
    return Typing.byAxis(operands, type, type, type);
  }
}
