package dev.weft.passes.remat;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.SharedSum;
import dev.weft.passes.cost.Roofline;

/** What running a node again costs, in the equivalents of flops of {@link Roofline}. */
public final class RecomputeCost {
  /** Of a node that must run once: it exchanges messages, or adds what others have added. */
  static final double NEVER = Double.POSITIVE_INFINITY;

  private RecomputeCost() {}

  /** The cost of one application, bodies included; infinite where it must not run twice. */
  public static double flops(Node node) {
    boolean isRepeatable =
        isRepeatable(node.op())
            && node.bodies().stream()
                .flatMap(body -> body.allNodes())
                .allMatch(inner -> isRepeatable(inner.op()));
    return isRepeatable ? Roofline.flops(node) : NEVER;
  }

  /** Whether running an op twice changes nothing but the time. */
  static boolean isRepeatable(Op op) {
    return !(op instanceof Send
        || op instanceof Receive
        || op instanceof Call
        || op instanceof SharedSum);
  }
}
