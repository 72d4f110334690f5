package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Product of one or two tensors summed over every axis that the result does not bear (an einsum by
 * axis names).
 *
 * <p>{@code result[axes] = sum over the other axes of a * b}
 *
 * @param axes the axes of the result, in order
 */
public record Contract(List<String> axes) implements Primitive {
  public Contract {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "contract";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    if (operands.isEmpty() || operands.size() > 2) {
      throw new TypeMismatch("contract takes one or two operands, not " + operands.size());
    }
    var dtype = operands.getFirst().dtype();
    Dims.requireAgreement(operands);
    var dims = new ArrayList<Dim>();
    for (var axis : axes) {
      dims.add(Dims.find(operands, axis));
    }
    return Typing.byAxis(operands, new TensorType(dtype, dims));
  }

  /** Two operations per point of the iteration space; one where nothing is multiplied. */
  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(operands.size() * volume(operands, results), operands, results);
  }

  private static long volume(List<TensorType> operands, List<TensorType> results) {
    long volume = results.getFirst().elements();
    for (int i = 0; i < operands.size(); i++) {
      for (var dim : operands.get(i).dims()) {
        boolean isCounted =
            results.getFirst().bears(dim.axis()) || i > 0 && operands.getFirst().bears(dim.axis());
        volume = Math.multiplyExact(volume, isCounted ? 1 : dim.size());
      }
    }
    return volume;
  }

  /** da = contract(dy, b), spread over the axes that a alone bears. */
  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    int count = adjoint.node().operands().size();
    if (count == 1) {
      return Adjoint.of(spread(adjoint, 0, adjoint.cotangent()));
    }
    return Adjoint.of(oneSide(adjoint, 0, 1), oneSide(adjoint, 1, 0));
  }

  private static Value oneSide(Adjoint adjoint, int wanted, int other) {
    var type = adjoint.operand(wanted).type();
    var dy = adjoint.cotangent();
    var reachable =
        type.axes().stream()
            .filter(a -> dy.type().bears(a) || adjoint.operand(other).type().bears(a))
            .toList();
    var part = adjoint.emit(wanted, new Contract(reachable), dy, adjoint.operand(other));
    return spread(adjoint, wanted, part);
  }

  private static Value spread(Adjoint adjoint, int wanted, Value part) {
    var type = adjoint.operand(wanted).type();
    return part.type().equals(type) ? part : adjoint.emit(wanted, new Broadcast(type.dims()), part);
  }
}
