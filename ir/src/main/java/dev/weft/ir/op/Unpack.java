package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The tensors laid end to end in a vector, as views of it: {@link Pack} undone. */
public record Unpack(List<TensorType> parts) implements Primitive {
  public Unpack {
    parts = List.copyOf(parts);
  }

  @Override
  public String name() {
    return "unpack";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    long size = parts.stream().mapToLong(TensorType::elements).sum();
    if (operands.getFirst().rank() != 1 || size > operands.getFirst().elements()) {
      throw new TypeMismatch(0, size + " elements are not in " + operands.getFirst());
    }
    var whole = new TreeSet<>(operands.getFirst().axes());
    parts.forEach(t -> whole.addAll(t.axes()));
    return new Typing(parts, Factors.byAxis(operands, parts, whole));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("unpack belongs to the optimizer");
  }
}
