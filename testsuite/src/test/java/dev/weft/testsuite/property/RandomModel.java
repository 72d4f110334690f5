package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Draws a model: inputs, steps, a loss over what nothing uses yet, perhaps outputs. */
final class RandomModel {
  private static final int MOST_STEPS = 9;
  private static final int MOST_TERMS = 3;

  private RandomModel() {}

  /** The model of a seed; the same program for every even size of the batch. */
  static Function draw(long seed, long batch) {
    var random = new Random(seed);
    var axes = new Axes(random, batch);
    var draft = new ModelDraft(random, axes);
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      draft.input(draft.dims(inputAxes(draft)));
    }
    Steps.grow(draft, 1 + random.nextInt(MOST_STEPS));
    if (draft.weights().isEmpty()) {
      Products.times(draft, draft.pool().getFirst());
      draft.add(draft.weight(draft.dims(axes.base().subList(0, 1))), 3);
    }
    return finish(draft);
  }

  private static List<String> inputAxes(Draft draft) {
    var axes = new ArrayList<String>();
    axes.add(Axes.BATCH);
    axes.addAll(draft.shuffled(draft.axes.base()).subList(0, draft.random.nextInt(3)));
    return draft.chance(0.8) ? axes : draft.shuffled(axes);
  }

  private static Function finish(ModelDraft draft) {
    var yields = new ArrayList<Value>();
    var ports = new ArrayList<Port>();
    yields.add(loss(draft));
    ports.add(new Port.Loss("loss"));
    for (int i = draft.random.nextInt(3); i > 0; i--) {
      yields.add(draft.any());
      ports.add(new Port.Output("out" + i));
    }
    return draft.function(yields, ports);
  }

  private static Value loss(ModelDraft draft) {
    var terms = draft.shuffled(unused(draft));
    var style = draft.random.nextInt(10);
    var sum = scalar(draft, draft.pool().getLast(), style);
    for (int i = 0; i < Math.min(MOST_TERMS, terms.size()); i++) {
      if (!terms.get(i).equals(draft.pool().getLast())) {
        var one = draft.chance(0.9) ? style : draft.random.nextInt(10);
        sum = draft.emit("loss", Binary.ADD, sum, scalar(draft, terms.get(i), one));
      }
    }
    return sum;
  }

  private static List<Value> unused(ModelDraft draft) {
    var used = new HashSet<Value>();
    var nodes = draft.builder.build(List.of()).nodes();
    nodes.forEach(n -> used.addAll(n.operands()));
    return draft.pool().stream().filter(v -> !used.contains(v)).toList();
  }

  /** A number from a tensor: mostly a mean or a sum, which micro-batches can put together. */
  private static Value scalar(ModelDraft draft, Value value, int style) {
    var calm = draft.emit("calm", new Unary(UnaryFunction.SIN), value);
    return switch (style) {
      case 0, 1 -> draft.scaled(total(draft, ReduceFunction.SUM, calm), 0.1);
      case 2 -> {
        var mean = total(draft, ReduceFunction.MEAN, calm);
        yield draft.emit("curved", new Unary(UnaryFunction.SQUARE), mean);
      }
      case 3 -> total(draft, ReduceFunction.MAX, value);
      case 4 -> {
        var square = draft.emit("square", new Unary(UnaryFunction.SQUARE), calm);
        var shifted = draft.emit("shifted", new Affine(1, 0.5), square);
        yield total(draft, ReduceFunction.MEAN, shifted);
      }
      default -> total(draft, ReduceFunction.MEAN, calm);
    };
  }

  private static Value total(ModelDraft draft, ReduceFunction function, Value value) {
    if (value.type().rank() == 0) {
      return value;
    }
    var op = Reduce.over(function, value.type().axes(), value.type());
    return draft.emit("total", op, value);
  }
}
