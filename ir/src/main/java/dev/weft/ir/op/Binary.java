package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * An element-wise function of two tensors. An axis that one operand lacks is broadcast; the result
 * bears the axes of both.
 */
public record Binary(BinaryFunction function) implements Primitive {
  public static final Binary ADD = new Binary(BinaryFunction.ADD);
  public static final Binary SUB = new Binary(BinaryFunction.SUB);
  public static final Binary MUL = new Binary(BinaryFunction.MUL);
  public static final Binary DIV = new Binary(BinaryFunction.DIV);
  public static final Binary EQUAL = new Binary(BinaryFunction.EQUAL);
  public static final Binary GREATER_EQUAL = new Binary(BinaryFunction.GREATER_EQUAL);

  @Override
  public String name() {
    return function.text();
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireAgreement(operands);
    var dims = Dims.union(operands.get(0), operands.get(1));
    return Typing.byAxis(operands, operands.getFirst().withDims(dims));
  }

  @Override
  public boolean isLinear() {
    return function == BinaryFunction.ADD || function == BinaryFunction.SUB;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var dy = adjoint.cotangent();
    var a = adjoint.operand(0);
    var b = adjoint.operand(1);
    return switch (function) {
      case ADD -> Adjoint.of(sumTo(adjoint, 0, dy), sumTo(adjoint, 1, dy));
      case SUB -> Adjoint.of(sumTo(adjoint, 0, dy), negated(adjoint, sumTo(adjoint, 1, dy)));
      case MUL -> Adjoint.of(product(adjoint, 0, b), product(adjoint, 1, a));
      case DIV -> quotient(adjoint);
      case MAX -> chosen(adjoint, a, b);
      case MIN -> chosen(adjoint, b, a);
      case EQUAL, GREATER_EQUAL -> Adjoint.none(2);
    };
  }

  private static Value sumTo(Adjoint adjoint, int operand, Value value) {
    return Reduce.sumTo(adjoint, operand, value);
  }

  private static Value negated(Adjoint adjoint, Value value) {
    return adjoint.emit(1, Affine.scale(-1), value);
  }

  /** dy * other, summed to the operand: one contraction where axes vanish. */
  private static Value product(Adjoint adjoint, int operand, Value other) {
    var type = adjoint.operand(operand).type();
    var dy = adjoint.cotangent();
    if (dy.type().rank() != type.rank()) {
      return adjoint.emit(operand, new Contract(type.axes()), dy, other);
    }
    return sumTo(adjoint, operand, adjoint.emit(operand, MUL, dy, other));
  }

  private static List<Optional<Value>> quotient(Adjoint adjoint) {
    var b = adjoint.operand(1);
    var scaled = adjoint.emit(0, DIV, adjoint.cotangent(), b);
    var product = adjoint.emit(1, MUL, scaled, adjoint.result(0));
    var db = sumTo(adjoint, 1, product);
    return Adjoint.of(sumTo(adjoint, 0, scaled), negated(adjoint, db));
  }

  /** The chosen operand takes the cotangent; the first wins a tie. */
  private static List<Optional<Value>> chosen(Adjoint adjoint, Value larger, Value smaller) {
    var dy = adjoint.cotangent();
    var first = adjoint.builder().emit("mask", GREATER_EQUAL, larger, smaller);
    var taken = adjoint.builder().emit("taken", MUL, dy, first);
    var left = adjoint.builder().emit("left", SUB, dy, taken);
    return Adjoint.of(sumTo(adjoint, 0, taken), sumTo(adjoint, 1, left));
  }
}
