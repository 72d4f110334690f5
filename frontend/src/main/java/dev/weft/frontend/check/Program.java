package dev.weft.frontend.check;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Iota;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The function that is being made of a model: its weights, inputs, outputs and loss so far. */
final class Program {
  /** The name of the function. */
  static final String NAME = "model";

  private record Output(Value value, Span declared) {}

  private final Region top;
  private final Map<Port, Param> weights = new LinkedHashMap<>();
  private final Map<String, WeightFacts> weightFacts = new LinkedHashMap<>();
  private final Map<Port, Param> data = new LinkedHashMap<>();
  private final Map<Dim, Value> counts = new HashMap<>();
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final Map<String, List<String>> shardHints = new LinkedHashMap<>();
  private Optional<Value> loss = Optional.empty();

  Program(Region top) {
    this.top = top;
  }

  /**
   * Adds a weight.
   *
   * @param layerAxes how many of its axes, in front, count the layers of repeats
   */
  Param weight(String path, Init init, TensorType type, int layerAxes) {
    var param = new Param(path, type);
    weights.put(new Port.Weight(path, init), param);
    weightFacts.put(path, new WeightFacts(type.rank(), layerAxes));
    return param;
  }

  /** What an optimizer asks about the weights so far, by path. */
  Map<String, WeightFacts> weightFacts() {
    return weightFacts;
  }

  Param input(Port.Data port, TensorType type) {
    var param = new Param(port.name(), type);
    data.put(port, param);
    return param;
  }

  /** The integer that random choices of a step depend on, as a value in a region. */
  Value stepKey(Region region) {
    var port = new Port.Data("step.key", OptionalLong.empty(), new Port.Feed.StepKey());
    return fed(port, TensorType.scalar(DType.I32), region);
  }

  /**
   * The positions along an axis, as a value in a region. A micro-batch has a part of the batch:
   * positions along it are an input, which is cut as data are. Any other axis counts for itself.
   */
  Value positions(Dim axis, Region region) {
    if (axis.axis().equals(Recipe.BATCH_AXIS)) {
      var name = axis.axis() + ".position";
      var port = new Port.Data(name, OptionalLong.empty(), new Port.Feed.Positions());
      return fed(port, TensorType.of(DType.I32, axis), region);
    }
    var count =
        counts.computeIfAbsent(
            axis, a -> top.builder().emit(a.axis() + ".position", new Iota(a, List.of())));
    return region.receive(count, top);
  }

  /** An input that the model does not declare, and whoever trains provides. */
  private Value fed(Port.Data port, TensorType type, Region region) {
    var param = data.computeIfAbsent(port, p -> new Param(p.name(), type));
    return region.receive(param, top);
  }

  /** Keeps a value as a result; where the name is taken, the place that took it. */
  Optional<Span> output(String name, Value value, Span declared) {
    return Optional.ofNullable(outputs.putIfAbsent(name, new Output(value, declared)))
        .map(Output::declared);
  }

  void loss(Value value) {
    loss = Optional.of(value);
  }

  void shard(String axis, String meshAxis) {
    shardHints.computeIfAbsent(axis, a -> new ArrayList<>()).add(meshAxis);
  }

  Map<String, List<String>> shardHints() {
    return shardHints;
  }

  /** The module of a model in which nothing was wrong. */
  Module module() {
    var inputs = new ArrayList<Port>();
    inputs.addAll(weights.keySet());
    inputs.addAll(data.keySet());
    weights.values().forEach(top.builder()::param);
    data.values().forEach(top.builder()::param);
    var results = new ArrayList<Port>();
    var values = new ArrayList<Value>();
    results.add(new Port.Loss("loss"));
    values.add(loss.orElseThrow());
    outputs.forEach(
        (name, output) -> {
          results.add(new Port.Output(name));
          values.add(output.value());
        });
    return Module.of(new Function(NAME, inputs, top.builder().build(values), results));
  }
}
