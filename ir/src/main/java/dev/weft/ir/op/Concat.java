package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tensors joined along one axis each: axis {@code from[i]} of operand i becomes part of {@code to}.
 */
public record Concat(List<String> from, String to) implements Primitive {
  public Concat {
    from = List.copyOf(from);
    if (from.isEmpty()) {
      throw new IllegalArgumentException("concat needs at least one axis");
    }
  }

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, from.size());
    long size = 0;
    var rest = new ArrayList<TensorType>();
    for (int i = 0; i < from.size(); i++) {
      size += Dims.require(name(), operands, i, from.get(i)).size();
      rest.add(operands.get(i).without(List.of(from.get(i))));
      requireSameRest(operands, i);
    }
    Dims.requireAgreement(rest);
    var first = operands.getFirst();
    var dims = Dims.replace(first.dims(), from.getFirst(), List.of(new Dim(to, size)));
    var result = first.withDims(dims);
    var whole = new ArrayList<>(from);
    whole.add(to);
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), whole));
  }

  private void requireSameRest(List<TensorType> operands, int index) {
    var expected = new ArrayList<>(operands.getFirst().axes());
    Collections.replaceAll(expected, from.getFirst(), from.get(index));
    if (!operands.get(index).axes().equals(expected)) {
      throw new TypeMismatch(
          index, "concat needs the axes " + expected + " here, not " + operands.get(index).axes());
    }
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(0, operands, results);
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var cotangents = new ArrayList<Optional<Value>>();
    long start = 0;
    for (int i = 0; i < from.size(); i++) {
      var dim = adjoint.operand(i).type().dim(from.get(i));
      var slice = new Slice(to, start, dim);
      cotangents.add(Optional.of(adjoint.emit(i, slice, adjoint.cotangent())));
      start += dim.size();
    }
    return cotangents;
  }
}
