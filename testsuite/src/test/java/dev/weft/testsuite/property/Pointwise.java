package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that work element by element or along axes. */
final class Pointwise {
  private Pointwise() {}

  static Optional<Value> unary(Draft draft) {
    var x = draft.any();
    var function = draft.one(List.of(UnaryFunction.values()));
    var safe =
        switch (function) {
          case LOG, SQRT, RSQRT -> aboveOne(draft, x);
          case EXP -> draft.emit("small", new Unary(UnaryFunction.TANH), x);
          default -> x;
        };
    double magnitude = draft.magnitude(x);
    double result = function == UnaryFunction.SQUARE ? magnitude * magnitude : magnitude + 1;
    return draft.keep(draft.emit("f", new Unary(function), safe), result);
  }

  private static Value aboveOne(Draft draft, Value x) {
    var square = draft.emit("square", new Unary(UnaryFunction.SQUARE), x);
    return draft.emit("above_one", new Affine(1, 1), square);
  }

  /** Two values, or a value and a weight; each is broadcast along what it lacks. */
  static Optional<Value> binary(Draft draft) {
    var a = draft.any();
    var b = draft.chance(0.3) ? weightFor(draft, a) : draft.any();
    var axes = new ArrayList<>(a.type().axes());
    b.type().axes().stream().filter(x -> !axes.contains(x)).forEach(axes::add);
    if (!draft.fits(axes)) {
      return Optional.empty();
    }
    double ma = draft.magnitude(a);
    double mb = draft.magnitude(b);
    return switch (draft.random.nextInt(7)) {
      case 0, 1 -> draft.keep(draft.emit("s", Binary.ADD, a, b), ma + mb);
      case 2 -> draft.keep(draft.emit("d", Binary.SUB, a, b), ma + mb);
      case 3 -> draft.keep(draft.emit("q", Binary.DIV, a, aboveOne(draft, b)), ma);
      case 4 -> draft.keep(extreme(draft, BinaryFunction.MAX, a, b), Math.max(ma, mb));
      case 5 -> draft.keep(extreme(draft, BinaryFunction.MIN, a, b), Math.max(ma, mb));
      default -> draft.keep(draft.emit("m", Binary.MUL, a, b), ma * mb);
    };
  }

  private static Value extreme(Draft draft, BinaryFunction function, Value a, Value b) {
    return draft.emit("e", new Binary(function), a, b);
  }

  private static Value weightFor(Draft draft, Value a) {
    var axes = a.type().axes().stream().filter(x -> !x.contains(Axes.BATCH)).toList();
    int count = axes.isEmpty() ? 0 : 1 + draft.random.nextInt(axes.size());
    var chosen = draft.shuffled(axes).subList(0, count);
    return draft.weight(draft.dims(chosen));
  }

  static Optional<Value> reduce(Draft draft) {
    var x = draft.any();
    var axes = new ArrayList<String>();
    draft.axisOf(x).ifPresent(axes::add);
    draft.axisOf(x).filter(a -> !axes.contains(a)).ifPresent(axes::add);
    if (axes.isEmpty()) {
      return Optional.empty();
    }
    var function = draft.one(List.of(ReduceFunction.values()));
    var value = draft.emit("r", Reduce.over(function, axes, x.type()), x);
    if (function != ReduceFunction.SUM) {
      return draft.keep(value, draft.magnitude(x));
    }
    double factor = 1 / Math.sqrt(draft.axes.nominal(axes));
    return draft.keep(draft.scaled(value, factor), draft.magnitude(x) / factor);
  }

  static Optional<Value> softmax(Draft draft) {
    var x = draft.any();
    return draft.axisOf(x).flatMap(axis -> draft.keep(draft.emit("soft", new Softmax(axis), x), 1));
  }

  static Optional<Value> normalize(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .flatMap(
            axis -> {
              var centering = draft.one(List.of(Centering.values()));
              var node = draft.node("norm", new Normalize(axis, 0.1, centering), x);
              return draft.keep(node.result(0), 3);
            });
  }

  static Optional<Value> rope(Draft draft) {
    var x =
        draft.any(v -> v.type().rank() > 1 && v.type().dims().stream().anyMatch(Pointwise::isEven));
    return x.flatMap(
        value -> {
          var dims = value.type().dims().stream().filter(Pointwise::isEven).toList();
          var feature = draft.one(dims).axis();
          var rest = value.type().axes().stream().filter(a -> !a.equals(feature)).toList();
          var position = draft.axes.dim(draft.one(rest));
          var positions = draft.emit("at", new Iota(position, List.of()));
          var op = new Rope(feature, 100, RopeDirection.FORWARD);
          return draft.keep(draft.emit("turned", op, value, positions), draft.magnitude(value));
        });
  }

  private static boolean isEven(dev.weft.ir.type.Dim dim) {
    return dim.size() % 2 == 0 && !dim.axis().contains(Axes.BATCH);
  }

  /** A constant, or numbers that grow along an axis. */
  static Optional<Value> fromNothing(Draft draft) {
    var axis = draft.axes.dim(draft.one(draft.axes.base()));
    if (draft.chance(0.5)) {
      var dims = draft.chance(0.5) ? List.<dev.weft.ir.type.Dim>of() : List.of(axis);
      var fill = new Fill(draft.one(List.of(0.0, 1.0, -0.5)), new TensorType(DType.F64, dims));
      return draft.keep(draft.emit("constant", fill), 1);
    }
    var count = draft.emit("count", new Iota(axis, List.of()));
    var floating = draft.emit("ramp", new Convert(DType.F64), count);
    return draft.keep(draft.scaled(floating, 1.0 / axis.size()), 1);
  }
}
