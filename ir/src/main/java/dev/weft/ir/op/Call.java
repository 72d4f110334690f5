package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Runs another function of the module: one phase of one pipeline stage on one micro-batch. Operands
 * and results are those of the function.
 *
 * @param callee the function's name
 * @param stage counted from 0
 * @param micro the micro-batch, counted from 0
 * @param types of the results
 */
public record Call(String callee, int stage, Phase phase, int micro, List<TensorType> types)
    implements Primitive {
  public Call {
    types = List.copyOf(types);
  }

  @Override
  public String name() {
    return "call";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    var whole = new TreeSet<String>();
    operands.forEach(t -> whole.addAll(t.axes()));
    types.forEach(t -> whole.addAll(t.axes()));
    return new Typing(types, Factors.byAxis(operands, types, whole));
  }

  /** The work of the function is counted by whoever walks it. */
  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("a stage is differentiated before it is called");
  }
}
