package dev.weft.passes.cost;

import static dev.weft.passes.cost.Sketch.BYTES;
import static dev.weft.passes.cost.Sketch.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Peaks of programs that call functions, worked out by hand. */
class CallMemoryTest {
  private static final Affine SCALE = Affine.scale(2);
  private final Sketch f = new Sketch();

  /** Three times as much, of which two are needed at once. */
  private static final Function TWICE = twice();

  private static Function twice() {
    var g = new Sketch();
    return g.yielding("twice", g.b.emit(SCALE, g.b.emit(SCALE, g.data(X))));
  }

  private long peak(List<Function> callees, Value... yields) {
    var caller = f.yielding(Module.programName(0), yields);
    var functions = new ArrayList<>(callees);
    functions.add(caller);
    var mesh = new Mesh(List.of(new MeshAxis("pp", 1)));
    var module = new Module(mesh, functions, Set.of()).withPipeline("pp");
    long alone = MemoryUse.ofFunction(module, caller).peakBytes();
    assertThat(MemoryUse.of(module, 0).peakBytes()).isEqualTo(alone);
    return alone;
  }

  @Test
  void anOperandThatDiesIsTheCalleesOwn() {
    var y = f.call(TWICE, f.data(X)).getFirst();
    assertThat(peak(List.of(TWICE), y)).isEqualTo(2 * BYTES);
  }

  @Test
  void anOperandThatLivesOnIsKept() {
    var x = f.data(X);
    var y = f.call(TWICE, x).getFirst();
    assertThat(peak(List.of(TWICE), y, x)).isEqualTo(3 * BYTES);
  }

  @Test
  void whatElseIsAliveCountsToo() {
    var other = f.data(X);
    var y = f.call(TWICE, f.data(X)).getFirst();
    assertThat(peak(List.of(TWICE), f.b.emit(Binary.ADD, y, other))).isEqualTo(3 * BYTES);
  }

  /** The callee takes one value for two parameters, and lets go of it twice. */
  @Test
  void aValueMayBeSeveralArguments() {
    var g = new Sketch();
    var callee = g.yielding("sum", g.b.emit(Binary.ADD, g.data(X), g.data(X)));
    var x = f.data(X);
    assertThat(peak(List.of(callee), f.call(callee, x, x).getFirst())).isEqualTo(BYTES);
  }

  /** A parameter that is yielded is the caller's operand, not a copy of it. */
  @Test
  void whatACalleeYieldsLiesWhereItLay() {
    var g = new Sketch();
    var p = g.data(X);
    var callee = g.yielding("both", p, g.b.emit(SCALE, p));
    var x = f.data(X);
    var results = f.call(callee, x);
    var late = f.b.emit(new Fill(0, X));
    assertThat(peak(List.of(callee), results.get(0), results.get(1), late, x)).isEqualTo(3 * BYTES);
  }

  /** Halves of a vector, packed by the callee: a view when they are in order. */
  @Test
  void packingKnowsWhereArgumentsLie() {
    var g = new Sketch();
    var packed = g.b.emit(new Pack(new Dim("flat", 20)), g.data(X), g.data(X));
    var callee = g.yielding("pack", packed);
    var vector = f.data(Sketch.vector(20));
    var halves = f.b.node("half", new Unpack(List.of(X, X)), List.of(vector), List.of());
    var inOrder = f.call(callee, halves.result(0), halves.result(1)).getFirst();
    var otherwise = f.call(callee, halves.result(1), halves.result(0)).getFirst();
    assertThat(peak(List.of(callee), inOrder, halves.result(0))).isEqualTo(4 * BYTES);
    assertThat(peak(List.of(callee), inOrder, otherwise)).isEqualTo(4 * BYTES);
  }

  @Test
  void calleesCallOthers() {
    var g = new Sketch();
    var kept = g.data(X);
    var inner = g.call(TWICE, g.b.emit(SCALE, kept)).getFirst();
    var callee = g.yielding("outer", g.b.emit(Binary.ADD, inner, kept));
    var y = f.call(callee, f.data(X)).getFirst();
    assertThat(peak(List.of(TWICE, callee), y)).isEqualTo(3 * BYTES);
  }

  /** As a pipeline of many micro-batches has them; each call is followed in no time. */
  @Test
  void aLongProgramOfCallsHasThePeakOfAShortOne() {
    var x = f.data(X);
    var sum = f.data(X);
    Value total = sum;
    for (int i = 0; i < 40_000; i++) {
      total = f.b.emit(Binary.ADD, total, f.call(TWICE, x).getFirst());
    }
    assertThat(peak(List.of(TWICE), total)).isEqualTo(4 * BYTES);
  }
}
