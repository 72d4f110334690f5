package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.TreeSet;

/** The tensors laid end to end in a vector, as views of it: {@link Pack} undone. */
public record Unpack(List<TensorType> parts) implements Primitive, View, OptimizerOp {
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
}
