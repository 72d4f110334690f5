package dev.weft.testsuite.property;

import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.CausalMask.Hidden;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that leave out elements by their positions. */
final class Masking {
  private static final int SITES = 5;

  private Masking() {}

  /** Sites may meet again: then two masks are equal where their positions are. */
  static Optional<Value> dropout(Draft draft) {
    var x = draft.any();
    if (x.type().rank() == 0) {
      return Optional.empty();
    }
    var operands = new ArrayList<Value>();
    operands.add(x);
    operands.add(draft.fed("key", new Port.Feed.StepKey(), TensorType.scalar(DType.I32)));
    operands.addAll(draft.iterations());
    x.type().dims().forEach(dim -> operands.add(positions(draft, dim)));
    var op = new Dropout(draft.one(List.of(0.1, 0.5)), draft.random.nextInt(SITES));
    var value = draft.emit("kept", op, operands.toArray(Value[]::new));
    return draft.keep(value, draft.magnitude(x) * op.scale());
  }

  /** Probabilities over what stands at a place and before it. */
  static Optional<Value> causal(Draft draft) {
    var x = draft.any(v -> v.type().dims().stream().filter(Masking::isFree).count() > 1);
    return x.flatMap(
        value -> {
          var dims = draft.shuffled(value.type().dims().stream().filter(Masking::isFree).toList());
          var query = positions(draft, dims.get(0));
          var source = positions(draft, dims.get(1));
          var op = new CausalMask(Hidden.NEGATIVE_INFINITY);
          var seen = draft.emit("seen", op, value, query, source);
          return draft.keep(draft.emit("soft", new Softmax(dims.get(1).axis()), seen), 1);
        });
  }

  private static boolean isFree(Dim dim) {
    return !dim.axis().contains(Axes.BATCH);
  }

  private static Value positions(Draft draft, Dim dim) {
    return dim.axis().equals(Axes.BATCH)
        ? draft.fed("place", new Port.Feed.Positions(), TensorType.of(DType.I32, dim))
        : draft.emit("at", new Iota(dim, List.of()));
  }
}
