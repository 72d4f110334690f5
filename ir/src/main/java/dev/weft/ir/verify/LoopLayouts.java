package dev.weft.ir.verify;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop's values lie inside as they lie outside; stacked ones have one more dimension outside,
 * which is whole.
 */
final class LoopLayouts {
  private final Node node;
  private final Findings findings;

  private LoopLayouts(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  static void check(Node node, Repeat repeat, Findings findings) {
    new LoopLayouts(node, findings).check(repeat);
  }

  private void check(Repeat repeat) {
    var body = node.bodies().getFirst();
    int whole = repeat.carried() + repeat.invariant();
    for (int i = 0; i < body.params().size(); i++) {
      var inside = layout(body.params().get(i));
      require(node.operand(i), i < whole ? inside : stacked(inside));
    }
    for (int i = 0; i < body.yields().size(); i++) {
      var inside = layout(body.yields().get(i));
      require(node.result(i), i < repeat.carried() ? inside : stacked(inside));
      if (i < repeat.carried()) {
        require(body.params().get(i), inside);
      }
    }
  }

  private void require(Value outside, Sharding expected) {
    if (!layout(outside).equals(expected)) {
      findings.report(
          VerifyCode.LOOP_LAYOUT,
          node,
          "%" + outside.name() + " lies as " + layout(outside) + ", not as " + expected);
    }
  }

  private static Sharding stacked(Sharding slice) {
    var dims = new ArrayList<List<String>>();
    dims.add(List.of());
    dims.addAll(slice.dims());
    return new Sharding(dims, slice.partial(), slice.combine());
  }

  private static Sharding layout(Value value) {
    return value.sharding().orElseThrow();
  }
}
