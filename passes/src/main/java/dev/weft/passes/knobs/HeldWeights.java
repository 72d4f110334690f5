package dev.weft.passes.knobs;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * What a weight takes of the memory of each device that has it: itself, and where the optimizer is
 * known its gradient and its state. The state has the weight's precision, at least 32 bits: one
 * vector for momentum, two for Adam and LAMB, and a master copy of weights of 16 bits. So a weight
 * of 32 bits under Adam takes 4 times its bytes, and one of 16 bits 8 times (2 + 2 + 4 + 4 + 4
 * bytes for each number). Activations are not counted.
 *
 * @param cuts the rules that cut weights
 * @param mesh the axes that the rules name
 */
record HeldWeights(Knobs knobs, Optional<OptimizerSpec> optimizer, List<AxisRule> cuts, Mesh mesh) {
  HeldWeights {
    cuts = List.copyOf(cuts);
  }

  /** The bytes on each device, rounded up. */
  long bytes(TensorType weight) {
    long whole = Math.ceilDiv(weight.bytes(), pieces(weight));
    long held = inHost(Offload.PARAMS) ? 0 : shared(weight, whole, 3);
    if (optimizer.isEmpty()) {
      return held;
    }
    long state = whole / weight.dtype().bytes() * stateBytes(optimizer.get(), weight.dtype());
    return held
        + shared(weight, whole, 2)
        + (inHost(Offload.OPTIMIZER) ? 0 : shared(weight, state, 1));
  }

  private boolean inHost(Offload what) {
    return knobs.offload().contains(what);
  }

  /** Into how many pieces the rules cut a weight. */
  private int pieces(TensorType weight) {
    return mesh.size(cutting(weight));
  }

  private List<String> cutting(TensorType weight) {
    return cuts.stream()
        .filter(r -> r.scope() == AxisRule.Scope.ALL && weight.bears(r.axis()))
        .flatMap(r -> r.over().stream())
        .distinct()
        .toList();
  }

  /**
   * The share of each replica, from a level of optimizer sharding on. Replicas that hold different
   * experts share none of them.
   */
  private long shared(TensorType weight, long bytes, int level) {
    if (knobs.zero() < level) {
      return bytes;
    }
    boolean isSpread = cutting(weight).contains(PlanFromKnobs.EXPERTS);
    int replicas = isSpread ? knobs.dp() / knobs.experts().replicas(knobs.tp()) : knobs.dp();
    return Math.ceilDiv(bytes, knobs.hybrid().orElse(replicas));
  }

  /** The bytes of state for each number of a weight. */
  private static long stateBytes(OptimizerSpec optimizer, DType weight) {
    int moments =
        switch (optimizer) {
          case OptimizerSpec.Sgd sgd -> sgd.momentum() == 0 ? 0 : 1;
          case OptimizerSpec.Adam _, OptimizerSpec.Lamb _ -> 2;
        };
    int precise = Math.max(weight.bytes(), DType.F32.bytes());
    int master = precise == weight.bytes() ? 0 : 1;
    return (long) precise * (moments + master);
  }
}
