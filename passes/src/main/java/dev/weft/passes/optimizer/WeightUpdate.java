package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The optimizer on packed vectors: reduces the gradient over the replicas, updates this device's
 * share, gathers the new weights.
 *
 * <p>Weights of 16 bits are the rounded form of a master copy of 32 bits, which is part of the
 * state: the update reads and writes the copy, and the weights are rounded anew after it.
 */
final class WeightUpdate {
  private static final String FLAT = "flat";

  private final Plan plan;
  private final OptimizerSpec optimizer;
  private final Holdings holdings;
  private final Builder builder;
  private final List<String> over;
  private final int replicas;
  private final List<String> further;

  /** Whether the packed vector is cut into equal shares (level 1). */
  private final boolean shared;

  /** Whether each weight is cut, as its gradient is already (levels 2 and 3). */
  private final boolean spread;

  private Optional<UpdateState> state = Optional.empty();

  /** An update of weights. */
  WeightUpdate(Plan plan, OptimizerSpec optimizer, Builder builder, Holdings holdings) {
    this.plan = plan;
    this.optimizer = optimizer;
    this.holdings = holdings;
    this.builder = builder;
    var sharding = plan.optimizerSharding();
    this.over = sharding.over().stream().filter(a -> plan.mesh().size(a) > 1).toList();
    this.further = sharding.replicas().stream().filter(a -> plan.mesh().size(a) > 1).toList();
    this.replicas = plan.mesh().size(over);
    this.shared = sharding.level() == 1 && replicas > 1;
    this.spread = sharding.level() > 1;
  }

  /** Declares the optimizer's state and step number; returns their ports in order. */
  List<Port> declareState(TensorType flat) {
    var dim = flat.dims().getFirst();
    var share = flat.withDims(List.of(dim.resized(shared ? dim.size() / replicas : dim.size())));
    var declared = new UpdateState(optimizer, share.in(where()));
    state = Optional.of(declared);
    return declared.declare(builder);
  }

  /** The ports of the state, once it is declared. */
  List<Port> statePorts() {
    return declared().ports();
  }

  /** The scale of the loss, which is part of the state, if the loss is scaled. */
  Optional<Value> lossScale() {
    return declared().find(UpdateState.SCALE);
  }

  /**
   * Emits the update.
   *
   * @param weights as this device holds them
   * @param gradient the packed gradients, summed over what it is summed over as it is made
   * @param made each weight's gradient as it is made: its type and layout
   */
  Updated emit(List<Param> weights, Value gradient, List<Value> made) {
    var flat = gradient.type();
    var reduced = reduce(gradient);
    var pieces = spread ? pieces(weights, made) : weights;
    var shares = shared ? over : List.<String>of();
    var norms =
        new Norms(plan.mesh(), holdings, pieces, cutting(pieces), stacks(), shares, builder);
    var rule = new UpdateRule(optimizer, declared(), norms, groups(pieces), builder);
    var wide = declared().widened(reduced, builder);
    var fresh = rule.emit(mine(weights, pieces, flat), wide, moved(wide, where()));
    var home = weights.getFirst().type().space();
    var whole = gathered(fresh.weights(), flat, home);
    var updated = unpacked("new_", whole, pieces);
    var joined = isJoined(weights, pieces) ? joined(updated, weights) : updated;
    return new Updated(joined, fresh.state(), reduced, pieces);
  }

  /** Whether weights are more than what this device updates of them (level 2). */
  private static boolean isJoined(List<Param> weights, List<Param> pieces) {
    for (int w = 0; w < weights.size(); w++) {
      if (weights.get(w).type().elements() != pieces.get(w).type().elements()) {
        return true;
      }
    }
    return false;
  }

  /** Whole weights of shares; in one vector, as the step found them. */
  private List<Value> joined(List<Value> shares, List<Param> weights) {
    var whole = new SharedWeights(plan.mesh(), builder).joined(shares, weights);
    long elements = weights.stream().mapToLong(w -> w.type().elements()).sum();
    var pack = new Pack(new Dim(FLAT, elements));
    return unpacked("new_", builder.emit("weights", pack, whole.toArray(Value[]::new)), weights);
  }

  /** The memory in which the state lies: the update runs there. */
  private MemorySpace where() {
    return plan.offload().contains(Offload.OPTIMIZER) ? MemorySpace.HOST : MemorySpace.DEVICE;
  }

  private Value moved(Value value, MemorySpace to) {
    if (value.type().space() == to) {
      return value;
    }
    return builder.emit(
        value.name(), to == MemorySpace.HOST ? new ToHost() : new ToDevice(), value);
  }

