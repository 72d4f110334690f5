package dev.weft.runtime.train;

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
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * y[batch, out] = sum of x[batch, in] w[in, out], plus bias[out], with the loss sum(y²) / batch:
 * differentiated, cut and lowered by hand. The batch is cut over dp, the out axis over tp.
 */
final class LinearModel {
  static final Mesh MESH = new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 2)));
  private static final List<String> DP = List.of("dp");
  private static final List<String> TP = List.of("tp");
  private static final long BATCH = 8;
  private static final long IN = 3;
  private static final long OUT = 6;
  private static final Sharding CUT_OUT = Sharding.of(List.of(TP));

  private LinearModel() {}

  /** The whole model with its gradients. */
  static Function grads() {
    var b = new Builder();
    var w = b.param("w", floats(dim("in", IN), dim("out", OUT)));
    var bias = b.param("bias", floats(dim("out", OUT)));
    var x = b.param("x", floats(dim("batch", BATCH), dim("in", IN)));
    var body = new Body(b, w, bias, x);
    return new Function(
        "grads",
        List.of(weight("w"), weight("bias"), data()),
        b.build(List.of(body.loss, body.y, body.dw, body.dbias)),
        List.of(
            new Port.Loss("loss"),
            new Port.Output("y"),
            new Port.Gradient("w"),
            new Port.Gradient("bias")));
  }

  /**
   * The step of each of four devices.
   *
   * @param shards 1, or 2: optimizer shards over dp
   * @param sum what combines gradients over dp: the sum, unless a test wants a mistake
   */
  static Module step(OptimizerSpec optimizer, int shards, Combine sum) {
    var b = new Builder();
    var w = b.param(param("w", CUT_OUT.dims(), dim("in", IN), dim("out", OUT / 2)));
    var bias = b.param(param("bias", CUT_OUT.dims(), dim("out", OUT / 2)));
    long size = (IN + 1) * OUT / 2;
    var flat = dim("flat", size + size % shards);
    var share = floats(flat.resized(flat.size() / shards));
    var inputs = new ArrayList<Port>(List.of(weight("w"), weight("bias")));
    var state = new ArrayList<Value>();
    for (var slot : slots(optimizer)) {
      inputs.add(new Port.State(slot));
      state.add(b.param(slot, share));
    }
    var states = List.copyOf(inputs.subList(2, inputs.size()));
    if (optimizer instanceof OptimizerSpec.Adam) {
      inputs.add(new Port.Step("step"));
      state.add(b.param("step", TensorType.scalar(DType.I32)));
    }
    inputs.add(data());
    var x = b.param(param("x", List.of(DP, List.of()), dim("batch", BATCH / 2), dim("in", IN)));

    var body = new Body(b, w, bias, x);
    var loss = b.emit("loss", new AllReduce(Combine.SUM, List.of("dp", "tp"), 4), body.loss);
    var gradient = b.emit("flat", new Pack(flat), body.dw, body.dbias);
    var weights = b.emit("weights", new Pack(flat), w, bias);
    Value reduced = b.emit("grad", new AllReduce(sum, DP, 2), gradient);
    Value mine = weights;
    if (shards > 1) {
      reduced = b.emit("grad", new ReduceScatter("flat", sum, DP, shards), gradient);
      mine = b.emit("mine", new ShardSlice("flat", DP, shards), weights);
    }
    var operands = new ArrayList<>(List.of(mine, reduced));
    operands.addAll(state);
    operands.add(b.emit("lr", new Fill(optimizer.lr(), TensorType.scalar(DType.F64))));
    var updated = b.node("updated", update(optimizer), operands, List.of()).results();
    Value whole =
        shards > 1 ? b.emit(new AllGather("flat", DP, shards), updated.get(0)) : updated.get(0);
    var unpack = new Unpack(List.of(w.type(), bias.type()));
    var fresh = b.node("new", unpack, List.of(whole), List.of()).results();

    var yields = new ArrayList<>(List.of(loss, placed(b, body.y)));
    var outputs = new ArrayList<Port>(List.of(new Port.Loss("loss"), new Port.Output("y")));
    yields.addAll(fresh);
    outputs.addAll(List.of(weight("w"), weight("bias")));
    yields.addAll(updated.subList(1, updated.size()));
    outputs.addAll(states);
    yields.add(reduced);
    outputs.add(new Port.Gradient("flat"));
    var function = new Function("step", inputs, b.build(yields), outputs);
    return new Module(MESH, List.of(function), Set.of(Property.TRAINING_STEP));
  }

  /** y with its layout, as a value of its own. */
  private static Value placed(Builder b, Value y) {
    var layout = Optional.of(Sharding.of(List.of(DP, TP)));
    var node = b.node(List.of("y"), new Affine(1, 0), List.of(y), List.of(), List.of(layout));
    return node.result();
  }

  private static List<String> slots(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> sgd.momentum() == 0 ? List.of() : List.of("v");
      case OptimizerSpec.Adam _, OptimizerSpec.Lamb _ -> List.of("m", "v");
    };
  }

  private static Op update(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> new SgdUpdate(sgd.momentum());
      case OptimizerSpec.Adam adam -> {
        var all = new DecayGroups.Range(1000, adam.weightDecay());
        var groups = DecayGroups.merged(List.of(all), List.of());
        yield new AdamUpdate(adam.beta1(), adam.beta2(), adam.eps(), groups, adam.decay());
      }
      case OptimizerSpec.Lamb _ -> throw new IllegalArgumentException("not written by hand");
    };
  }

  /** Forward and backward, on wholes or on pieces alike. */
  private static final class Body {
    final Value y;
    final Value loss;
    final Value dw;
    final Value dbias;

    Body(Builder b, Value w, Value bias, Value x) {
      var product = b.emit("xw", new Contract(List.of("batch", "out")), x, w);
      y = b.emit("y", Binary.ADD, product, bias);
      var squares = b.emit("squares", new Contract(List.of()), y, y);
      loss = b.emit("loss", Affine.scale(1.0 / BATCH), squares);
      var dy = b.emit("dy", Affine.scale(2.0 / BATCH), y);
      dw = b.emit("dw", new Contract(List.of("in", "out")), x, dy);
      dbias = b.emit("dbias", new Contract(List.of("out")), dy);
    }
  }

  private static Param param(String name, List<List<String>> cut, Dim... dims) {
    var all = new ArrayList<>(cut);
    if (all.size() < dims.length) {
      all.addAll(0, Collections.nCopies(dims.length - all.size(), List.of()));
    }
    return new Param(name, floats(dims), Optional.of(Sharding.of(all)));
  }

  private static Port weight(String name) {
    return new Port.Weight(name, new Init.Normal(0.5));
  }

  private static Port data() {
    return new Port.Data("x", OptionalLong.empty(), OptionalInt.empty());
  }

  private static TensorType floats(Dim... dims) {
    return TensorType.of(DType.F64, dims);
  }

  private static Dim dim(String axis, long size) {
    return new Dim(axis, size);
  }
}
