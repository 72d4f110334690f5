package dev.weft.runtime.interp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.kernel.Place;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.sample.Difference;
import dev.weft.runtime.sample.Draw;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs ahead in a loop begins before the work of the iteration before it. */
class AheadTest {
  private static final Dim LAYER = new Dim("layer", 3);
  private static final TensorType X = TensorType.of(DType.F64, new Dim("a", 10));
  private static final long BYTES = 80;

  /** x = tanh(x * w), where the slices of w lie on the host and come for each iteration. */
  private static Block layer() {
    var body = new Builder();
    var x = body.param("x", X);
    var w = body.emit("w", new ToDevice(), body.param("w", X.in(MemorySpace.HOST)));
    var y = body.emit("y", Binary.MUL, x, w);
    return body.build(List.of(body.emit("z", new Unary(UnaryFunction.TANH), y), w));
  }

  private static Function loop(Direction direction, int ahead) {
    var b = new Builder();
    var op = new Repeat("layers", LAYER, direction, 1, 0, ahead);
    var operands =
        List.<Value>of(b.param("x", X), b.param("w", op.stacked(X.in(MemorySpace.HOST))));
    var node = b.node("y", op, operands, List.of(layer()));
    return OpCase.function("loop", b, node.results());
  }

  @Test
  void whatTheNextIterationNeedsBeginsBeforeTheWorkOfThisOne() {
    assertThat(sites(loop(Direction.FORWARD, 0)))
        .containsExactly("y", "w", "y", "z", "w", "y", "z", "w", "y", "z");
    assertThat(sites(loop(Direction.FORWARD, 1)))
        .containsExactly("y", "w", "w", "y", "z", "w", "y", "z", "y", "z");
  }

  @ParameterizedTest
  @EnumSource
  void theResultsAreTheSame(Direction direction) {
    var function = loop(direction, 1);
    var draw = new Draw(7);
    var inputs =
        function.body().params().stream().map(p -> draw.tensor(p.type())).map(Tensor.class::cast);
    var given = inputs.toList();
    var results = Program.of(function).run(new LoneDevice(), given);
    assertThat(Difference.of(results, Oracle.run(function, given))).isZero();
  }

  /**
   * On the device: the stack of three, what is carried, its product and what has come for this
   * iteration; with something ahead, what comes for the next one too.
   */
  @ParameterizedTest
  @CsvSource({"0, 6", "1, 7"})
  void twoIterationsWorthIsThere(int ahead, int buffers) {
    var device = new LoneDevice();
    var function = loop(Direction.FORWARD, ahead);
    var inputs = function.body().params().stream().map(p -> Tensor.zeros(p.type())).toList();
    Program.of(function).run(device, inputs);
    assertThat(device.memory().peakBytes()).isEqualTo(buffers * BYTES);
    assertThat(device.memory().peakHostBytes()).isEqualTo(3 * BYTES);
  }

  /** What runs ahead may use what all iterations share, and the rest may take several values. */
  @Test
  void invariantsRunAheadToo() {
    var body = new Builder();
    var x = body.param("x", X);
    var bias = body.param("bias", X);
    var w = body.param("w", X);
    var scaled = body.emit("scaled", Affine.scale(3), bias);
    var sum = body.emit("sum", Binary.ADD, scaled, w);
    var next = body.emit("next", Binary.MUL, body.emit(Binary.ADD, x, sum), scaled);
    var block = body.build(List.of(next, sum));
    var b = new Builder();
    var op = new Repeat("layers", LAYER, Direction.REVERSE, 1, 1, 2);
    var operands = List.<Value>of(b.param("x", X), b.param("bias", X), b.param("w", op.stacked(X)));
    var function = OpCase.function("f", b, b.node("y", op, operands, List.of(block)).results());
    var draw = new Draw(3);
    var inputs = new ArrayList<Tensor>();
    function.body().params().forEach(p -> inputs.add(draw.tensor(p.type())));
    var device = new LoneDevice();
    var results = Program.of(function).run(device, inputs);
    assertThat(Difference.of(results, Oracle.run(function, inputs))).isZero();
    long held = results.stream().map(Tensor::storage).distinct().mapToLong(s -> s.bytes()).sum();
    assertThat(device.memory().currentBytes()).isEqualTo(held);
  }

  private static List<String> sites(Function function) {
    var device = new Watched(new LoneDevice(), new ArrayList<>());
    var inputs = function.body().params().stream().map(p -> Tensor.zeros(p.type())).toList();
    Program.of(function).run(device, inputs);
    return device.sites();
  }

  /** A device that notes at which ops it arrives. */
  private record Watched(LoneDevice device, List<String> sites) implements Device {
    @Override
    public Place place() {
      return device.place();
    }

    @Override
    public DeviceMemory memory() {
      return device.memory();
    }

    @Override
    public void arriveAt(Site site) {
      sites.add(site.value());
    }

    @Override
    public Tensor exchange(Collective op, Tensor operand, Site site) {
      return device.exchange(op, operand, site);
    }

    @Override
    public void moved(String kind, long bytes) {
      device.moved(kind, bytes);
    }

    @Override
    public void send(Send op, Tensor value, Site site) {
      device.send(op, value, site);
    }

    @Override
    public Tensor receive(Receive op, Site site) {
      return device.receive(op, site);
    }
  }
}
