package dev.weft.ir.text;

import static dev.weft.ir.op.OpSamples.dim;
import static dev.weft.ir.op.OpSamples.f64;
import static dev.weft.ir.op.OpSamples.i32;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.OpSamples;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Modules built by hand. */
public final class Modules {
  /** Two replicas of four devices. */
  public static final Mesh MESH = new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 4)));

  private Modules() {}

  /** A module in which one sample is applied to data and its results are outputs. */
  public static Module of(OpSamples.Sample sample) {
    var b = new Builder();
    var operands = new ArrayList<Value>();
    var inputs = new ArrayList<Port>();
    for (var type : sample.operands()) {
      operands.add(b.param("x", type));
      inputs.add(data("in" + inputs.size()));
    }
    var node = b.node("y", sample.op(), operands, sample.bodies());
    var outputs = new ArrayList<Port>();
    node.results().forEach(_ -> outputs.add(new Port.Output("out" + outputs.size())));
    return Module.of(new Function("sample", inputs, b.build(node.results()), outputs));
  }

  public static Port data(String name) {
    return new Port.Data(name, OptionalLong.empty(), OptionalInt.empty());
  }

  /** An embedding, a repeated bias, and a loss, laid out on a mesh. */
  public static Module sharded() {
    var b = new Builder();
    var wte = b.param(new Param("wte", f64("vocab=256", "model=64"), laid("tp", "_")));
    var bias = b.param(new Param("bias", f64("layers=3", "model=64"), laid("_", "_")));
    var tokens = b.param(new Param("tokens", i32("batch=8", "seq=32"), laid("dp", "_")));
    var partial =
        new Sharding(List.of(List.of("dp"), List.of(), List.of()), List.of("tp"), Combine.SUM);
    var rows = node(b, "x", Lookup.WHOLE, partial, wte, tokens);
    var whole = partial.withoutPartial();
    var x = node(b, "x", new Reshard(whole), whole, rows);
    var op = new Repeat("blocks", dim("layers=3"), Direction.FORWARD, 1, 0);
    var bodies = List.of(body(whole));
    var loop = b.node(List.of("x"), op, List.of(x, bias), bodies, List.of(Optional.of(whole)));
    var mean = Reduce.over(ReduceFunction.MEAN, x.type().axes(), x.type());
    var unfinished = new Sharding(List.of(), List.of("dp"), Combine.SUM);
    var loss = node(b, "loss", mean, unfinished, loop.result());
    var inputs =
        List.<Port>of(
            new Port.Weight("wte", new Init.Normal(0.02)),
            new Port.Weight("blocks.bias", new Init.Constant(0)),
            new Port.Data("tokens", OptionalLong.of(256), OptionalInt.of(1)));
    var outputs = List.<Port>of(new Port.Loss("loss"), new Port.Output("x"));
    var body = b.build(List.of(loss, loop.result()));
    var function = new Function("model", inputs, body, outputs);
    return new Module(MESH, List.of(function), Set.of(Property.PRIMITIVE, Property.SHARDED));
  }

  private static Block body(Sharding layout) {
    var b = new Builder();
    var x = b.param(new Param("x", f64("batch=8", "seq=32", "model=64"), Optional.of(layout)));
    var bias = b.param(new Param("bias", f64("model=64"), laid("_")));
    return b.build(List.of(node(b, "x", Binary.ADD, layout, x, bias)));
  }

  private static Value node(Builder b, String name, Op op, Sharding layout, Value... operands) {
    return b.node(List.of(name), op, List.of(operands), List.of(), List.of(Optional.of(layout)))
        .result();
  }

  /** A layout from the mesh axis of each dimension, or {@code _}. */
  private static Optional<Sharding> laid(String... cuts) {
    return Optional.of(
        Sharding.of(
            Arrays.stream(cuts).map(c -> c.equals("_") ? List.<String>of() : List.of(c)).toList()));
  }

  /** A chain of functions of one vector, all values with one hint. */
  public static Module chain(int length) {
    var b = new Builder();
    Value x = b.param("x", f64("a=2"));
    for (int i = 0; i < length; i++) {
      x = b.emit("x", new Unary(UnaryFunction.TANH), x);
    }
    var function =
        new Function(
            "chain", List.of(data("x")), b.build(List.of(x)), List.of(new Port.Output("y")));
    return Module.of(function);
  }
}
