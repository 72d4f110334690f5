package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.MemorySpace;
import java.util.List;

/** Where weights lie between steps. */
final class WeightsHome {
  private WeightsHome() {}

  static MemorySpace of(Plan plan) {
    return plan.offload().contains(Offload.PARAMS) ? MemorySpace.HOST : MemorySpace.DEVICE;
  }

  /** A parameter of a step, for a weight as a part of the step takes it. */
  static Param param(Param taken, Plan plan) {
    return new Param(taken.name(), taken.type().in(of(plan)), taken.sharding());
  }

  /** A weight in the memory in which it is wanted. */
  static Value moved(Value weight, MemorySpace wanted, Builder builder) {
    if (weight.type().space() == wanted) {
      return weight;
    }
    var names = List.of(weight.name());
    var layouts = List.of(weight.sharding());
    return builder.node(names, new ToDevice(), List.of(weight), List.of(), layouts).result();
  }
}
