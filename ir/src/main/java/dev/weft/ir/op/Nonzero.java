package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The positions of the entries along an axis that are not zero, in order: slot {@code s} of the
 * result holds the position of entry {@code s} of them. Slots that are left over hold {@link
 * #NOWHERE}; entries for which there is no slot are left out.
 *
 * @param axis that is searched, and replaced by the slots
 * @param slots how many positions there is room for
 */
public record Nonzero(String axis, Dim slots) implements Primitive {
  /** What stands in a slot without a position. */
  public static final int NOWHERE = -1;

  @Override
  public String name() {
    return "nonzero";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    Dims.require(name(), operands, 0, axis);
    var x = operands.getFirst();
    if (x.bears(slots.axis())) {
      throw new TypeMismatch(0, x + " bears the axis `" + slots.axis() + "` already");
    }
    var result = new TensorType(DType.I32, Dims.replace(x.dims(), axis, List.of(slots)));
    var whole = List.of(axis, slots.axis());
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), whole));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(0, operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.none(1);
  }
}
