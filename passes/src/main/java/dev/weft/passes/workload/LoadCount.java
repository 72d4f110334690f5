package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionGrad;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Gather;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Counts the kernels and collectives of straight-line code. */
final class LoadCount {
  private final Set<String> weightAxes;
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Exchange> exchanges = new ArrayList<>();

  /** How often an entry occurs among what is gathered for an exchange. */
  private final double copies;

  private LoadCount(Set<String> weightAxes, double copies) {
    this.weightAxes = weightAxes;
    this.copies = copies;
  }

  /**
   * The load of some nodes.
   *
   * @param nodes in order
   * @param needed what code elsewhere reads of their results
   * @param layout of their matrix products
   * @param weightAxes the axes that weights of the model bear
   */
  static Load of(List<Node> nodes, Set<Value> needed, Layout layout, Set<String> weightAxes) {
    var count = new LoadCount(weightAxes, copies(nodes));
    var products = ProductGroups.of(nodes);
    products.products().forEach(p -> count.kernels.add(p.gemm(layout, weightAxes)));
    nodes.forEach(count::add);
    count.kernels.addAll(Streams.of(nodes, needed, products.absorbed()));
    return new Load(count.kernels, count.exchanges);
  }

  private void add(Node node) {
    switch (node.op()) {
      case Attention attention -> kernels.add(kernel(attention.shape(), false, node));
      case AttentionGrad attention -> kernels.add(kernel(attention.shape(), true, node));
      case Collective collective -> exchanges.add(exchange(collective, node));
      case Repeat repeat -> addInner(repeat, node);
      default -> {}
    }
  }

  /** A repeat within a layer. */
  private void addInner(Repeat repeat, Node node) {
    var body = node.bodies().getFirst();
    var inner = of(body.nodes(), Set.copyOf(body.yields()), Layout.TN, weightAxes);
    for (long i = 0; i < repeat.axis().size(); i++) {
      kernels.addAll(inner.kernels());
      exchanges.addAll(inner.exchanges());
    }
  }

  private Exchange exchange(Collective collective, Node node) {
    long operand = node.operand(0).type().bytes();
    long result = node.types().getFirst().bytes();
    return new Exchange(
        kind(collective),
        Math.max(operand, result),
        collective.over(),
        collective instanceof AllToAll ? copies : 1);
  }

  /**
   * Of what is gathered more often than it is there; 1 where nothing is. All exchanges of a layer
   * are taken to be of what its most frequent gather makes.
   */
  private static double copies(List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.op() instanceof Gather)
        .mapToDouble(n -> (double) n.types().getFirst().elements() / n.operand(0).type().elements())
        .reduce(1, Math::max);
  }

  private static CollectiveKind kind(Collective collective) {
    return switch (collective) {
      case AllGather _ -> CollectiveKind.ALL_GATHER;
      case AllReduce _, SharedSum _ -> CollectiveKind.ALL_REDUCE;
      case AllToAll _ -> CollectiveKind.ALL_TO_ALL;
      case ReduceScatter _ -> CollectiveKind.REDUCE_SCATTER;
    };
  }

  private static AttentionKernel kernel(AttentionShape shape, boolean isBackward, Node node) {
    var q = node.operand(0).type();
    var k = node.operand(1).type();
    var v = node.operand(2).type();
    long heads = size(q, shape.heads());
    long queries = q.dim(shape.query()).size();
    long key = q.dim(shape.key()).size();
    return new AttentionKernel(
        q.dtype(),
        isBackward,
        q.elements() / (heads * queries * key),
        heads,
        size(k, shape.kvHeads()),
        queries,
        k.dim(shape.source()).size(),
        key,
        v.dim(shape.value()).size(),
        shape.mask() == AttentionShape.Mask.CAUSAL);
  }

  private static long size(TensorType type, String axis) {
    return type.find(axis).map(Dim::size).orElse(1L);
  }

  /** Nodes that are kernels of their own, or none at all. */
  static boolean isStream(Node node) {
    return !Aliases.isView(node)
        && !Product.is(node)
        && !(node.op() instanceof Attention)
        && !(node.op() instanceof AttentionGrad)
        && !(node.op() instanceof Collective)
        && !(node.op() instanceof Repeat);
  }
}
