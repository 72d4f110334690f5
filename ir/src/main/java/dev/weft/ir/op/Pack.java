package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tensors laid end to end in one vector, each in row-major order, with zeros up to the size of
 * {@code flat}. The operands may be computed in place: packing moves nothing.
 */
public record Pack(Dim flat) implements Primitive, View, OptimizerOp {
  @Override
  public String name() {
    return "pack";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    if (operands.isEmpty()) {
      throw new TypeMismatch("pack takes at least one operand");
    }
    long size = operands.stream().mapToLong(TensorType::elements).sum();
    if (size > flat.size()) {
      throw new TypeMismatch(size + " elements do not fit into " + flat);
    }
    var result = List.of(operands.getFirst().withDims(List.of(flat)));
    var whole = new TreeSet<String>(Set.of(flat.axis()));
    operands.forEach(t -> whole.addAll(t.axes()));
    return new Typing(result, Factors.byAxis(operands, result, whole));
  }
}
