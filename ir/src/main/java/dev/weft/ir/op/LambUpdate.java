package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Set;

/**
 * A step of LAMB along a direction (You et al. 2020, algorithm 2): p' = p - lr r u, where the trust
 * ratio r of a segment is |p| / |u| (Euclidean norms of the whole weight), and 1 where one of them
 * is 0. Padding stays as it is.
 *
 * <p>Operands: p, u, the sums of squares of p and of u by segment, the scalar lr. Result: p'.
 */
public record LambUpdate(Segments segments) implements Primitive, OptimizerOp {
  @Override
  public String name() {
    return "lamb_update";
  }

  /** The trust ratio of a segment; the definition that every interpreter of the IR follows. */
  public static double trust(double weightSquares, double directionSquares) {
    return weightSquares > 0 && directionSquares > 0
        ? Math.sqrt(weightSquares) / Math.sqrt(directionSquares)
        : 1;
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 5);
    var vector = operands.getFirst();
    SegmentSquares.requireVector(name(), vector, 0);
    Dims.requireAgreement(operands);
    requireSums(operands, 2);
    requireSums(operands, 3);
    var result = List.of(vector);
    var whole = Set.of(vector.dims().getFirst().axis(), SegmentSquares.AXIS);
    return new Typing(result, Factors.byAxis(operands, result, whole));
  }

  private void requireSums(List<TensorType> operands, int index) {
    var expected = List.of(SegmentSquares.axis(segments));
    if (!operands.get(index).dims().equals(expected)) {
      throw new TypeMismatch(index, name() + " takes a sum for each of " + expected + " here");
    }
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(2 * operands.getFirst().elements(), operands, results);
  }
}
