package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * What the updates of weights take: vectors of one type, then scalars, then possibly the scalar
 * that the gradient is multiplied by.
 */
final class UpdateOperands {
  private UpdateOperands() {}

  /**
   * Checks operands.
   *
   * @param scalars how many must follow the vectors
   */
  static void require(String op, List<TensorType> operands, int vectors, int scalars) {
    int least = vectors + scalars;
    if (operands.size() != least && operands.size() != least + 1) {
      throw new TypeMismatch(
          op + " takes " + least + " or " + (least + 1) + " operands, not " + operands.size());
    }
    Dims.requireAgreement(operands.subList(0, vectors));
    for (int i = vectors; i < operands.size(); i++) {
      if (operands.get(i).rank() != 0) {
        throw new TypeMismatch(i, op + " takes a scalar here, not " + operands.get(i));
      }
    }
  }

  /** Of a rule that keeps two moments: p, g, m, v, the number of the step, and scalars. */
  static Typing moments(String op, List<TensorType> operands, int scalars) {
    require(op, operands, 4, scalars);
    Dims.requireInteger(op, operands, 4);
    var type = operands.getFirst();
    return typing(operands, List.of(type, type, type));
  }

  static Typing typing(List<TensorType> operands, List<TensorType> results) {
    return new Typing(results, Factors.byAxis(operands, results));
  }
}
