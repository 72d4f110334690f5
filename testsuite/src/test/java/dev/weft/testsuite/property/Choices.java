package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that choose entries by integers. */
final class Choices {
  private Choices() {}

  /** Rows of a weight, or of a computed table. */
  static Optional<Value> lookup(Draft draft) {
    var table =
        draft.chance(0.8)
            ? newTable(draft)
            : draft.any(v -> v.type().rank() > 0 && !v.type().axes().contains(Axes.BATCH));
    return table.flatMap(t -> rows(draft, t));
  }

  private static Optional<Value> newTable(Draft draft) {
    var axes = draft.shuffled(draft.axes.base()).subList(0, 1 + draft.random.nextInt(3));
    return Optional.of(draft.weight(draft.dims(axes)));
  }

  private static Optional<Value> rows(Draft draft, Value table) {
    var vocabulary = table.type().dims().getFirst();
    var axes = new ArrayList<String>();
    if (draft.chance(0.9)) {
      axes.add(Axes.BATCH);
    }
    draft.axes.base().stream()
        .filter(a -> !table.type().bears(a) && draft.chance(0.2))
        .forEach(axes::add);
    axes.removeIf(table.type()::bears);
    var result = new ArrayList<>(axes);
    result.addAll(table.type().axes().subList(1, table.type().rank()));
    if (!draft.fits(result)) {
      return Optional.empty();
    }
    boolean counted = axes.size() == 1 && small(draft, axes.getFirst(), vocabulary);
    var ids =
        counted && draft.chance(0.4)
            ? draft.emit("position", new Iota(draft.axes.dim(axes.getFirst()), List.of()))
            : draft.integers(draft.dims(axes), vocabulary.size());
    return draft.keep(draft.emit("row", Lookup.WHOLE, table, ids), draft.magnitude(table));
  }

  private static boolean small(Draft draft, String axis, Dim vocabulary) {
    return !axis.contains(Axes.BATCH) && draft.axes.dim(axis).size() <= vocabulary.size();
  }

  static Optional<Value> pick(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .filter(a -> !a.contains(Axes.BATCH))
        .flatMap(
            axis -> {
              var ids = labels(draft, x, axis);
              return draft.keep(
                  draft.emit("picked", new Pick(axis, List.of()), x, ids), draft.magnitude(x));
            });
  }

  static Optional<Value> crossEntropy(Draft draft) {
    var x = draft.any();
    return draft
        .axisOf(x)
        .filter(a -> !a.contains(Axes.BATCH))
        .flatMap(
            axis -> {
              var node = draft.node("ce", new CrossEntropy(axis), x, labels(draft, x, axis));
              return draft.keep(node.result(0), draft.magnitude(x) + 3);
            });
  }

  private static Value labels(Draft draft, Value x, String axis) {
    return draft.integers(x.type().without(List.of(axis)).dims(), x.type().dim(axis).size());
  }

  static Optional<Value> oneHot(Draft draft) {
    var classes = draft.axes.dim(draft.one(draft.axes.base()));
    var dims = draft.dims(List.of(Axes.BATCH));
    var ids = draft.integers(dims, classes.size());
    return draft.keep(draft.emit("hot", new OneHot(classes, List.of(), DType.F64), ids), 1);
  }

  /** A table of relative positions, as T5 adds to its scores. */
  static Optional<Value> relative(Draft draft) {
    var axis = draft.one(draft.axes.base());
    var also = draft.axes.alias(axis);
    var from = draft.emit("from", new Iota(draft.axes.dim(axis), List.of()));
    var to = draft.emit("to", new Iota(also, List.of()));
    var reach = draft.one(List.of(RelativeBucket.Reach.values()));
    var buckets = draft.emit("bucket", new RelativeBucket(4, 8, reach), from, to);
    var heads = draft.shuffled(draft.axes.base()).stream().filter(a -> !a.equals(axis)).toList();
    var table =
        draft.weight(List.of(draft.axes.define("buckets", 4), draft.axes.dim(heads.getFirst())));
    var rows = draft.emit("bias", Lookup.WHOLE, table, buckets);
    return draft.fits(rows.type()) ? draft.keep(rows, 3) : Optional.empty();
  }
}
