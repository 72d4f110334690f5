package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.TopK;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that carry entries to places that are drawn or computed, and back. */
final class Routing {
  private static final List<Integer> SLOTS = List.of(1, 2, 2, 3, 4);

  private Routing() {}

  /** The best along an axis. */
  static Optional<Value> choose(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .filter(Routing::isFree)
        .flatMap(
            axis -> {
              var op = new TopK(axis, count(draft, axis));
              var scores = draft.chance(0.5) ? x : draft.emit("calm", unary(UnaryFunction.SIN), x);
              var best = draft.emit("best", op, x, distinct(draft, scores, axis));
              return draft.keep(best, draft.magnitude(x));
            });
  }

  /** Entries at drawn places; the integers may run along axes of the value, and along others. */
  static Optional<Value> gather(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .filter(Routing::isFree)
        .flatMap(
            axis -> {
              var places = someAxes(draft, x, axis);
              var result = new ArrayList<>(places);
              x.type().axes().stream()
                  .filter(a -> !a.equals(axis) && !places.contains(a))
                  .forEach(result::add);
              if (!draft.fits(result)) {
                return Optional.empty();
              }
              var ids = draft.integers(draft.dims(places), draft.axes.dim(axis).size());
              return draft.keep(draft.emit("taken", new Gather(axis), x, ids), draft.magnitude(x));
            });
  }

  private static List<String> someAxes(Draft draft, Value x, String axis) {
    var axes = new ArrayList<String>();
    if (draft.chance(0.6)) {
      axes.add(Axes.BATCH);
    }
    draft.axes.base().stream()
        .filter(a -> !a.equals(axis) && draft.chance(x.type().bears(a) ? 0.4 : 0.2))
        .forEach(axes::add);
    return draft.shuffled(axes);
  }

  /** Sums of what is put at drawn places of an axis that the value lacks. */
  static Optional<Value> scatter(Draft draft) {
    var y = draft.any();
    var places = new ArrayList<String>();
    var axes = new ArrayList<String>();
    for (var axis : y.type().axes()) {
      if (!draft.chance(0.5) || !(isFree(axis) || axis.equals(Axes.BATCH))) {
        axes.add(axis);
      } else {
        places.add(axis);
        if (draft.chance(axis.equals(Axes.BATCH) ? 0.9 : 0.4)) {
          axes.add(axis);
        }
      }
    }
    var target = draft.axes.dim(draft.one(draft.axes.base()));
    axes.add(target.axis());
    if (y.type().bears(target.axis()) || !draft.fits(axes)) {
      return Optional.empty();
    }
    var ids = draft.integers(draft.dims(draft.shuffled(places)), target.size());
    var sums = draft.emit("sums", new Scatter(target, draft.shuffled(axes)), y, ids);
    places.removeAll(axes);
    double factor = 1 / Math.sqrt(draft.axes.nominal(places));
    return draft.keep(draft.scaled(sums, factor), draft.magnitude(y) / factor);
  }

  /**
   * A mixture of experts: each position goes to those that score best for it, of which each has
   * room for so many.
   */
  static Optional<Value> mixture(Draft draft) {
    var x = draft.any();
    var experts = draft.one(draft.axes.base());
    return draft
        .axisOf(x)
        .filter(axis -> isFree(axis) && !x.type().bears(experts))
        .flatMap(axis -> mixture(draft, x, axis, experts));
  }

  private static Optional<Value> mixture(Draft draft, Value x, String axis, String experts) {
    var slots = slots(draft);
    var common = x.type().axes().stream().filter(a -> a.equals(Axes.BATCH)).toList();
    var row = new ArrayList<>(x.type().axes());
    row.removeAll(common);
    row.remove(axis);
    var sent = new ArrayList<>(common);
    sent.addAll(List.of(experts, slots.axis()));
    sent.addAll(row);
    if (!draft.fits(sent) || x.type().bears(slots.axis())) {
      return Optional.empty();
    }
    var gates = gates(draft, x, axis, experts);
    var places = draft.emit("places", new Nonzero(axis, slots), gates);
    var taken = draft.emit("taken", new Gather(axis), x, places);
    var weights = draft.emit("gate", new Gather(axis), gates, places);
    var own = draft.weight(draft.dims(List.of(experts)));
    var done = draft.emit("done", Binary.MUL, draft.emit("own", Binary.MUL, taken, own), weights);
    var op = new Scatter(draft.axes.dim(axis), draft.shuffled(x.type().axes()));
    return draft.keep(draft.emit("mixed", op, done, places), 2 * draft.magnitude(x));
  }

  /** Positive numbers for the best experts of a position, zero for the others. */
  private static Value gates(Draft draft, Value x, String axis, String experts) {
    var row = x.type().axes().stream().filter(a -> !a.equals(axis) && isFree(a)).toList();
    var summed = new ArrayList<>(row);
    summed.add(experts);
    var weight = draft.weight(draft.dims(draft.shuffled(summed)));
    var kept = new ArrayList<>(x.type().axes());
    kept.removeAll(row);
    kept.add(experts);
    var logits = draft.emit("logits", new Contract(draft.shuffled(kept)), x, weight);
    var scores = distinct(draft, logits, experts);
    var positive = draft.emit("positive", unary(UnaryFunction.SIGMOID), scores);
    return draft.emit("gates", new TopK(experts, count(draft, experts)), positive, scores);
  }

  /** Scores that rounding cannot bring into another order: equal ones are moved apart. */
  private static Value distinct(Draft draft, Value scores, String axis) {
    var weight = draft.weight(draft.dims(List.of(axis)));
    var apart = draft.emit("apart", Affine.scale(1.37), weight);
    return draft.emit("scores", Binary.ADD, scores, apart);
  }

  private static long count(Draft draft, String axis) {
    return 1 + draft.random.nextInt(Math.toIntExact(Math.min(3, draft.axes.nominal(axis))));
  }

  private static Dim slots(Draft draft) {
    int count = draft.one(SLOTS);
    return draft.axes.define("slots" + count, count);
  }

  private static boolean isFree(String axis) {
    return !axis.contains(Axes.BATCH);
  }

  private static Unary unary(UnaryFunction function) {
    return new Unary(function);
  }
}
