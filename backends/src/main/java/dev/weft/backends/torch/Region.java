package dev.weft.backends.torch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Straight-line code, however many Python functions it is printed as.
 *
 * @param nodes in program order
 * @param yields the values that leave it
 * @param reads who reads its values inside
 */
record Region(List<Node> nodes, List<Value> yields, Reads reads) {
  /** A block, without what nothing depends on. */
  static Region of(Block block) {
    return of(StepShape.ancestors(block.nodes(), block.yields()), block.yields());
  }

  static Region of(List<Node> nodes, List<Value> yields) {
    return new Region(
        List.copyOf(nodes), yields.stream().map(Aliases::canonical).toList(), Reads.of(nodes));
  }

  /**
   * The stacked results of a loop that its iterations must keep: those that another loop takes
   * slice by slice, and those read as a whole; one for each value, in the order in which the body
   * computes them.
   */
  List<Integer> saved(Node loop) {
    int carried = ((Repeat) loop.op()).carried();
    var body = loop.bodies().getFirst();
    return IntStream.range(carried, loop.types().size())
        .filter(k -> isUsed(loop.result(k)) && representative(loop, k) == k)
        .boxed()
        .sorted(Comparator.comparing(k -> place(body, Aliases.canonical(body.yields().get(k)))))
        .toList();
  }

  /** The position, in {@link #saved}, of the slices of a stacked result. */
  int slot(Node loop, int result) {
    return saved(loop).indexOf(representative(loop, result));
  }

  /** The first needed result that stacks the same value. */
  private int representative(Node loop, int result) {
    var yielded = loop.bodies().getFirst().yields().stream().map(Aliases::canonical).toList();
    return IntStream.range(((Repeat) loop.op()).carried(), result)
        .filter(k -> yielded.get(k).equals(yielded.get(result)) && isUsed(loop.result(k)))
        .findFirst()
        .orElse(result);
  }

  /** Whether a node reads the value, or it leaves the region. */
  boolean isUsed(Value value) {
    return !reads.of(value).isEmpty() || yields.contains(value);
  }

  private static int place(Block body, Value value) {
    return value instanceof Result(var node, var index)
        ? body.params().size() + body.nodes().indexOf(node)
        : body.params().indexOf(value);
  }

  /** Whether a stacked result of a loop is needed as one tensor. */
  boolean isReadWhole(Result result) {
    return yields.contains(result) || reads.of(result).stream().anyMatch(r -> !r.isSliceWise());
  }

  /** Whether one loop alone takes a loop's saved slices, and takes the last one first. */
  boolean isUnwound(Node loop, Node reader) {
    boolean alone =
        loop.results().stream()
            .flatMap(r -> reads.of(r).stream())
            .filter(Reads.Read::isSliceWise)
            .allMatch(r -> r.reader().equals(reader));
    return alone && isReverse(reader) && !isReverse(loop);
  }

  private static boolean isReverse(Node loop) {
    return ((Repeat) loop.op()).direction() == Direction.REVERSE;
  }

  /** Whether a result is stacked by a loop. */
  static boolean isStacked(Result result) {
    return result.node().op() instanceof Repeat repeat && result.index() >= repeat.carried();
  }
}
