package dev.weft.runtime.interp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.sample.Difference;
import dev.weft.runtime.sample.Draw;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops on the grid give what they give on the oracle. */
class RepeatTest {
  private static final Dim LAYER = new Dim("layer", 3);
  private static final Dim A = new Dim("a", 4);
  private static final TensorType X = TensorType.of(DType.F64, A);
  private static final TensorType MATRIX = TensorType.of(DType.F64, A, new Dim("b", 4));
  private static final Draw DRAW = new Draw(5);

  /** x = tanh(x w[layer]) + bias, saving what goes into each layer. */
  private static Block layer() {
    var body = new Builder();
    var x = body.param("x", X);
    var bias = body.param("bias", X);
    var w = body.param("w", MATRIX);
    var renamed = body.emit(new dev.weft.ir.op.Rename("a", "b"), x);
    var product = body.emit(new Contract(List.of("a")), renamed, w);
    var next = body.emit(Binary.ADD, body.emit(new Unary(UnaryFunction.TANH), product), bias);
    return body.build(List.of(next, x, next));
  }

  @ParameterizedTest
  @EnumSource
  void carriedInvariantAndStackedValues(Direction direction) {
    var b = new Builder();
    var operands =
        List.<Value>of(
            b.param("x", X),
            b.param("bias", X),
            b.param("w", TensorType.of(DType.F64, LAYER, A, new Dim("b", 4))));
    var loop = new Repeat("layers", LAYER, direction, 1, 1);
    var node = b.node("y", loop, operands, List.of(layer()));
    assertSame(OpCase.function("loop", b, node.results()));
  }

  @Test
  void oneValueInEveryRole() {
    var body = new Builder();
    var carried = body.param("carried", X);
    var twice = body.param("twice", X);
    var invariant = body.param("invariant", X);
    var sum = body.emit(Binary.ADD, carried, invariant);
    var block = body.build(List.of(twice, sum, sum));
    var b = new Builder();
    var x = b.param("x", X);
    var loop = new Repeat("swap", LAYER, Direction.FORWARD, 2, 1);
    var node = b.node("y", loop, List.of(x, x, x), List.of(block));
    assertSame(OpCase.function("loop", b, node.results()));
  }

  @Test
  void loopsInLoops() {
    var inner = new Builder();
    var value = inner.param("value", X);
    var innerBlock = inner.build(List.of(inner.emit(new Unary(UnaryFunction.SIN), value)));
    var outer = new Builder();
    var x = outer.param("x", X);
    var loop = new Repeat("inner", LAYER, Direction.FORWARD, 1, 0);
    var node = outer.node("y", loop, List.of(x), List.of(innerBlock));
    var outerBlock = outer.build(List.of(node.result(), node.result()));
    var b = new Builder();
    var repeat = new Repeat("outer", new Dim("o", 2), Direction.FORWARD, 1, 0);
    var result = b.node("z", repeat, List.of(b.param("x", X)), List.of(outerBlock));
    assertSame(OpCase.function("loops", b, result.results()));
  }

  @Test
  void compositesInBodiesAreExpanded() {
    var body = new Builder();
    var logits = body.param("logits", X);
    var label = body.param("label", TensorType.scalar(DType.I32));
    var loss = body.node("loss", new CrossEntropy("a"), List.of(logits, label), List.of());
    var block = body.build(List.of(body.emit(Binary.ADD, logits, loss.result(0)), loss.result(0)));
    var b = new Builder();
    var operands = List.<Value>of(b.param("x", X), b.param("label", TensorType.scalar(DType.I32)));
    var loop = new Repeat("steps", LAYER, Direction.FORWARD, 1, 1);
    var node = b.node("y", loop, operands, List.of(block));
    assertSame(OpCase.function("loop", b, node.results()));
  }

  private static void assertSame(Function function) {
    var inputs = function.body().params().stream().map(p -> input(p.type())).toList();
    var device = new LoneDevice();
    var results = Program.of(function).run(device, inputs);
    assertThat(Difference.of(results, Oracle.run(function, inputs))).isLessThanOrEqualTo(1e-13);
    long held = results.stream().map(Tensor::storage).distinct().mapToLong(s -> s.bytes()).sum();
    assertThat(device.memory().currentBytes()).isEqualTo(held);
  }

  private static Tensor input(TensorType type) {
    return type.dtype().isFloat() ? DRAW.tensor(type) : DRAW.integers(type.dims(), 0, 3);
  }
}
