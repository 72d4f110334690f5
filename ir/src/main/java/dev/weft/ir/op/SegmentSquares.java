package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Set;

/**
 * Sums of squares of a packed vector, or of a device's share of it: one sum for each segment. What
 * the device does not count is 0, so that the sum over devices is that of the whole weights.
 */
public record SegmentSquares(Segments segments) implements Primitive, OptimizerOp {
  /** The axis of the sums. */
  public static final String AXIS = "segments";

  @Override
  public String name() {
    return "segment_squares";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var vector = operands.getFirst();
    requireVector(name(), vector, 0);
    var result = List.of(TensorType.of(vector.dtype(), axis(segments)));
    return new Typing(result, Factors.byAxis(operands, result, Set.copyOf(axes(vector))));
  }

  static Dim axis(Segments segments) {
    return new Dim(AXIS, segments.count());
  }

  static void requireVector(String op, TensorType type, int operand) {
    if (type.rank() != 1 || !type.dtype().isFloat()) {
      throw new TypeMismatch(operand, op + " takes a vector of floats, not " + type);
    }
  }

  private static List<String> axes(TensorType vector) {
    return List.of(vector.dims().getFirst().axis(), AXIS);
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(2 * operands.getFirst().elements(), operands, results);
  }
}
