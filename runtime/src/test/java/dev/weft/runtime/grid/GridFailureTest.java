package dev.weft.runtime.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that cannot end well end soon, and say why. */
@Timeout(30)
class GridFailureTest {
  private static final Mesh PAIR = new Mesh(List.of(new MeshAxis("dp", 2)));
  private static final Mesh SQUARE =
      new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 2)));
  private static final TensorType X = TensorType.of(DType.F64, new Dim("a", 4));
  private static final AllReduce SUM = new AllReduce(Combine.SUM, List.of("dp"), 2);
  private static final AllReduce MAX = new AllReduce(Combine.MAX, List.of("dp"), 2);
  private static final AllReduce SUM_TP = new AllReduce(Combine.SUM, List.of("tp"), 2);
  private static final AllReduce FOUR = new AllReduce(Combine.SUM, List.of("dp"), 4);
  private static final Source MODEL = new Source("m.weft", "a = 1\nb = sum(a)\n");

  @Test
  void membersThatDoDifferentThingsAreBothNamed() {
    var failure = failure(PAIR, Grid.DEFAULT_TIMEOUT, chain(SUM), chain(MAX));
    assertThat(failure)
        .hasMessageStartingWith("the devices disagree: device ")
        .hasMessageContaining("device 0 does AllReduce[combine=SUM, over=[dp], parts=2]")
        .hasMessageContaining("device 1 does AllReduce[combine=MAX, over=[dp], parts=2]")
        .hasMessageContaining("on f64[a=4] at %y = all_reduce (m.weft:2:1)");
  }

  @Test
  void aDeviceThatHasFinishedIsNotWaitedFor() {
    var failure = failure(PAIR, Grid.DEFAULT_TIMEOUT, chain(SUM, SUM), chain(SUM));
    assertThat(failure)
        .hasMessage(
            """
            no device can go on
              device 0 waits in all_reduce over [dp] at %y = all_reduce (m.weft:2:1) in group [0, 1] for [1]
              device 1 is at the end: it has finished\
            """);
  }

  @Test
  void aCircleOfWaitingIsFoundAtOnce() {
    var rows = chain(SUM, SUM_TP);
    var columns = chain(SUM_TP, SUM);
    var failure = failure(SQUARE, Grid.DEFAULT_TIMEOUT, rows, columns, columns, rows);
    assertThat(failure)
        .hasMessageStartingWith("no device can go on\n  device 0 waits in all_reduce over [dp]")
        .hasMessageContaining("in group [0, 2] for [2]")
        .hasMessageContaining("in group [2, 3] for [3]");
  }

  @Test
  void aDeviceThatDoesNotArriveIsNamedWithItsPlace() {
    var failure = failure(PAIR, Duration.ofMillis(50), chain(SUM), slow());
    assertThat(failure)
        .hasMessageMatching(
            "(?s)time-out after 0.05 s\n  device 0 waits in all_reduce over \\[dp] at %y ="
                + " all_reduce \\(m.weft:2:1\\) in group \\[0, 1] for \\[1]\n"
                + "  device 1 is at %\\w+ = \\w+ \\(m.weft:2:1\\)");
  }

  @Test
  void aFailureStopsTheOthersAndIsTheCause() {
    var bad = Tensor.ofInts(TensorType.of(DType.I32, new Dim("p", 1)), 9);
    var failure =
        failure(
            PAIR,
            Grid.DEFAULT_TIMEOUT,
            List.of(chain(SUM), program(Lookup.WHOLE, X, bad.type())),
            List.of(List.of(ones()), List.of(ones(), bad)));
    assertThat(failure)
        .hasMessage("device 1 failed: at %y = lookup (m.weft:2:1): index 9 is not in [0, 4)")
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGroupOfAnotherSizeThanTheProgramSaysIsRefused() {
    var failure = failure(PAIR, Grid.DEFAULT_TIMEOUT, chain(FOUR), chain(FOUR));
    assertThat(failure).hasMessageContaining("but the group [0, 1] has 2 members");
  }

  private static GridFailure failure(Mesh mesh, Duration timeout, Program... programs) {
    var inputs = Collections.nCopies(programs.length, List.of(ones()));
    return failure(mesh, timeout, Arrays.asList(programs), inputs);
  }

  private static GridFailure failure(
      Mesh mesh, Duration timeout, List<Program> programs, List<List<Tensor>> inputs) {
    return catchThrowableOfType(
        GridFailure.class, () -> new Grid(mesh, timeout).run(programs, inputs));
  }

  private static Tensor ones() {
    return Tensor.generate(X, _ -> 1);
  }

  /** Collectives one after the other. */
  private static Program chain(Op... ops) {
    var builder = new Builder().at(new Span(MODEL, 6, 7));
    Value value = builder.param("x", X);
    for (var op : ops) {
      value = builder.emit("y", op, value);
    }
    return Program.of(OpCase.function("chain", builder, List.of(value)));
  }

  private static Program program(Op op, TensorType... types) {
    var builder = new Builder().at(new Span(MODEL, 6, 7));
    var params = Arrays.stream(types).map(t -> builder.param("x", t)).toArray(Value[]::new);
    return Program.of(OpCase.function("op", builder, List.of(builder.emit("y", op, params))));
  }

  /** A loop of many seconds: only a cancelled one ends within the test's own time. */
  private static Program slow() {
    var builder = new Builder().at(new Span(MODEL, 6, 7));
    var large = TensorType.of(DType.F64, new Dim("n", 1 << 20));
    var x = builder.param("x", X);
    var start = builder.emit("start", new dev.weft.ir.op.Fill(0.5, large));
    var loop = new Repeat("steps", new Dim("step", 100_000), Direction.FORWARD, 1, 0);
    var node = builder.node("looped", loop, List.of(start), List.of(sines(large)));
    var yields = new ArrayList<Value>(node.results());
    yields.add(x);
    return Program.of(OpCase.function("slow", builder, yields));
  }

  private static Block sines(TensorType type) {
    var body = new Builder().at(new Span(MODEL, 6, 7));
    var carried = body.param("carried", type);
    return body.build(List.of(body.emit("sine", new Unary(UnaryFunction.SIN), carried)));
  }
}
