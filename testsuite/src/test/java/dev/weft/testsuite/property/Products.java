package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Rename;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Steps that multiply and sum over axes. */
final class Products {
  private static final long MOST_WORK = 40_000;

  private Products() {}

  /** A value times a weight that shares some axes with it and may bring new ones. */
  static Optional<Value> withWeight(Draft draft) {
    return times(draft, draft.any());
  }

  static Optional<Value> times(Draft draft, Value x) {
    var shared = new ArrayList<String>();
    for (var axis : x.type().axes()) {
      boolean sized = axis.contains(Axes.BATCH) && !axis.equals(Axes.BATCH);
      if (!sized && draft.chance(axis.equals(Axes.BATCH) ? 0.03 : 0.6)) {
        shared.add(axis);
      }
    }
    var fresh = new ArrayList<String>();
    for (int i = draft.random.nextInt(3); i > 0; i--) {
      var axis = draft.one(draft.axes.base());
      if (!x.type().bears(axis) && !fresh.contains(axis)) {
        fresh.add(axis);
      }
    }
    var own = new ArrayList<>(shared);
    own.addAll(fresh);
    if (own.isEmpty() || own.size() > Draft.MOST_AXES) {
      return Optional.empty();
    }
    var weight = draft.weight(draft.dims(draft.shuffled(own)));
    var summed = new LinkedHashSet<String>();
    shared.stream().filter(a -> draft.chance(0.7)).forEach(summed::add);
    return product(draft, x, weight, summed, 1);
  }

  /** Two values, summed over some of the axes that they share and few of the others. */
  static Optional<Value> ofTwo(Draft draft) {
    var a = draft.any();
    var b = draft.any();
    var summed = new LinkedHashSet<String>();
    for (var axis : union(a, b)) {
      boolean both = a.type().bears(axis) && b.type().bears(axis);
      double often = axis.equals(Axes.BATCH) ? 0.1 : both ? 0.5 : 0.2;
      if (draft.chance(often)) {
        summed.add(axis);
      }
    }
    return product(draft, a, b, summed, draft.magnitude(b));
  }

  /** A value with itself, one of its axes standing in a second role. */
  static Optional<Value> withItself(Draft draft) {
    var x = draft.any();
    var axis = draft.axisOf(x);
    if (axis.isEmpty() || x.type().bears(draft.axes.alias(axis.get()).axis())) {
      return Optional.empty();
    }
    var second = draft.emit("second", new Rename(axis.get(), axis.get() + "_too"), x);
    var summed = new LinkedHashSet<String>();
    for (var other : x.type().axes()) {
      if (!other.equals(axis.get()) && draft.chance(other.equals(Axes.BATCH) ? 0.1 : 0.7)) {
        summed.add(other);
      }
    }
    return product(draft, x, second, summed, draft.magnitude(x));
  }

  /** x w y: a weight between two values, one of which may have an axis renamed. */
  static Optional<Value> bilinear(Draft draft) {
    return times(draft, draft.any())
        .flatMap(
            left -> {
              var right = draft.any();
              var summed = new LinkedHashSet<String>();
              for (var axis : left.type().axes()) {
                if (right.type().bears(axis) && !axis.equals(Axes.BATCH)) {
                  summed.add(axis);
                }
              }
              return product(draft, left, right, summed, draft.magnitude(right));
            });
  }

  /** A sum, written as a product of one. */
  static Optional<Value> ofOne(Draft draft) {
    var x = draft.any();
    var kept = new ArrayList<>(draft.shuffled(x.type().axes()));
    draft.axisOf(x).ifPresent(kept::remove);
    var sum = draft.emit("sum", new Contract(kept), x);
    double factor = norm(draft, x.type().axes(), kept);
    return draft.keep(draft.scaled(sum, factor), draft.magnitude(x) / factor);
  }

  private static Optional<Value> product(
      Draft draft, Value a, Value b, Set<String> summed, double magnitude) {
    var all = union(a, b);
    var kept = new ArrayList<>(all);
    kept.removeAll(summed);
    var order = draft.chance(0.5) ? kept : draft.shuffled(kept);
    if (!draft.fits(order) || draft.axes.nominal(all) > MOST_WORK) {
      return Optional.empty();
    }
    var value = draft.emit("p", new Contract(order), a, b);
    double factor = norm(draft, all, order);
    return draft.keep(draft.scaled(value, factor), draft.magnitude(a) * magnitude);
  }

  /** 1 / sqrt(n) for a sum over n entries, by nominal sizes. */
  private static double norm(Draft draft, List<String> all, List<String> kept) {
    var summed = new ArrayList<>(all);
    summed.removeAll(kept);
    return 1 / Math.sqrt(draft.axes.nominal(summed));
  }

  private static List<String> union(Value a, Value b) {
    var all = new LinkedHashSet<>(a.type().axes());
    b.type().dims().stream().map(Dim::axis).forEach(all::add);
    return List.copyOf(all);
  }
}
