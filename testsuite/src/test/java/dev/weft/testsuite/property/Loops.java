package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The step that repeats a body of further steps, with weights for each iteration. */
final class Loops {
  private static final int DEEPEST = 2;

  private Loops() {}

  static Optional<Value> repeat(Draft draft) {
    if (draft.depth() >= DEEPEST) {
      return Optional.empty();
    }
    var loop = draft.loopAxis();
    var body = new LoopDraft(draft, loop);
    var carried = new LinkedHashSet<Value>();
    for (int i = draft.chance(0.3) ? 2 : 1; i > 0; i--) {
      carried.add(draft.any());
    }
    carried.forEach(v -> body.add(body.carry(v), draft.magnitude(v)));
    if (draft.chance(0.4)) {
      var invariant = draft.any();
      body.add(body.capture(invariant), draft.magnitude(invariant));
    }
    draft
        .any(v -> v.type().rank() > 0 && v.type().dims().getFirst().equals(loop))
        .ifPresent(v -> body.add(body.slice(v), draft.magnitude(v)));
    Steps.grow(body, 1 + draft.random.nextInt(4));
    return finish(draft, body, loop, List.copyOf(carried));
  }

  private static Optional<Value> finish(
      Draft draft, LoopDraft body, Dim loop, List<Value> carried) {
    var yields = new ArrayList<Value>();
    for (var param : body.carried()) {
      yields.add(next(body, param));
    }
    boolean stacks = draft.chance(0.35) && body.pool().getLast().type().rank() < Draft.MOST_AXES;
    if (stacks) {
      yields.add(body.pool().getLast());
    }
    var direction = draft.chance(0.2) ? Direction.REVERSE : Direction.FORWARD;
    var op = new Repeat(loop.axis(), loop, direction, carried.size(), body.invariants());
    var node = draft.builder.node("loop", op, body.operands(), List.of(body.block(yields)));
    for (var result : node.results()) {
      draft.add(result, 3);
    }
    return Optional.of(node.result(0));
  }

  /** The next value of what is carried: half of it, and a squashed part of something new. */
  private static Value next(LoopDraft body, Value param) {
    if (body.chance(0.05)) {
      return param;
    }
    var kept = body.emit(param.name(), Affine.scale(0.5), param);
    var news = conform(body, body.any(), param);
    var squashed = body.emit("news", new Unary(UnaryFunction.TANH), news);
    var sum =
        body.chance(0.5)
            ? body.emit(param.name(), Binary.ADD, kept, squashed)
            : body.emit(param.name(), Binary.ADD, squashed, kept);
    return ordered(body, sum, param);
  }

  /** A value without the axes that another lacks. */
  private static Value conform(Draft draft, Value value, Value like) {
    var kept = value.type().axes().stream().filter(like.type()::bears).toList();
    if (kept.size() == value.type().rank()) {
      return value;
    }
    var sum = draft.emit("fitted", new Contract(kept), value);
    double count = (double) draft.axes.nominal(value.type()) / draft.axes.nominal(kept);
    return draft.scaled(sum, 1 / count);
  }

  private static Value ordered(Draft draft, Value value, Value like) {
    return value.type().equals(like.type())
        ? value
        : draft.emit(value.name(), new Transpose(like.type().axes()), value);
  }
}
