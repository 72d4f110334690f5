package dev.weft.backends.torch;

import dev.weft.ir.graph.*;
import dev.weft.ir.graph.Module;
import dev.weft.ir.mesh.*;
import dev.weft.ir.op.*;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.*;
import java.util.*;

/**
 * A training step written by hand: x = x + tanh(x w1) w2, twice, against a target; mesh dp=2 x tp=2
 * with `ffn` cut over tp, two micro-batches, optimizer level 1. It has the form in which the passes
 * leave a step.
 */
final class MlpStep {
  private static final Mesh MESH = new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 2)));
  private static final List<String> DP = List.of("dp");
  private static final List<String> TP = List.of("tp");
  private static final Dim LAYERS = new Dim("layers", 2);
  private static final Dim MODEL = new Dim("model", 4);
  private static final Dim MICRO = new Dim("micro", 2);
  private static final Dim FLAT = new Dim("flat", 64);
  private static final Init INIT = new Init.Normal(0.5);
  private static final double GLOBAL_ENTRIES = 16;

  private MlpStep() {}

  static Bundle bundle() {
    return new Bundle(
        Target.CPU, "mlp", "mlp.weft", step(), model(), "{}\n", optimizer(), DType.F64, 8, 0);
  }

  private static OptimizerSpec optimizer() {
    return new OptimizerSpec.Sgd(0.1, 0);
  }

  private static Dim batch(long size) {
    return new Dim("batch", size);
  }

  private static Dim ffn(long size) {
    return new Dim("ffn", size);
  }

  private static List<Port> inputs() {
    return List.of(
        new Port.Weight("blocks.w1", INIT),
        new Port.Weight("blocks.w2", INIT),
        new Port.Data("x", OptionalLong.empty(), OptionalInt.empty()),
        new Port.Data("target", OptionalLong.empty(), OptionalInt.empty()));
  }

  private static TensorType of(Dim... dims) {
    return TensorType.of(DType.F64, dims);
  }

  /** The whole model, before differentiation. */
  private static Function model() {
    var b = new Builder();
    var w1 = b.param("w1", of(LAYERS, MODEL, ffn(8)));
    var w2 = b.param("w2", of(LAYERS, ffn(8), MODEL));
    var x = b.param("x", of(batch(8), MODEL));
    var target = b.param("target", of(batch(8), MODEL));
    var inner = new Builder();
    var xi = inner.param("x", x.type());
    var v1 = inner.param("w1", of(MODEL, ffn(8)));
    var v2 = inner.param("w2", of(ffn(8), MODEL));
    var u = inner.emit("u", new Contract(List.of("batch", "ffn")), xi, v1);
    var h = inner.emit("h", new Unary(UnaryFunction.TANH), u);
    var y = inner.emit("y", new Contract(List.of("batch", "model")), h, v2);
    var body = inner.build(List.of(inner.emit("x", Binary.ADD, xi, y)));
    var loop = new Repeat("blocks", LAYERS, Direction.FORWARD, 1, 0);
    var out = b.node("y", loop, List.of(x, w1, w2), List.of(body)).result();
    var error = b.emit("error", Binary.SUB, out, target);
    var square = b.emit("square", new Unary(UnaryFunction.SQUARE), error);
    var mean = Reduce.over(ReduceFunction.MEAN, List.of("batch", "model"), square.type());
    var loss = b.emit("loss", mean, square);
    return new Function(
        "model",
        inputs(),
        b.build(List.of(loss, out)),
        List.of(new Port.Loss("loss"), new Port.Output("y")));
  }

  private static Param cut(String name, TensorType local, List<List<String>> dims) {
    return new Param(name, local, Optional.of(Sharding.of(dims)));
  }

  private static Module step() {
    var b = new Builder();
    var w1 = b.param(cut("w1", of(LAYERS, MODEL, ffn(4)), List.of(List.of(), List.of(), TP)));
    var w2 = b.param(cut("w2", of(LAYERS, ffn(4), MODEL), List.of(List.of(), TP, List.of())));
    var x = b.param(cut("x", of(batch(4), MODEL), List.of(DP, List.of())));
    var target = b.param(cut("target", of(batch(4), MODEL), List.of(DP, List.of())));
    var zero = b.emit("zero", new Fill(0, of(FLAT)));
    var pieces = new Split("batch", List.of(MICRO, batch(2)));
    var operands = List.of(zero, w1, w2, b.emit("x", pieces, x), b.emit("target", pieces, target));
    var micro = new Repeat("micro", MICRO, Direction.FORWARD, 1, 2);
    var loop = b.node("flat", micro, operands, List.of(microBatch()));
    var flat = b.emit("flat", Affine.scale(0.5), loop.result(0));
    var loss = mean(b, loop.result(1));
    var y = joined(b, loop.result(2));
    var grad = b.emit("grad", new ReduceScatter("flat", Combine.SUM, DP, 2), flat);
    var packed = b.emit("weights", new Pack(FLAT), w1, w2);
    var mine = b.emit("mine", new ShardSlice("flat", DP, 2), packed);
    var lr = b.emit("lr", new Fill(0.1, of()));
    var updated = b.emit("updated", new SgdUpdate(0), mine, grad, lr);
    var gathered = b.emit("weights", new AllGather("flat", DP, 2), updated);
    var unpack = new Unpack(List.of(w1.type(), w2.type()));
    var fresh = b.node("new", unpack, List.of(gathered), List.of());
    var yields = List.of(loss, y, fresh.result(0), fresh.result(1), grad);
    var outputs =
        List.<Port>of(
            new Port.Loss("loss"),
            new Port.Output("y"),
            new Port.Weight("blocks.w1", INIT),
            new Port.Weight("blocks.w2", INIT),
            new Port.Gradient("flat"));
    return Module.of(new Function("step", inputs(), b.build(yields), outputs)).withMesh(MESH);
  }

  private static Value mean(Builder b, Value losses) {
    return b.emit(
        "loss", Reduce.over(ReduceFunction.MEAN, List.of("micro"), losses.type()), losses);
  }

  private static Value joined(Builder b, Value pieces) {
    var merge = new Merge(List.of("micro", "batch"), "batch");
    return b.node(
            List.of("y"),
            merge,
            List.of(pieces),
            List.of(),
            List.of(Optional.of(Sharding.of(List.of(DP, List.of())))))
        .result();
  }

  private static Block microBatch() {
    var b = new Builder();
    var flat = b.param("flat", of(FLAT));
    var w1 = b.param("w1", of(LAYERS, MODEL, ffn(4)));
    var w2 = b.param("w2", of(LAYERS, ffn(4), MODEL));
    var x = b.param("x", of(batch(2), MODEL));
    var target = b.param("target", of(batch(2), MODEL));
    var forward = new Repeat("blocks", LAYERS, Direction.FORWARD, 1, 0);
    var ran = b.node("y", forward, List.of(x, w1, w2), List.of(forwardBody()));
    var error = b.emit("error", Binary.SUB, ran.result(0), target);
    var square = b.emit("square", new Unary(UnaryFunction.SQUARE), error);
    var share =
        b.emit(
            "share",
            new Reduce(ReduceFunction.MEAN, List.of("batch", "model"), (long) GLOBAL_ENTRIES),
            square);
    var loss = b.emit("loss", new AllReduce(Combine.SUM, DP, 2), share);
    var seed = b.emit("d_y", Affine.scale(2 / GLOBAL_ENTRIES), error);
    var reverse = new Repeat("blocks", LAYERS, Direction.REVERSE, 1, 0);
    var operands = List.of(seed, w1, w2, ran.result(1), ran.result(2));
    var back = b.node("d_x", reverse, operands, List.of(backwardBody()));
    var pack = b.emit("flat", new Pack(FLAT), back.result(1), back.result(2));
    var total = b.emit("flat", Binary.ADD, flat, pack);
    return b.build(List.of(total, loss, ran.result(0)));
  }

  private static Block forwardBody() {
    var b = new Builder();
    var x = b.param("x", of(batch(2), MODEL));
    var w1 = b.param("w1", of(MODEL, ffn(4)));
    var w2 = b.param("w2", of(ffn(4), MODEL));
    var u = b.emit("u", new Contract(List.of("batch", "ffn")), x, w1);
    var h = b.emit("h", new Unary(UnaryFunction.TANH), u);
    var partial = b.emit("y", new Contract(List.of("batch", "model")), h, w2);
    var y = b.emit("y", new AllReduce(Combine.SUM, TP, 2), partial);
    return b.build(List.of(b.emit("x", Binary.ADD, x, y), x, h));
  }

  private static Block backwardBody() {
    var b = new Builder();
    var dx = b.param("d_x", of(batch(2), MODEL));
    var w1 = b.param("w1", of(MODEL, ffn(4)));
    var w2 = b.param("w2", of(ffn(4), MODEL));
    var x = b.param("x", of(batch(2), MODEL));
    var h = b.param("h", of(batch(2), ffn(4)));
    var dw2 = b.emit("d_w2", new Contract(List.of("ffn", "model")), h, dx);
    var dh = b.emit("d_h", new Contract(List.of("batch", "ffn")), dx, w2);
    var du = b.emit("d_u", new UnaryGrad(UnaryFunction.TANH), h, dh);
    var dw1 = b.emit("d_w1", new Contract(List.of("model", "ffn")), x, du);
    var partial = b.emit("d_x", new Contract(List.of("batch", "model")), du, w1);
    var through = b.emit("d_x", new AllReduce(Combine.SUM, TP, 2), partial);
    return b.build(List.of(b.emit("d_x", Binary.ADD, dx, through), dw1, dw2));
  }
}
