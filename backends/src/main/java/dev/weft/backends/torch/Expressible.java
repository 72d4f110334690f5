package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which steps a bundle can carry out. */
final class Expressible {
  private Expressible() {}

  /** What a bundle would lack, in words; empty where it lacks nothing. */
  static Optional<String> obstacle(Module step) {
    if (step.functions().stream().anyMatch(Expressible::usesHost)) {
      return Optional.of("the plan keeps values on the host (`offload`)");
    }
    return step.functions().stream().anyMatch(Expressible::spreadsGradientsAlone)
        ? Optional.of("the plan spreads gradients, and not weights, over replicas (`zero=2`)")
        : Optional.empty();
  }

  private static boolean usesHost(Function function) {
    return function
        .body()
        .allNodes()
        .anyMatch(n -> n.op() instanceof ToHost || n.op() instanceof ToDevice);
  }

  /** Then a gradient lies otherwise than its weight. */
  private static boolean spreadsGradientsAlone(Function function) {
    var weights = new HashMap<String, TensorType>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      weights.put(function.inputs().get(i).name(), function.body().params().get(i).type());
    }
    return differs(function, weights);
  }

  private static boolean differs(Function function, Map<String, TensorType> weights) {
    for (int i : function.outputIndices(Port.Gradient.class)) {
      var weight = weights.get(function.outputs().get(i).name());
      var gradient = function.body().yields().get(i).type();
      if (weight != null && !weight.equals(gradient)) {
        return true;
      }
    }
    return false;
  }
}
