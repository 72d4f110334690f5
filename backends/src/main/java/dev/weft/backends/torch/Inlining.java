package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.*;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values are written into the expression that reads them: those read once, shortly after, by
 * an op whose expression stays readable.
 */
final class Inlining {
  /** Operators and calls that one statement may hold. */
  private static final int STATEMENT = 4;

  /** What a product may hold in an operand. */
  private static final int PRODUCT_OPERAND = 1;

  /** Statements between a value and its reader. */
  private static final int REACH = 6;

  private final Set<Value> inlined = new HashSet<>();
  private final Map<Node, Integer> costs = new HashMap<>();
  private final Map<Node, Integer> places = new HashMap<>();
  private final Reads reads;
  private final Destinations destinations;
  private final Set<Node> tooLong;

  /**
   * Decides for the statements of one function.
   *
   * @param tooLong nodes that must stand alone, because a line with them was too long
   */
  Inlining(List<Node> statements, Destinations destinations, Set<Node> tooLong) {
    this.reads = Reads.of(statements);
    this.destinations = destinations;
    this.tooLong = tooLong;
    statements.forEach(n -> places.put(n, places.size()));
    statements.forEach(this::decide);
  }

  boolean contains(Value value) {
    return inlined.contains(value);
  }

  private void decide(Node node) {
    int cost = own(node);
    for (var operand : node.operands()) {
      var value = Aliases.canonical(operand);
      if (inlined.contains(value) && value instanceof Result result) {
        cost += costs.getOrDefault(result.node(), 0);
      }
    }
    costs.put(node, cost);
    if (node.types().size() == 1 && !tooLong.contains(node) && fits(node, cost)) {
      inlined.add(node.result());
    }
  }

  private boolean fits(Node node, int cost) {
    var readers = reads.of(node.result());
    if (destinations.isKept(node.result())) {
      return false;
    }
    if (LoopRows.isRows(node)) {
      return true;
    }
    if (readers.isEmpty()) {
      return destinations.sinks(node.result()).size() == 1 && cost <= STATEMENT;
    }
    if (readers.size() > 1 || !destinations.sinks(node.result()).isEmpty()) {
      return false;
    }
    var reader = readers.getFirst().reader();
    return !(node.op() instanceof Collective)
        && distance(node, reader) <= REACH
        && cost + own(reader) <= roomIn(reader.op());
  }

  private int distance(Node node, Node reader) {
    return places.getOrDefault(reader, Integer.MAX_VALUE) - places.getOrDefault(node, 0);
  }

  /** How many operators and calls the op itself is. */
  private static int own(Node node) {
    return switch (node.op()) {
      case Contract c -> 2;
      case Unary u -> 1;
      case UnaryGrad u -> 1;
      case Binary b -> 1;
      case Affine a -> 1;
      case Broadcast b -> 1;
      case Transpose t -> 1;
      case Reduce r -> 1;
      case Split s -> 1;
      case Merge m -> 1;
      case Slice s -> 1;
      case ShardSlice s -> 1;
      case OneHot o -> 1;
      case AllReduce a -> 1;
      case ReduceScatter r -> 1;
      case AllGather a -> 1;
      case AllToAll a -> 1;
      case ToDevice t -> 1;
      case LookupGrad l -> 2;
      default -> STATEMENT;
    };
  }

  private static int roomIn(Op op) {
    return switch (op) {
      case Contract c -> 2 + PRODUCT_OPERAND;
      case Unary u -> STATEMENT;
      case UnaryGrad u -> STATEMENT;
      case Binary b -> STATEMENT;
      case Affine a -> STATEMENT;
      case Broadcast b -> STATEMENT;
      case Transpose t -> STATEMENT;
      case Reduce r -> STATEMENT;
      case Split s -> STATEMENT;
      case Merge m -> STATEMENT;
      case Slice s -> STATEMENT;
      case ShardSlice s -> STATEMENT;
      case AllReduce a -> STATEMENT;
      case ReduceScatter r -> STATEMENT;
      case AllGather a -> STATEMENT;
      default -> 0;
    };
  }
}