  /** Pieces of a packed vector, each laid as a parameter is. */
  private List<Value> unpacked(String prefix, Value vector, List<Param> like) {
    var types = like.stream().map(p -> p.type().in(vector.type().space())).toList();
    var names = like.stream().map(w -> prefix + w.name()).toList();
    var shardings = like.stream().map(Param::sharding).toList();
    return builder.node(names, new Unpack(types), List.of(vector), List.of(), shardings).results();
  }

  /** What this device updates of each weight: the share in which its gradient lies. */
  private static List<Param> pieces(List<Param> weights, List<Value> made) {
    var pieces = new ArrayList<Param>();
    for (int w = 0; w < weights.size(); w++) {
      var layout = made.get(w).sharding().map(s -> s.withoutPartial());
      pieces.add(new Param(weights.get(w).name(), made.get(w).type(), layout));
    }
    return pieces;
  }

  /**
   * The ports and values that say which gradients the optimizer consumed: one vector of all, or
   * where each weight is cut, one for each.
   */
  Map<Port, Value> gradients(Updated updated) {
    var gradients = new LinkedHashMap<Port, Value>();
    if (!spread) {
      gradients.put(new Port.Gradient(FLAT), updated.gradient());
      return gradients;
    }
    var views = unpacked("d_", updated.gradient(), updated.pieces());
    for (int w = 0; w < views.size(); w++) {
      gradients.put(new Port.Gradient(holdings.weights().get(w).name()), views.get(w));
    }
    return gradients;
  }

  /**
   * What an update makes.
   *
   * @param gradient the packed gradients that it consumed
   * @param pieces what they are gradients of, in order
   */
  record Updated(List<Value> weights, List<Value> state, Value gradient, List<Param> pieces) {}

  private UpdateState declared() {
    return state.orElseThrow(() -> new IllegalStateException("the state is not declared yet"));
  }

  private Value reduce(Value gradient) {
    var sum = gradient;
    var rest = new ArrayList<>(further);
    if (shared) {
      sum = builder.emit("grad", new ReduceScatter(FLAT, Combine.SUM, over, replicas), sum);
    } else if (!spread) {
      rest.addAll(0, over);
    }
    return rest.isEmpty()
        ? sum
        : builder.emit("grad", new AllReduce(Combine.SUM, rest, plan.mesh().size(rest)), sum);
  }

  /** The weights that this device updates, in the precision of the state. */
  private Value mine(List<Param> weights, List<Param> pieces, TensorType flat) {
    if (declared().isMixed()) {
      return declared().get(UpdateState.MASTER);
    }
    var pack = new Pack(flat.dims().getFirst());
    var own =
        spread
            ? new SharedWeights(plan.mesh(), builder).cut(weights, pieces)
            : List.copyOf(weights);
    var packed = builder.emit("weights", pack, own.toArray(Value[]::new));
    var mine = shared ? builder.emit("mine", new ShardSlice(FLAT, over, replicas), packed) : packed;
    return moved(mine, where());
  }

  /** The new weights of all shares, in the precision in which they are used. */
  private Value gathered(Value fresh, TensorType flat, MemorySpace home) {
    var rounded =
        declared().isMixed() ? builder.emit("rounded", new Convert(flat.dtype()), fresh) : fresh;
    if (!shared) {
      return moved(rounded, home);
    }
    // Devices exchange what lies on them.
    var here = moved(rounded, MemorySpace.DEVICE);
    return moved(builder.emit("weights", new AllGather(FLAT, over, replicas), here), home);
  }

  /** Every mesh axis that cuts a piece that some device updates. */
  private List<String> cutting(List<Param> pieces) {
    var axes = new LinkedHashSet<>(holdings.cutting(pieces));
    if (spread) {
      axes.addAll(over);
    }
    return List.copyOf(axes);
  }

  private Map<String, Integer> stacks() {
    return optimizer instanceof OptimizerSpec.Lamb lamb ? lamb.stacks() : Map.of();
  }

  /** The weight decay of each weight, in the order in which they are packed. */
  private DecayGroups groups(List<Param> weights) {
    var ranges = new ArrayList<DecayGroups.Range>();
    for (int i = 0; i < weights.size(); i++) {
      boolean decays = !optimizer.rules().undecayed().contains(path(i));
      ranges.add(
          new DecayGroups.Range(
              weights.get(i).type().elements(), decays ? optimizer.weightDecay() : 0));
    }
    return DecayGroups.merged(ranges, shared ? over : List.of());
  }

  private String path(int weight) {
    return holdings.weights().get(weight).path();
  }
}
