package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Pack;
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
import dev.weft.passes.core.WeightShares;
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

  private final List<Param> weights;
  private final List<Value> made;
  private final ReductionForm form;

  /** What this device updates of each weight. */
  private final List<Param> pieces;

  private Optional<UpdateState> state = Optional.empty();

  /**
   * An update of weights.
   *
   * @param form how gradients come together
   * @param shares where the shares of weights lie that are shared one by one
   * @param weights as this device holds them
   * @param made each weight's gradient as it is made: its type and layout
   */
  WeightUpdate(
      Plan plan,
      OptimizerSpec optimizer,
      Builder builder,
      Holdings holdings,
      ReductionForm form,
      WeightShares shares,
      List<Param> weights,
      List<Value> made) {
    this.plan = plan;
    this.optimizer = optimizer;
    this.holdings = holdings;
    this.builder = builder;
    var sharding = plan.optimizerSharding();
    this.over = sharding.over().stream().filter(a -> plan.mesh().size(a) > 1).toList();
    this.replicas = plan.mesh().size(over);
    this.form = form;
    this.weights = List.copyOf(weights);
    this.made = List.copyOf(made);
    this.pieces =
        switch (form) {
          case WHOLE, PACKED_SHARES -> this.weights;
          case AS_MADE -> madePieces();
          case BY_WEIGHT ->
              sharding.level() == 0
                  ? this.weights
                  : weights.stream().map(w -> piece(w, shares)).toList();
        };
  }

  /** The share of a weight that is cut further where replicas hold the same piece of it. */
  private Param piece(Param weight, WeightShares shares) {
    var use = weight.sharding().orElseThrow();
    var share = shares.of(weight.type(), use);
    var dims = new ArrayList<Dim>();
    for (int d = 0; d < weight.type().rank(); d++) {
      var dim = weight.type().dims().get(d);
      int parts = plan.mesh().size(SharedWeights.added(use, share, d));
      dims.add(dim.resized(dim.size() / parts));
    }
    return new Param(weight.name(), weight.type().withDims(dims), Optional.of(share));
  }

  /** Declares the optimizer's state and step number; returns their ports in order. */
  List<Port> declareState(TensorType flat) {
    var declared = new UpdateState(optimizer, share(flat).in(where()));
    state = Optional.of(declared);
    return declared.declare(builder);
  }

  /** The part of the packed vector that this device updates. */
  private TensorType share(TensorType flat) {
    var dim = flat.dims().getFirst();
    long size =
        switch (form) {
          case WHOLE, AS_MADE -> dim.size();
          case PACKED_SHARES -> dim.size() / replicas;
          case BY_WEIGHT -> pieces.stream().mapToLong(p -> p.type().elements()).sum();
        };
    return flat.withDims(List.of(dim.resized(size)));
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
   * @param gradient the packed gradients, summed over what it is summed over as it is made
   */
  Updated emit(Value gradient) {
    var reduced = new GradientReduction(plan, form, weights, pieces, made, builder).of(gradient);
    var flat = form == ReductionForm.BY_WEIGHT ? reduced.type() : gradient.type();
    var shares = isPacked() ? over : List.<String>of();
    var norms = new Norms(plan.mesh(), holdings, pieces, cutting(), stacks(), shares, builder);
    var rule = new UpdateRule(optimizer, declared(), norms, groups(), builder);
    var wide = declared().widened(reduced, builder);
    var fresh = rule.emit(mine(flat), wide, moved(wide, where()));
    var home = weights.getFirst().type().space();
    var whole = gathered(fresh.weights(), flat, home);
    var updated = unpacked("new_", whole, pieces);
    var joined = isJoined() ? joined(updated) : updated;
    return new Updated(joined, fresh.state(), reduced, pieces);
  }

  /** Whether the packed vector is cut into equal shares. */
  private boolean isPacked() {
    return form == ReductionForm.PACKED_SHARES;
  }

  /** Whether each weight is cut for itself, or may be. */
  private boolean isSpread() {
    return form == ReductionForm.AS_MADE
        || form == ReductionForm.BY_WEIGHT && plan.optimizerSharding().level() > 0;
  }

  /** Whether weights are more than what this device updates of them. */
  private boolean isJoined() {
    for (int w = 0; w < weights.size(); w++) {
      if (weights.get(w).type().elements() != pieces.get(w).type().elements()) {
        return true;
      }
    }
    return false;
  }

  /** Whole weights of shares; in one vector, as the step found them. */
  private List<Value> joined(List<Value> shares) {
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

  /** The shares in which the gradients lie. */
  private List<Param> madePieces() {
    var found = new ArrayList<Param>();
    for (int w = 0; w < weights.size(); w++) {
      var layout = made.get(w).sharding().map(s -> s.withoutPartial());
      found.add(new Param(weights.get(w).name(), made.get(w).type(), layout));
    }
    return found;
  }

  /**
   * The ports and values that say which gradients the optimizer consumed: one vector of all, or
   * where each weight is cut, one for each.
   */
  Map<Port, Value> gradients(Updated updated) {
    var gradients = new LinkedHashMap<Port, Value>();
    if (!isSpread()) {
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

  /** The weights that this device updates, in the precision of the state. */
  private Value mine(TensorType flat) {
    if (declared().isMixed()) {
      return declared().get(UpdateState.MASTER);
    }
    var pack = new Pack(flat.dims().getFirst());
    var own =
        isSpread()
            ? new SharedWeights(plan.mesh(), builder).cut(weights, pieces)
            : List.copyOf(weights);
    var packed = builder.emit("weights", pack, own.toArray(Value[]::new));
    var mine =
        isPacked() ? builder.emit("mine", new ShardSlice(FLAT, over, replicas), packed) : packed;
    return moved(mine, where());
  }

  /** The new weights of all shares, in the precision in which they are used. */
  private Value gathered(Value fresh, TensorType flat, MemorySpace home) {
    var rounded =
        declared().isMixed() ? builder.emit("rounded", new Convert(flat.dtype()), fresh) : fresh;
    if (!isPacked()) {
      return moved(rounded, home);
    }
    // Devices exchange what lies on them.
    var here = moved(rounded, MemorySpace.DEVICE);
    return moved(builder.emit("weights", new AllGather(FLAT, over, replicas), here), home);
  }

  /** Every mesh axis that cuts a piece that some device updates. */
  private List<String> cutting() {
    var axes = new LinkedHashSet<>(holdings.cutting(pieces));
    if (isSpread()) {
      axes.addAll(over);
    }
    return List.copyOf(axes);
  }

  private Map<String, Integer> stacks() {
    return optimizer instanceof OptimizerSpec.Lamb lamb ? lamb.stacks() : Map.of();
  }

  /** The weight decay of each weight, in the order in which they are packed. */
  private DecayGroups groups() {
    var ranges = new ArrayList<DecayGroups.Range>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean decays = !optimizer.rules().undecayed().contains(path(i));
      ranges.add(
          new DecayGroups.Range(
              pieces.get(i).type().elements(), decays ? optimizer.weightDecay() : 0));
    }
    return DecayGroups.merged(ranges, isPacked() ? over : List.of());
  }

  private String path(int weight) {
    return holdings.weights().get(weight).path();
  }
}
