package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps that move numbers and compute none. */
final class Rearrangements {
  private Rearrangements() {}

  static Optional<Value> transpose(Draft draft) {
    var x = draft.any();
    return same(draft, x, draft.emit("t", new Transpose(draft.shuffled(x.type().axes())), x));
  }

  static Optional<Value> rename(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .map(draft.axes::dim)
        .flatMap(
            dim -> {
              var others =
                  draft.axes.base().stream()
                      .filter(a -> draft.axes.dim(a).size() == dim.size() && !x.type().bears(a))
                      .filter(a -> !dim.axis().equals(Axes.BATCH))
                      .toList();
              var to = others.isEmpty() ? draft.axes.alias(dim.axis()).axis() : draft.one(others);
              return x.type().bears(to)
                  ? Optional.empty()
                  : same(draft, x, draft.emit("n", new Rename(dim.axis(), to), x));
            });
  }

  /** One axis to a major and a minor one. */
  static Optional<Value> split(Draft draft) {
    var x = draft.any();
    int pieces = draft.one(List.of(2, 2, 3, 4));
    return draft
        .axisOf(x)
        .filter(a -> divisible(draft, a, pieces))
        .filter(a -> !x.type().bears("part" + pieces) && x.type().rank() < Draft.MOST_AXES)
        .filter(a -> !x.type().bears(a + "_by" + pieces))
        .flatMap(
            a -> {
              var dims = List.of(draft.axes.major(a, pieces), draft.axes.minor(pieces));
              return same(draft, x, draft.emit("split", new Split(a, dims), x));
            });
  }

  /** A batch is even; nothing else is known of its size. */
  private static boolean divisible(Draft draft, String axis, int pieces) {
    return axis.contains(Axes.BATCH)
        ? axis.equals(Axes.BATCH) && pieces == 2
        : draft.axes.nominal(axis) % pieces == 0;
  }

  /** Two neighbours to one axis, sometimes those of a split. */
  static Optional<Value> merge(Draft draft) {
    return draft
        .any(v -> v.type().rank() >= 2)
        .flatMap(
            x -> {
              int at = draft.random.nextInt(x.type().rank() - 1);
              var pair = x.type().axes().subList(at, at + 2);
              boolean batch = pair.contains(Axes.BATCH);
              boolean tooLong = String.join("", pair).length() > 30;
              if ((batch && draft.chance(0.8)) || tooLong) {
                return Optional.empty();
              }
              var op = new Merge(pair, draft.axes.merged(pair).axis());
              return same(draft, x, draft.emit("merge", op, x));
            });
  }

  static Optional<Value> slice(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .filter(a -> divisible(draft, a, 2) && !x.type().bears(a + "_by2"))
        .filter(a -> a.length() < 30)
        .flatMap(
            a -> {
              var half = draft.axes.major(a, 2);
              long start = draft.random.nextInt(2) * half.size();
              return same(draft, x, draft.emit("slice", new Slice(a, start, half), x));
            });
  }

  static Optional<Value> pad(Draft draft) {
    return draft.any(v -> halves(draft, v).findAny().isPresent()).flatMap(x -> padded(draft, x));
  }

  private static Optional<Value> padded(Draft draft, Value x) {
    var half = halves(draft, x).findFirst().orElseThrow();
    var op = new Pad(half, 0, draft.axes.dim(wholeOf(half)));
    return same(draft, x, draft.emit("pad", op, x));
  }

  /** Axes of a value that are halves of axes which it does not bear. */
  private static Stream<String> halves(Draft draft, Value x) {
    return x.type().axes().stream()
        .filter(a -> a.endsWith("_by2"))
        .filter(a -> draft.axes.has(wholeOf(a)) && !x.type().bears(wholeOf(a)))
        .filter(a -> draft.axes.nominal(wholeOf(a)) == 2 * draft.axes.nominal(a));
  }

  private static String wholeOf(String half) {
    return half.substring(0, half.length() - "_by2".length());
  }

  /** Two values whose axes differ in one place at most. */
  static Optional<Value> concat(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .filter(axis -> axis.length() < 20)
        .flatMap(axis -> partner(draft, x, axis).flatMap(y -> joined(draft, x, axis, y)));
  }

  private static Optional<Value> partner(Draft draft, Value x, String axis) {
    int at = x.type().indexOf(axis);
    return draft.any(
        y -> {
          var changed = new ArrayList<>(x.type().axes());
          if (y.type().rank() != changed.size()) {
            return false;
          }
          changed.set(at, y.type().axes().get(at));
          return y.type().axes().equals(changed) && y.type().axes().get(at).length() < 20;
        });
  }

  private static Optional<Value> joined(Draft draft, Value x, String axis, Value y) {
    var other = y.type().axes().get(x.type().indexOf(axis));
    var to = draft.axes.joined(axis, other).axis();
    if (x.type().bears(to) || y.type().bears(to)) {
      return Optional.empty();
    }
    var value = draft.emit("joined", new Concat(List.of(axis, other), to), x, y);
    return draft.fits(value.type())
        ? draft.keep(value, Math.max(draft.magnitude(x), draft.magnitude(y)))
        : Optional.empty();
  }

  static Optional<Value> broadcast(Draft draft) {
    var x = draft.any();
    var axis = draft.one(draft.axes.base());
    var dims = new ArrayList<Dim>(x.type().dims());
    if (!x.type().bears(axis)) {
      dims.add(draft.random.nextInt(dims.size() + 1), draft.axes.dim(axis));
    }
    return draft.fits(dims.stream().map(Dim::axis).toList())
        ? same(draft, x, draft.emit("spread", new Broadcast(dims), x))
        : Optional.empty();
  }

  private static Optional<Value> same(Draft draft, Value from, Value to) {
    return draft.fits(to.type()) ? draft.keep(to, draft.magnitude(from)) : Optional.empty();
  }
}
