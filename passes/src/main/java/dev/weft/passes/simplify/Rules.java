package dev.weft.passes.simplify;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of rewrites; each comment shows before and after. */
final class Rules {
  static final List<Rule> NONE = List.of();

  static final List<Rule> ALL =
      List.of(
          Rules::sameOrder,
          Rules::transposeTwice,
          Rules::renameBack,
          Rules::unitAffine,
          Rules::affineTwice,
          Rules::constantThrough,
          Rules::addZero,
          Rules::timesConstant,
          Rules::broadcastNothing,
          Rules::impliedBroadcast,
          Rules::contractNothing);

  private Rules() {}

  /** transpose x to the order that it has → x. */
  private static Optional<Value> sameOrder(
      Op op, List<Value> in, TensorType type, Builder builder) {
    return op instanceof Transpose && in.getFirst().type().equals(type)
        ? Optional.of(in.getFirst())
        : Optional.empty();
  }

  /** transpose (transpose x) → transpose x. */
  private static Optional<Value> transposeTwice(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (op instanceof Transpose && producer(in.getFirst()) instanceof Transpose) {
      return Optional.of(builder.emit(in.getFirst().name(), op, source(in.getFirst())));
    }
    return Optional.empty();
  }

  /** rename b to a (rename a to b x) → x. */
  private static Optional<Value> renameBack(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (op instanceof Rename(var from, var to)
        && producer(in.getFirst()) instanceof Rename(var first, var second)
        && first.equals(to)
        && second.equals(from)) {
      return Optional.of(source(in.getFirst()));
    }
    return Optional.empty();
  }

  /** 1 * x + 0 → x. */
  private static Optional<Value> unitAffine(
      Op op, List<Value> in, TensorType type, Builder builder) {
    return op.equals(new Affine(1, 0)) ? Optional.of(in.getFirst()) : Optional.empty();
  }

  /** a * (b * x) → (a b) * x: only without shifts, where rounding differs least. */
  private static Optional<Value> affineTwice(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (op instanceof Affine outer
        && outer.shift() == 0
        && producer(in.getFirst()) instanceof Affine inner
        && inner.shift() == 0) {
      var both = Affine.scale(outer.scale() * inner.scale());
      return Optional.of(builder.emit(in.getFirst().name(), both, source(in.getFirst())));
    }
    return Optional.empty();
  }

  /** affine, broadcast, transpose or rename of a constant → the constant. */
  private static Optional<Value> constantThrough(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (in.size() != 1 || !(producer(in.getFirst()) instanceof Fill fill)) {
      return Optional.empty();
    }
    var name = in.getFirst().name();
    if (op instanceof Affine affine) {
      double value = affine.scale() * fill.value() + affine.shift();
      return Optional.of(builder.emit(name, new Fill(value, type)));
    }
    if (op instanceof Broadcast || op instanceof Transpose || op instanceof Rename) {
      return Optional.of(builder.emit(name, new Fill(fill.value(), type)));
    }
    return Optional.empty();
  }

  /** x + 0 → x, 0 + x → x, x - 0 → x. */
  private static Optional<Value> addZero(Op op, List<Value> in, TensorType type, Builder builder) {
    if (!op.equals(Binary.ADD) && !op.equals(Binary.SUB)) {
      return Optional.empty();
    }
    if (isConstant(in.get(1), 0) && in.get(0).type().equals(type)) {
      return Optional.of(in.get(0));
    }
    boolean first = op.equals(Binary.ADD) && isConstant(in.get(0), 0);
    return first && in.get(1).type().equals(type) ? Optional.of(in.get(1)) : Optional.empty();
  }

  /** x * constant → affine. */
  private static Optional<Value> timesConstant(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (!op.equals(Binary.MUL)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      var other = in.get(1 - i);
      if (producer(in.get(i)) instanceof Fill fill && other.type().equals(type)) {
        return Optional.of(builder.emit(other.name(), Affine.scale(fill.value()), other));
      }
    }
    return Optional.empty();
  }

  /** broadcast x to the dims that it has → x. */
  private static Optional<Value> broadcastNothing(
      Op op, List<Value> in, TensorType type, Builder builder) {
    return op instanceof Broadcast && in.getFirst().type().equals(type)
        ? Optional.of(in.getFirst())
        : Optional.empty();
  }

  /** x op (broadcast y) → x op y, where the op broadcasts y by itself to the same type. */
  private static Optional<Value> impliedBroadcast(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (!(op instanceof Binary)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      if (producer(in.get(i)) instanceof Broadcast) {
        var changed = new ArrayList<>(in);
        changed.set(i, source(in.get(i)));
        var types = changed.stream().map(Value::type).toList();
        if (op.typing(types).results().getFirst().equals(type)) {
          var name = in.get(1 - i).name();
          return Optional.of(builder.node(name, op, changed, List.of()).result());
        }
      }
    }
    return Optional.empty();
  }

  /** contract x to all its axes → transpose x. */
  private static Optional<Value> contractNothing(
      Op op, List<Value> in, TensorType type, Builder builder) {
    if (op instanceof Contract(var axes)
        && in.size() == 1
        && in.getFirst().type().rank() == axes.size()) {
      return Optional.of(builder.emit(in.getFirst().name(), new Transpose(axes), in.getFirst()));
    }
    return Optional.empty();
  }

  private static boolean isConstant(Value value, double constant) {
    return producer(value) instanceof Fill fill && fill.value() == constant;
  }

  /** The op that computes a value; none for a parameter. */
  private static @Nullable Op producer(Value value) {
    return value instanceof Result result ? result.node().op() : null;
  }

  private static Value source(Value value) {
    return ((Result) value).node().operand(0);
  }
}
