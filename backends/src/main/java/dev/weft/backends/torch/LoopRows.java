package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Slice;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Loops over some rows of stacked weights: they count from the first of those rows, so that the
 * same body serves them all.
 */
final class LoopRows {
  private LoopRows() {}

  /** The first value of a loop's index. */
  static long from(Node loop) {
    var starts =
        IntStream.range(firstStacked(loop), loop.operands().size())
            .mapToObj(i -> rows(loop.operand(i)))
            .flatMap(Optional::stream)
            .map(s -> ((Slice) s.op()).start())
            .distinct()
            .toList();
    return starts.size() == 1 ? starts.getFirst() : 0;
  }

  /** What a loop indexes for an operand: all the rows of a weight of which it takes some. */
  static Value taken(Node loop, int index) {
    var operand = loop.operand(index);
    return index < firstStacked(loop)
        ? operand
        : rows(operand)
            .filter(s -> ((Slice) s.op()).start() == from(loop))
            .map(s -> s.operand(0))
            .orElse(operand);
  }

  /** The index of an operand's row in an iteration. */
  static String index(Node loop, int index, String name) {
    long from = from(loop);
    boolean isWhole = taken(loop, index).equals(loop.operand(index));
    return from > 0 && isWhole ? name + " - " + from : name;
  }

  /** The node that takes rows of an input, where a value is that. */
  private static Optional<Node> rows(Value value) {
    return value instanceof Result(var node, _) && isRows(node)
        ? Optional.of(node)
        : Optional.empty();
  }

  /** Whether a node takes rows of an input: in Python a view that costs nothing. */
  static boolean isRows(Node node) {
    return node.op() instanceof Slice slice
        && node.operand(0) instanceof Param
        && slice.isView(node.operand(0).type());
  }

  private static int firstStacked(Node loop) {
    var repeat = (Repeat) loop.op();
    return repeat.carried() + repeat.invariant();
  }
}
