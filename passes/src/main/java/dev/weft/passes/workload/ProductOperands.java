package dev.weft.passes.workload;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that matrix products alone read, as they are, under another name or gathered: a program
 * whose products take a narrow format may keep them in it.
 */
final class ProductOperands {
  private final Map<Value, List<Node>> users = new HashMap<>();

  ProductOperands(List<Node> nodes) {
    for (var node : nodes) {
      node.operands().forEach(o -> users.computeIfAbsent(o, _ -> new ArrayList<>()).add(node));
    }
  }

  boolean contains(Value value) {
    var readers = users.getOrDefault(value, List.of());
    return !readers.isEmpty() && readers.stream().allMatch(this::isProduct);
  }

  private boolean isProduct(Node reader) {
    boolean isPassedOn = Aliases.isView(reader) || reader.op() instanceof AllGather;
    return Product.is(reader) || isPassedOn && reader.results().stream().allMatch(this::contains);
  }

  /**
   * Bytes of what a layer keeps for products alone.
   *
   * @param loop the forward's
   * @param reverses the loops of the backward
   */
  static long keptBytes(Node loop, List<Node> reverses) {
    var body = loop.bodies().getFirst();
    int carried = ((Repeat) loop.op()).carried();
    var kept = body.yields().subList(carried, body.yields().size());
    var others = new ArrayList<Value>();
    for (int i = 0; i < kept.size(); i++) {
      if (!isForProductsAlone(loop.results().get(carried + i), reverses)) {
        others.add(kept.get(i));
      }
    }
    var aliases = new Aliases(body.nodes());
    return aliases.bytes(kept) - aliases.bytes(others);
  }

  /** Whether products alone read the slices of a stacked value. */
  private static boolean isForProductsAlone(Value stacked, List<Node> reverses) {
    boolean isRead = false;
    for (var reverse : reverses) {
      Block body = reverse.bodies().getFirst();
      var operands = new ProductOperands(body.nodes());
      for (int i = 0; i < reverse.operands().size(); i++) {
        if (reverse.operand(i).equals(stacked)) {
          if (!operands.contains(body.params().get(i))) {
            return false;
          }
          isRead = true;
        }
      }
    }
    return isRead;
  }
}
