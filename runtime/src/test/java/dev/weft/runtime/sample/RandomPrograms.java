package dev.weft.runtime.sample;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.Dim;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Random straight-line programs of smooth ops, whose values are used several times. */
public final class RandomPrograms {
  private static final List<Dim> DIMS =
      List.of(new Dim("a", 2), new Dim("b", 3), new Dim("c", 2), new Dim("d", 1));
  private static final int OPS = 7;

  /**
   * A program.
   *
   * @param function its last node gives its only result
   */
  public record Sample(dev.weft.ir.graph.Function function, List<Tensor> operands) {}

  private final Draw draw;
  private final Builder builder = new Builder();
  private final List<Value> values = new ArrayList<>();
  private final List<Tensor> operands = new ArrayList<>();

  private RandomPrograms(Draw draw) {
    this.draw = draw;
  }

  public static Sample of(Draw draw) {
    var program = new RandomPrograms(draw);
    for (int i = 0; i < 3; i++) {
      program.input();
    }
    for (int i = 0; i < OPS; i++) {
      program.op();
    }
    var yields = List.of(program.values.getLast());
    return new Sample(OpCase.function("program", program.builder, yields), program.operands);
  }

  private void input() {
    var tensor = draw.tensor(draw.floats(draw.some(DIMS)));
    operands.add(tensor);
    values.add(builder.param("x" + operands.size(), tensor.type()));
  }

  private void op() {
    var x = values.get(draw.between(0, values.size() - 1));
    var y = values.get(draw.between(0, values.size() - 1));
    var axes = x.type().axes();
    switch (draw.between(0, 6)) {
      case 0 -> add(draw.oneOf(Binary.ADD, Binary.SUB, Binary.MUL), x, y);
      case 1 -> add(new Unary(draw.oneOf(UnaryFunction.TANH, UnaryFunction.SIN)), x);
      case 2 -> add(new Transpose(draw.shuffled(axes)), x);
      case 3 -> add(new Contract(draw.shuffled(draw.some(union(x, y)))), x, y);
      case 4 ->
          add(
              Reduce.over(
                  draw.oneOf(ReduceFunction.SUM, ReduceFunction.MEAN), draw.some(axes), x.type()),
              x);
      case 5 -> alongAxis(x);
      default -> add(new Affine(0.5, 1), x);
    }
  }

  private void alongAxis(Value x) {
    if (!x.type().bears("b")) {
      add(Affine.scale(-1), x);
    } else if (draw.chance()) {
      add(new Softmax("b"), x);
    } else {
      values.add(
          builder
              .node(
                  "n",
                  new Normalize("b", 0.1, draw.oneOf(Centering.values())),
                  List.of(x),
                  List.of())
              .result(0));
    }
  }

  private void add(Op op, Value... of) {
    values.add(builder.emit(op, of));
  }

  private static List<String> union(Value x, Value y) {
    var axes = new ArrayList<>(x.type().axes());
    y.type().axes().stream().filter(a -> !x.type().bears(a)).forEach(axes::add);
    return axes;
  }
}
