package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Reduction over axes.
 *
 * @param axes the axes that disappear
 * @param count the number by which a MEAN divides: the product of the axes' undivided sizes
 */
public record Reduce(ReduceFunction function, List<String> axes, long count) implements Primitive {
  public Reduce {
    axes = List.copyOf(axes);
  }

  /** A reduction of a whole tensor of this type. */
  public static Reduce over(ReduceFunction function, List<String> axes, TensorType type) {
    long count = axes.stream().mapToLong(a -> type.dim(a).size()).reduce(1, (a, b) -> a * b);
    return new Reduce(function, axes, count);
  }

  /**
   * Emits the sum of a value down to the type of an operand, whose axes it bears: how the cotangent
   * of a broadcast operand comes about.
   */
  static Value sumTo(Adjoint adjoint, int operand, Value value) {
    var wanted = adjoint.operand(operand).type();
    var extra = value.type().axes().stream().filter(a -> !wanted.bears(a)).toList();
    var sum =
        extra.isEmpty()
            ? value
            : adjoint.emit(operand, over(ReduceFunction.SUM, extra, value.type()), value);
    return sum.type().equals(wanted)
        ? sum
        : adjoint.emit(operand, new Transpose(wanted.axes()), sum);
  }

  @Override
  public String name() {
    return "reduce";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    axes.forEach(axis -> Dims.require(name(), operands, 0, axis));
    var result = operands.getFirst().without(axes);
    var combine = function == ReduceFunction.MAX ? Combine.MAX : Combine.SUM;
    return new Typing(
        List.of(result),
        () ->
            new Factors.Scribe()
                .operands(operands)
                .results(List.of(result))
                .combine(axes, combine)
                .build());
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(operands.getFirst().elements(), operands, results);
  }

  @Override
  public boolean isLinear() {
    return function != ReduceFunction.MAX;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var dims = adjoint.operand(0).type().dims();
    var dy = adjoint.cotangent();
    return switch (function) {
      case SUM -> Adjoint.of(adjoint.emit(0, new Broadcast(dims), dy));
      case MEAN -> {
        var share = adjoint.emit(0, Affine.scale(1.0 / count), dy);
        yield Adjoint.of(adjoint.emit(0, new Broadcast(dims), share));
      }
      case MAX -> Adjoint.of(shareAmongMaxima(adjoint));
    };
  }

  /** Equal maxima share the cotangent equally. */
  private Value shareAmongMaxima(Adjoint adjoint) {
    var b = adjoint.builder();
    var mask = b.emit("mask", Binary.EQUAL, adjoint.operand(0), adjoint.result(0));
    var ties = b.emit("ties", over(ReduceFunction.SUM, axes, mask.type()), mask);
    var share = b.emit("share", Binary.DIV, adjoint.cotangent(), ties);
    return adjoint.emit(0, Binary.MUL, mask, share);
  }
}
