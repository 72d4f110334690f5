package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import dev.weft.ir.op.TopK;
import dev.weft.passes.price.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The memory-bound kernels of straight-line code. A chain of element-wise nodes is one kernel,
 * which reads what comes from outside of it and writes what is used outside; a reduction (norm,
 * softmax, sum) begins a kernel, and whatever else is no stream ends it. What takes entries from
 * anywhere begins one too, since they must lie in memory; what puts them anywhere, or counts all
 * that came before, is a kernel of its own, since nothing can follow it before its end.
 */
final class Streams {
  private final Aliases aliases;
  private final Set<Value> needed;
  private final Map<Value, Group> makers = new HashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private final Set<Group> closed = new HashSet<>();
  private int stretch;

  /** The nodes of one kernel, between two nodes that are no streams. */
  private static final class Group {
    final int stretch;
    final List<Node> nodes = new ArrayList<>();

    Group(int stretch) {
      this.stretch = stretch;
    }
  }

  private Streams(List<Node> nodes, Set<Value> needed) {
    this.aliases = new Aliases(nodes);
    this.needed = aliases.roots(needed);
  }

  /**
   * The kernels.
   *
   * @param needed values that are read elsewhere
   * @param absorbed nodes that are part of other kernels
   */
  static List<Stream> of(List<Node> nodes, Set<Value> needed, Set<Node> absorbed) {
    var streams = new Streams(nodes, needed);
    for (var node : nodes) {
      if (!absorbed.contains(node)) {
        streams.add(node);
      }
    }
    return streams.kernels(nodes);
  }

  private void add(Node node) {
    if (Aliases.isView(node)) {
      return;
    }
    if (!LoadCount.isStream(node)) {
      stretch++;
      return;
    }
    var group = group(node);
    group.nodes.add(node);
    node.results().forEach(result -> makers.put(result, group));
    if (isAlone(node)) {
      closed.add(group);
    }
  }

  private Group group(Node node) {
    if (!begins(node)) {
      for (var operand : node.operands()) {
        var maker = makers.get(aliases.root(operand));
        if (maker != null && maker.stretch == stretch && !closed.contains(maker)) {
          return maker;
        }
      }
    }
    var fresh = new Group(stretch);
    groups.add(fresh);
    return fresh;
  }

  private static boolean begins(Node node) {
    return switch (node.op()) {
      case Normalize _, NormalizeGrad _, Softmax _, SoftmaxGrad _, Reduce _, Contract _ -> true;
      case Gather _, TopK _ -> true;
      default -> isAlone(node);
    };
  }

  private static boolean isAlone(Node node) {
    return node.op() instanceof Scatter || node.op() instanceof Nonzero;
  }

  private List<Stream> kernels(List<Node> nodes) {
    var outside = new LinkedHashSet<>(needed);
    for (var node : nodes) {
      var own = Optional.ofNullable(makers.get(node.result(0)));
      for (var operand : aliases.roots(node.operands())) {
        if (own.isEmpty() || !own.equals(Optional.ofNullable(makers.get(operand)))) {
          outside.add(operand);
        }
      }
    }
    return groups.stream().map(group -> kernel(group, outside)).toList();
  }

  private Stream kernel(Group group, Set<Value> outside) {
    var read = new LinkedHashSet<Value>();
    var made = new LinkedHashSet<Value>();
    long flops = 0;
    long picked = 0;
    for (var node : group.nodes) {
      var operands = node.operands();
      if (picks(node)) {
        // Of a table only what is taken is read.
        picked += node.types().getFirst().bytes();
        operands = operands.subList(1, operands.size());
      }
      read.addAll(aliases.roots(operands));
      made.addAll(node.results());
      flops += node.op().work(node.operandTypes(), node.types()).flops();
    }
    read.removeAll(made);
    made.retainAll(outside);
    return new Stream(picked + bytes(read) + bytes(made), flops);
  }

  private static boolean picks(Node node) {
    return switch (node.op()) {
      case Lookup _, Pick _, Gather _ -> true;
      default -> false;
    };
  }

  private static long bytes(Set<Value> values) {
    return values.stream().mapToLong(v -> v.type().bytes()).sum();
  }
}
