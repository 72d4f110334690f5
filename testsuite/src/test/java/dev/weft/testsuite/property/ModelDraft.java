package dev.weft.testsuite.property;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** A whole model under construction: its weights and inputs. */
final class ModelDraft extends Draft {
  private static final double REUSE = 0.35;
  private final List<Param> weights = new ArrayList<>();
  private final List<Port> weightPorts = new ArrayList<>();
  private final List<Param> data = new ArrayList<>();
  private final List<Port> dataPorts = new ArrayList<>();
  private int loops;

  ModelDraft(Random random, Axes axes) {
    super(random, axes);
  }

  /** Floating-point data, which steps may use. */
  void input(List<Dim> dims) {
    var name = "x" + data.size();
    add(data(name, new TensorType(DType.F64, dims), OptionalLong.empty()), 3);
  }

  @Override
  Value integers(List<Dim> dims, long bound) {
    for (int i = 0; i < data.size(); i++) {
      var port = (Port.Data) dataPorts.get(i);
      boolean same = data.get(i).type().dims().equals(dims);
      if (same && port.bound().equals(OptionalLong.of(bound)) && chance(0.5)) {
        return data.get(i);
      }
    }
    var name = "ids" + data.size();
    return data(name, new TensorType(DType.I32, dims), OptionalLong.of(bound));
  }

  @Override
  Value fed(String name, Port.Feed feed, TensorType type) {
    var port = new Port.Data(name, OptionalLong.empty(), feed);
    if (!dataPorts.contains(port)) {
      data.add(new Param(name, type));
      dataPorts.add(port);
    }
    return data.get(dataPorts.indexOf(port));
  }

  @Override
  List<Value> iterations() {
    return List.of();
  }

  private Param data(String name, TensorType type, OptionalLong bound) {
    var param = new Param(name, type);
    data.add(param);
    dataPorts.add(new Port.Data(name, bound, OptionalInt.empty()));
    return param;
  }

  @Override
  Value weight(List<Dim> dims) {
    var wanted = List.copyOf(dims);
    var known = weights.stream().filter(w -> w.type().dims().equals(wanted)).toList();
    if (!known.isEmpty() && chance(REUSE)) {
      return one(known);
    }
    var name = "w" + weights.size();
    weights.add(new Param(name, new TensorType(DType.F64, dims)));
    weightPorts.add(new Port.Weight(name, init()));
    return weights.getLast();
  }

  private Init init() {
    return chance(0.2) ? new Init.Uniform(1) : new Init.Normal(0.7);
  }

  /** The weights there are. */
  List<Param> weights() {
    return weights;
  }

  @Override
  Dim loopAxis() {
    return axes.define("loop" + loops++, 1 + random.nextInt(3));
  }

  @Override
  int depth() {
    return 0;
  }

  Function function(List<Value> yields, List<Port> outputs) {
    var params = new ArrayList<>(weights);
    params.addAll(data);
    var inputs = new ArrayList<>(weightPorts);
    inputs.addAll(dataPorts);
    return new Function(
        "model", inputs, new Block(params, builder.build(List.of()).nodes(), yields), outputs);
  }
}
