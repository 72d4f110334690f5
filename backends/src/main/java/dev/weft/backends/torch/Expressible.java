package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import java.util.Optional;

/** Which steps a bundle can carry out. */
final class Expressible {
  private static final String FLAT = "flat";

  private Expressible() {}

  /** What a bundle would lack, in words; empty where it lacks nothing. */
  static Optional<String> obstacle(Module step) {
    if (step.functions().stream().anyMatch(Expressible::usesHost)) {
      return Optional.of("the plan keeps values on the host (`offload`)");
    }
    return step.functions().stream().anyMatch(Expressible::spreadsGradients)
        ? Optional.of("the plan spreads gradients or weights over replicas (`zero=2`, `zero=3`)")
        : Optional.empty();
  }

  private static boolean usesHost(Function function) {
    return function
        .body()
        .allNodes()
        .anyMatch(n -> n.op() instanceof ToHost || n.op() instanceof ToDevice);
  }

  /** Then the optimizer consumes each gradient by itself, not one packed vector of all. */
  private static boolean spreadsGradients(Function function) {
    return function.outputs().stream()
        .anyMatch(p -> p instanceof Port.Gradient && !p.name().equals(FLAT));
  }
}
