package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Send;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.core.WeightShares;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes the program of one place along a pipeline: its row of the schedule, then the update. */
final class DeviceProgram {
  private final PipelinedStep step;
  private final Crossings crossings;
  private final int device;
  private final List<Action> row;
  private final Map<Integer, ArrayDeque<Crossing>> arrivals;
  private final Builder builder = new Builder();
  private final Map<Port, Param> weights = new LinkedHashMap<>();
  private final FetchedWeights fetched;
  private final BatchSlices data;
  private final MicroResults results;
  private final List<Function> stages;
  private final StageGradients gradients;
  private final Map<Crossing, Value> here = new HashMap<>();
  private final Map<Kept, Value> kept = new HashMap<>();
  private Optional<Value> lossScale = Optional.empty();

  /** A value that a stage saves of a micro-batch. */
  private record Kept(int stage, int micro, String name) {}

  DeviceProgram(
      PipelinedStep step,
      List<Function> stages,
      Crossings crossings,
      Schedule schedule,
      BatchPieces batch,
      int device) {
    this.step = step;
    this.crossings = crossings;
    this.device = device;
    this.row = schedule.rows().get(device);
    this.arrivals = crossings.arrivals(schedule, device);
    this.data = new BatchSlices(batch, builder);
    this.results = new MicroResults(step.micro(), step.outputs(), batch, builder);
    this.stages = stages;
    this.gradients = new StageGradients(step, stages, device, builder);
    this.fetched =
        new FetchedWeights(step.plan(), row.stream().map(crossings::function).toList(), builder);
  }

  Function write() {
    var ownStages = gradients.ownStages();
    for (var stage : ownStages) {
      for (int i : stage.inputIndices(Port.Weight.class)) {
        declare(stage, i);
      }
    }
    var inputs = new ArrayList<Port>(weights.keySet());
    var flat = gradients.flatType();
    var over = step.plan().optimizerSharding().over();
    var update =
        new WeightUpdate(
            step.plan(),
            step.optimizer(),
            builder,
            gradients.holdings(),
            gradients.form(),
            new WeightShares(step.plan().mesh(), over, WeightShares.loops(stages)),
            List.copyOf(weights.values()),
            gradients.made());
    inputs.addAll(update.declareState(flat));
    lossScale = update.lossScale();
    for (var stage : ownStages) {
      for (int i : stage.inputIndices(Port.Data.class)) {
        data.declare(stage.inputs().get(i), stage.body().params().get(i));
      }
    }
    inputs.addAll(data.ports());

    for (int at = 0; at < row.size(); at++) {
      fetched.advance(at, weights);
      perform(row.get(at));
    }
    drain();

    var totals = results.totals();
    var updated = update.emit(gradients.total());
    var yields = new ArrayList<Value>(totals.values());
    var outputs = new ArrayList<Port>(totals.keySet());
    yields.addAll(updated.weights());
    outputs.addAll(weights.keySet());
    yields.addAll(updated.state());
    outputs.addAll(update.statePorts());
    var consumed = update.gradients(updated);
    yields.addAll(consumed.values());
    outputs.addAll(consumed.keySet());
    return new Function(Module.programName(device), inputs, builder.build(yields), outputs);
  }

  private void declare(Function stage, int input) {
    var port = stage.inputs().get(input);
    var param = stage.body().params().get(input);
    weights.computeIfAbsent(port, _ -> builder.param(WeightsHome.param(param, step.plan())));
  }

  private void perform(Action action) {
    var function = crossings.function(action);
    var operands = new ArrayList<Value>();
    for (int i = 0; i < function.inputs().size(); i++) {
      operands.add(operand(action, function.inputs().get(i), function.body().params().get(i)));
    }
    var call = call(action, function, operands);
    for (int i = 0; i < function.outputs().size(); i++) {
      result(action, function.outputs().get(i), call.result(i));
    }
    for (var shipment : crossings.after(action)) {
      var value = Objects.requireNonNull(here.get(shipment.what()));
      var send = new Send(step.pipeline().over(), shipment.to());
      builder.node(List.of(), send, List.of(value), List.of(), List.of());
    }
  }

  private Node call(Action action, Function function, List<Value> operands) {
    var yields = function.body().yields();
    var types = yields.stream().map(Value::type).toList();
    var op = new Call(function.name(), action.stage(), action.phase(), action.micro(), types);
    var names = yields.stream().map(Value::name).toList();
    var shardings = yields.stream().map(Value::sharding).toList();
    return builder.node(names, op, operands, List.of(), shardings);
  }

  private Value operand(Action action, Port port, Param param) {
    int micro = action.micro();
    return switch (port) {
      case Port.Weight weight ->
          fetched.find(weight).orElseGet(() -> Objects.requireNonNull(weights.get(weight)));
      case Port.Data data -> this.data.slice(data, micro);
      case Port.State _ -> lossScale.orElseThrow();
      case Port.Activation(var name) -> arrived(new Crossing.Forward(name, micro), param);
      case Port.Cotangent(var name) -> cotangent(name, micro, param);
      case Port.Saved(var name) ->
          Objects.requireNonNull(kept.get(new Kept(action.stage(), micro, name)));
      default -> throw new IllegalStateException("no operand of a phase: " + port);
    };
  }

  private void result(Action action, Port port, Value value) {
    int micro = action.micro();
    switch (port) {
      case Port.Activation(var name) -> here.put(new Crossing.Forward(name, micro), value);
      case Port.Cotangent(var name) ->
          here.put(new Crossing.Back(name, action.stage(), micro), value);
      case Port.Saved(var name) -> kept.put(new Kept(action.stage(), micro, name), value);
      case Port.Gradient _ -> gradients.add(action.stage(), value);
      default -> results.add(port, value);
    }
  }

  /** The sum of what all stages give back that took an activation. */
  private Value cotangent(String name, int micro, Param param) {
    Optional<Value> sum = Optional.empty();
    for (int from : crossings.returners(name)) {
      var one = arrived(new Crossing.Back(name, from, micro), param);
      sum = Optional.of(sum.map(s -> added(s, one)).orElse(one));
    }
    return sum.orElseThrow();
  }

  private Value added(Value a, Value b) {
    var names = List.of(a.name());
    var shardings = List.of(a.sharding());
    return builder.node(names, Binary.ADD, List.of(a, b), List.of(), shardings).result();
  }

  /** A value of this device, or one that is received together with all that comes before it. */
  private Value arrived(Crossing crossing, Param like) {
    while (!here.containsKey(crossing)) {
      var way = arrivals.getOrDefault(crossings.sender(crossing), new ArrayDeque<>());
      if (way.isEmpty()) {
        throw new IllegalStateException(crossing + " never comes to device " + device);
      }
      receive(way.remove(), crossings.sender(crossing));
    }
    return Objects.requireNonNull(here.get(crossing), like::toString);
  }

  private void receive(Crossing next, int from) {
    var like = crossings.like(next);
    var op = new Receive(step.pipeline().over(), from, like.type());
    var names = List.of(like.name());
    List<Optional<Sharding>> shardings = List.of(like.sharding());
    here.put(next, builder.node(names, op, List.of(), List.of(), shardings).result());
  }

  /** Whatever is still on its way has no use here; it must not stay there. */
  private void drain() {
    arrivals.forEach((from, way) -> way.forEach(next -> receive(next, from)));
  }
}
