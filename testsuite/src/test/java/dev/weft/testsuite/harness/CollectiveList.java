package dev.weft.testsuite.harness;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Repeat;

/** The collectives of a program, in order, each loop that has any as a paragraph of its own. */
final class CollectiveList {
  private final StringBuilder out = new StringBuilder();

  private CollectiveList() {}

  static String of(Module module) {
    var list = new CollectiveList();
    list.block(module.only().body(), "");
    return list.out.isEmpty() ? "none\n" : list.out.toString();
  }

  private void block(Block block, String indent) {
    for (var node : block.nodes()) {
      if (node.op() instanceof Collective collective) {
        var from = node.operand(0);
        out.append(indent).append(describe(collective)).append(" of %").append(from.name());
        out.append(": ").append(from.type()).append('\n');
      } else if (node.op() instanceof Repeat repeat && communicates(node)) {
        out.append(indent).append(repeat.axis().size()).append(" times ").append(repeat.label());
        out.append(' ').append(repeat.direction().toString().toLowerCase(java.util.Locale.ROOT));
        out.append('\n');
        block(node.bodies().getFirst(), indent + "  ");
      }
    }
  }

  private static boolean communicates(Node loop) {
    return loop.bodies().stream()
        .flatMap(Block::allNodes)
        .anyMatch(node -> node.op() instanceof Collective);
  }

  private static String describe(Collective collective) {
    var over = " over " + String.join("*", collective.over());
    return switch (collective) {
      case AllGather op -> "all_gather along " + op.axis() + over;
      case AllReduce op -> "all_reduce " + op.combine().text() + over;
      case AllToAll op -> "all_to_all from " + op.join() + " to " + op.split() + over;
      case ReduceScatter op -> "reduce_scatter along " + op.axis() + over;
    };
  }
}
