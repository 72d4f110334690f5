package dev.weft.ir.op;

import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Cotangent of a looked-up table: row r is the sum of dy over the places where ids = r.
 *
 * @param axis the table's first dimension
 * @param offset mesh axes that cut it
 */
public record LookupGrad(Dim axis, List<String> offset) implements Primitive, GradientOp {
  public LookupGrad {
    offset = List.copyOf(offset);
  }

  @Override
  public String name() {
    return "lookup_grad";
  }

  /** Operands: ids, dy. The result is [axis, the axes of dy that ids lacks]. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 0);
    var ids = operands.get(0);
    var dy = operands.get(1);
    ids.axes().forEach(a -> Dims.require(name(), operands, 1, a));
    var dims = new ArrayList<Dim>();
    dims.add(axis);
    dy.dims().stream().filter(d -> !ids.bears(d.axis())).forEach(dims::add);
    return Typing.byAxis(operands, dy.withDims(dims));
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(operands.get(1).elements(), operands, results);
  }

  @Override
  public LookupGrad localize(Cut cut, List<TensorType> operands) {
    return new LookupGrad(cut.local(axis), cut.axes(axis.axis()));
  }
}
