package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.op.AttentionShape.Mask;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Rename;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The step that attends: plain, causal, with one head, many, or groups of them. */
final class Attending {
  private static final List<String> OWN = List.of("heads", "kv", "key", "value");

  private Attending() {}

  static Optional<Value> attend(Draft draft) {
    return draft
        .any(v -> v.type().bears(Axes.BATCH) && v.type().rank() >= 2 && isFree(v))
        .flatMap(x -> attend(draft, x));
  }

  private static boolean isFree(Value value) {
    return OWN.stream().noneMatch(value.type()::bears)
        && value.type().axes().stream()
            .noneMatch(a -> a.contains(Axes.BATCH) && !a.equals(Axes.BATCH));
  }

  private static Optional<Value> attend(Draft draft, Value x) {
    var axes = x.type().axes().stream().filter(a -> !a.equals(Axes.BATCH)).toList();
    var query = draft.one(axes);
    var source = draft.axes.alias(query).axis();
    if (x.type().bears(source)) {
      return Optional.empty();
    }
    var heads = draft.random.nextInt(3);
    var key = draft.axes.define("key", 4);
    var value = draft.chance(0.5) ? key : draft.axes.define("value", 3);
    var queryHeads = heads == 0 ? List.<Dim>of() : List.of(draft.axes.define("heads", 4));
    var keyHeads = heads == 2 ? List.of(draft.axes.define("kv", 2)) : queryHeads;
    var q = project(draft, x, query, queryHeads, key);
    var k = draft.emit("k", new Rename(query, source), project(draft, x, query, keyHeads, key));
    var v = draft.emit("v", new Rename(query, source), project(draft, x, query, keyHeads, value));
    var shape =
        new AttentionShape(
            query,
            source,
            key.axis(),
            value.axis(),
            name(queryHeads),
            name(keyHeads),
            draft.one(List.of(Mask.values())),
            0.5);
    var operands = new ArrayList<>(List.of(q, k, v));
    if (draft.chance(0.35)) {
      operands.add(bias(draft, query, source, queryHeads));
    }
    var node = draft.node("attended", new Attention(shape), operands.toArray(Value[]::new));
    return draft.fits(node.result(0).type()) ? draft.keep(node.result(0), 3) : Optional.empty();
  }

  private static String name(List<Dim> heads) {
    return heads.isEmpty() ? "" : heads.getFirst().axis();
  }

  /** x times a weight: batch and position stay, heads and features come. */
  private static Value project(Draft draft, Value x, String position, List<Dim> heads, Dim out) {
    var rest =
        x.type().dims().stream()
            .filter(d -> !d.axis().equals(Axes.BATCH) && !d.axis().equals(position))
            .toList();
    var weight = new ArrayList<>(rest);
    weight.addAll(heads);
    weight.add(out);
    var result = new ArrayList<>(List.of(Axes.BATCH, position));
    heads.forEach(d -> result.add(d.axis()));
    result.add(out.axis());
    var order = draft.chance(0.5) ? result : draft.shuffled(result);
    var value = draft.emit("q", new Contract(order), x, draft.weight(weight));
    double count = draft.axes.nominal(rest.stream().map(Dim::axis).toList());
    return draft.scaled(value, 1 / Math.sqrt(count) / Math.max(1, draft.magnitude(x)));
  }

  private static Value bias(Draft draft, String query, String source, List<Dim> heads) {
    var dims = new ArrayList<>(draft.dims(List.of(query, source)));
    if (draft.chance(0.5)) {
      dims.addAll(0, heads);
    }
    return draft.weight(draft.chance(0.5) ? dims : draft.shuffled(dims));
  }
}
