package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Convert;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an optimizer keeps between steps: vectors as long as a device's share of the weights, and
 * scalars that are the same on every device.
 */
final class UpdateState {
  /** The scale of the loss. */
  static final String SCALE = "scale";

  /** The number of steps with finite gradients since the scale changed. */
  static final String FINITE = "finite";

  /** The weights in 32 bits, where they have 16. */
  static final String MASTER = "master";

  private static final String STEP = "step";

  private final OptimizerSpec optimizer;
  private final boolean mixed;
  private final TensorType share;
  private final Map<Port.State, TensorType> slots;
  private final Map<String, Param> params = new LinkedHashMap<>();

  /**
   * The state of a share of the weights.
   *
   * @param weights the type of the share, in the precision of the weights
   */
  UpdateState(OptimizerSpec optimizer, TensorType weights) {
    this.optimizer = optimizer;
    this.share = weights.withDType(precision(weights.dtype()));
    this.mixed = !share.equals(weights);
    this.slots = slots();
  }

  /** The precision of the state of weights: at least 32 bits. */
  static DType precision(DType weights) {
    return weights.bytes() < DType.F32.bytes() ? DType.F32 : weights;
  }

  private Map<Port.State, TensorType> slots() {
    var found = new LinkedHashMap<Port.State, TensorType>();
    for (var name : moments()) {
      found.put(new Port.State(name), share);
    }
    if (mixed) {
      found.put(new Port.State(MASTER, new Port.Start.Weights()), share);
    }
    optimizer
        .rules()
        .lossScale()
        .ifPresent(
            scale -> {
              var start = new Port.Start.Constant(scale.initial());
              found.put(new Port.State(SCALE, start), scalar());
              found.put(new Port.State(FINITE), scalar());
            });
    return found;
  }

  /** The names of the vectors that the optimizer itself keeps, in the order of its operands. */
  List<String> moments() {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> sgd.momentum() == 0 ? List.of() : List.of("v");
      case OptimizerSpec.Adam _, OptimizerSpec.Lamb _ -> List.of("m", "v");
    };
  }

  /** Declares the state, and the number of the step where something depends on it. */
  List<Port> declare(Builder builder) {
    var declared = new ArrayList<Port>(slots.keySet());
    slots.forEach((port, type) -> params.put(port.name(), builder.param(port.name(), type)));
    if (!(optimizer instanceof OptimizerSpec.Sgd) || !optimizer.rate().isConstant()) {
      params.put(STEP, builder.param(STEP, TensorType.scalar(DType.I32)));
      declared.add(new Port.Step(STEP));
    }
    return declared;
  }

  List<Port> ports() {
    return List.copyOf(slots.keySet());
  }

  /** Whether the weights are rounded copies of the state's. */
  boolean isMixed() {
    return mixed;
  }

  /** The type of one number of the state. */
  TensorType scalar() {
    return TensorType.scalar(share.dtype());
  }

  Value step() {
    return get(STEP);
  }

  Value get(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException("no state " + name));
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(params.get(name));
  }

  /** A gradient in the precision of the state. */
  Value widened(Value gradient, Builder builder) {
    return mixed ? builder.emit("wide", new Convert(share.dtype()), gradient) : gradient;
  }
}
