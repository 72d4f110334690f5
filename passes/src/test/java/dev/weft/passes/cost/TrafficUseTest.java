package dev.weft.passes.cost;

import static dev.weft.passes.cost.Sketch.BYTES;
import static dev.weft.passes.cost.Sketch.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Module;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.type.Dim;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficUseTest {
  private static final AllReduce SUM = new AllReduce(Combine.SUM, List.of("dp"), 2);
  private final Sketch f = new Sketch();

  @Test
  void aCollectiveSendsWhatTheOpSays() {
    var module = Module.of(f.yielding("step", f.b.emit(SUM, f.data(X))));
    assertThat(TrafficUse.of(module, 0).byKind()).containsOnly(sent("all_reduce", 1, BYTES));
  }

  @Test
  void aloneADeviceCallsAndSendsNothing() {
    var alone = new AllReduce(Combine.SUM, List.of("dp"), 1);
    var module = Module.of(f.yielding("step", f.b.emit(alone, f.data(X))));
    assertThat(TrafficUse.of(module, 0).byKind()).containsOnly(sent("all_reduce", 1, 0));
  }

  @Test
  void aBodyCountsAsOftenAsItRuns() {
    var body = new Builder();
    var block = body.build(List.of(body.emit(SUM, body.param("x", X))));
    var inner = new Repeat("inner", new Dim("i", 3), Direction.FORWARD, 1, 0);
    var outer = new Repeat("outer", new Dim("o", 5), Direction.FORWARD, 1, 0);
    var around = new Builder();
    var node = around.node("y", inner, List.of(around.param("x", X)), List.of(block));
    var whole = around.build(node.results());
    var y = f.b.node("y", outer, List.of(f.data(X)), List.of(whole)).result();
    var module = Module.of(f.yielding("step", y));
    assertThat(TrafficUse.of(module, 0).byKind()).containsOnly(sent("all_reduce", 15, 15 * BYTES));
  }

  /** Two places of a pipeline with different programs, two devices each. */
  @Test
  void calleesSendsAndAllDevicesCount() {
    var g = new Sketch();
    var callee = g.yielding("phase", g.b.emit(SUM, g.data(X)));
    var x = f.data(X);
    f.call(callee, x);
    var y = f.call(callee, x).getFirst();
    f.b.node(List.of(), new Send("pp", 1), List.of(y), List.of(), List.of());
    var first = f.yielding("device0", y);
    var h = new Sketch();
    var shared = new SharedSum("pp", List.of(0, 1));
    var second = h.yielding("device1", h.b.emit(shared, h.data(X)));
    var mesh = new Mesh(List.of(new MeshAxis("pp", 2), new MeshAxis("dp", 2)));
    var module = new Module(mesh, List.of(callee, first, second), Set.of()).withPipeline("pp");
    assertThat(TrafficUse.of(module, 1).byKind())
        .containsOnly(sent("all_reduce", 2, 2 * BYTES), sent("send", 1, BYTES));
    assertThat(TrafficUse.of(module, 2).byKind()).containsOnly(sent("all_reduce", 1, BYTES));
    assertThat(TrafficUse.ofAllDevices(module).times(3).byKind())
        .containsOnly(sent("all_reduce", 18, 18 * BYTES), sent("send", 6, 6 * BYTES));
  }

  private static Map.Entry<String, Sent> sent(String kind, long calls, long bytes) {
    return Map.entry(kind, new Sent(calls, bytes));
  }
}
