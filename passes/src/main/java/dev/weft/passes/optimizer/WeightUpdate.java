package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The optimizer on packed vectors: reduces the gradient over the replicas, updates this device's
 * share, gathers the new weights.
 */
final class WeightUpdate {
  private static final String FLAT = "flat";

  private final OptimizerSpec optimizer;
  private final Builder builder;
  private final List<String> over;
  private final int replicas;
  private final boolean shared;
  private final List<Param> state = new ArrayList<>();
  private Optional<Param> step = Optional.empty();

  WeightUpdate(Plan plan, OptimizerSpec optimizer, Builder builder) {
    this.optimizer = optimizer;
    this.builder = builder;
    this.over =
        plan.optimizerSharding().over().stream().filter(a -> plan.mesh().size(a) > 1).toList();
    this.replicas = plan.mesh().size(over);
    this.shared = plan.optimizerSharding().level() > 0 && replicas > 1;
  }

  /** Declares the optimizer's state and step number; returns their ports in order. */
  List<Port> declareState(TensorType flat) {
    var dim = flat.dims().getFirst();
    var share = flat.withDims(List.of(dim.resized(shared ? dim.size() / replicas : dim.size())));
    var ports = new ArrayList<Port>(statePorts());
    statePorts().forEach(p -> state.add(builder.param(p.name(), share)));
    if (optimizer instanceof OptimizerSpec.Adam) {
      step = Optional.of(builder.param("step", TensorType.scalar(DType.I32)));
      ports.add(new Port.Step("step"));
    }
    return ports;
  }

  List<Port> statePorts() {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> sgd.momentum() == 0 ? List.of() : List.of(new Port.State("v"));
      case OptimizerSpec.Adam adam -> List.of(new Port.State("m"), new Port.State("v"));
    };
  }

  Updated emit(List<Param> weights, Value gradient) {
    var flat = gradient.type().dims().getFirst();
    var reduced = reduce(gradient);
    var packed = builder.emit("weights", new Pack(flat), weights.toArray(Value[]::new));
    var mine = shared ? builder.emit("mine", new ShardSlice(FLAT, over, replicas), packed) : packed;
    var update = update(mine, reduced);
    var fresh = update.result(0);
    var whole =
        shared ? builder.emit("weights", new AllGather(FLAT, over, replicas), fresh) : fresh;
    var types = weights.stream().map(Param::type).toList();
    var names = weights.stream().map(w -> "new_" + w.name()).toList();
    var shardings = weights.stream().map(Param::sharding).toList();
    var unpacked = builder.node(names, new Unpack(types), List.of(whole), List.of(), shardings);
    var results = update.results();
    return new Updated(unpacked.results(), results.subList(1, results.size()), reduced);
  }

  record Updated(List<Value> weights, List<Value> state, Value gradient) {}

  private Value reduce(Value gradient) {
    if (replicas == 1) {
      return gradient;
    }
    return shared
        ? builder.emit("grad", new ReduceScatter(FLAT, Combine.SUM, over, replicas), gradient)
        : builder.emit("grad", new AllReduce(Combine.SUM, over, replicas), gradient);
  }

  private Node update(Value weights, Value gradient) {
    var operands = new ArrayList<Value>(List.of(weights, gradient));
    operands.addAll(state);
    step.ifPresent(operands::add);
    var names = new ArrayList<>(List.of("updated"));
    statePorts().forEach(p -> names.add("new_" + p.name()));
    return builder.node(
        names,
        op(),
        operands,
        List.of(),
        Collections.nCopies(names.size(), Optional.<Sharding>empty()));
  }

  private Op op() {
    return switch (optimizer) {
      case OptimizerSpec.Sgd(var lr, var momentum) -> new SgdUpdate(lr, momentum);
      case OptimizerSpec.Adam adam ->
          new AdamUpdate(
              adam.lr(), adam.beta1(), adam.beta2(), adam.eps(), adam.weightDecay(), adam.decay());
    };
  }
}
