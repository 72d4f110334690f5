package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a table chosen by integers: the table's first axis is replaced by the axes of the
 * integers.
 *
 * <p>Cut along the table's first axis, a device finds zero for a row that another device holds, and
 * the sum over the devices is the row (the vocabulary-parallel embedding of Megatron-LM, Shoeybi et
 * al. 2019, section 3).
 *
 * @param offset mesh axes that cut the table's first axis: they place this device's rows
 */
public record Lookup(List<String> offset) implements Primitive {
  public static final Lookup WHOLE = new Lookup(List.of());

  public Lookup {
    offset = List.copyOf(offset);
  }

  @Override
  public String name() {
    return "lookup";
  }

  /** Operands: table, ids. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 1);
    var table = operands.get(0);
    var ids = operands.get(1);
    if (table.rank() == 0) {
      throw new TypeMismatch(0, "lookup needs a table, not a scalar");
    }
    var dims = new ArrayList<>(ids.dims());
    for (var dim : table.dims().subList(1, table.rank())) {
      if (ids.bears(dim.axis())) {
        throw new TypeMismatch(1, "both the table and the ids bear the axis `" + dim.axis() + "`");
      }
      dims.add(dim);
    }
    if (ids.bears(table.dims().getFirst().axis())) {
      throw new TypeMismatch(
          1, "the ids bear the table's own axis `" + table.dims().getFirst().axis() + "`");
    }
    return Typing.byAxis(operands, table.withDims(dims));
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.taking(operands, results);
  }

  @Override
  public Lookup localize(Cut cut, List<TensorType> operands) {
    return new Lookup(cut.axes(operands.getFirst().dims().getFirst().axis()));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var table = adjoint.operand(0).type();
    var grad = new LookupGrad(table.dims().getFirst(), List.of());
    var dt = adjoint.emit(0, grad, adjoint.operand(1), adjoint.cotangent());
    return List.of(Optional.of(dt), Optional.empty());
  }
}
