package dev.weft.passes.remat;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.Contract;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values of forward code that make up the core of attention (Korthikanti et al. 2022, "Reducing
 * Activation Recomputation in Large Transformer Models", section 5): large, as they grow with the
 * square of the sequence, and cheap to compute again for their size.
 *
 * <p>The op {@code attention} is such a core as a whole. In one written by hand it is what lies
 * between two products of activations: from the scores, in which the first product puts the
 * positions of one operand beside those of the other, to what the second one sums over.
 */
final class AttentionCore {
  private final List<Node> nodes;
  private final Set<Value> fixed;

  private AttentionCore(List<Node> nodes, Set<Value> weights) {
    this.nodes = nodes;
    this.fixed = new HashSet<>(weights);
    for (var node : nodes) {
      if (fixed.containsAll(node.operands())) {
        fixed.addAll(node.results());
      }
    }
  }

  /**
   * The core's values.
   *
   * @param nodes forward nodes, in order
   * @param weights the weights that they read
   */
  static Set<Value> of(List<Node> nodes, Set<Value> weights) {
    var found = new HashSet<Value>(new AttentionCore(nodes, weights).betweenProducts());
    nodes.stream().filter(n -> n.op() instanceof Attention).forEach(n -> found.addAll(n.results()));
    return found;
  }

  /** The values that depend on weights and constants alone, the weights included. */
  static Set<Value> fixed(List<Node> nodes, Set<Value> weights) {
    return new AttentionCore(nodes, weights).fixed;
  }

  private Set<Value> betweenProducts() {
    var after = new HashSet<Value>();
    for (var node : nodes) {
      if (isScores(node)
          || !isProduct(node) && node.operands().stream().anyMatch(after::contains)) {
        after.addAll(node.results());
      }
    }
    var before = new HashSet<Value>();
    for (var node : nodes.reversed()) {
      boolean leads = node.results().stream().anyMatch(before::contains);
      if (isOfActivations(node) || !isProduct(node) && leads) {
        before.addAll(node.operands());
      }
    }
    after.retainAll(before);
    return after;
  }

  private static boolean isProduct(Node node) {
    return node.op() instanceof Contract && node.operands().size() == 2;
  }

  private boolean isOfActivations(Node node) {
    return isProduct(node) && node.operands().stream().noneMatch(fixed::contains);
  }

  /** Whether a product of activations pairs an axis of one operand with one of the other. */
  private boolean isScores(Node node) {
    return isOfActivations(node)
        && hasOwnAxis(node, node.operand(0), node.operand(1))
        && hasOwnAxis(node, node.operand(1), node.operand(0));
  }

  private static boolean hasOwnAxis(Node node, Value one, Value other) {
    return node.types().getFirst().axes().stream()
        .anyMatch(axis -> one.type().bears(axis) && !other.type().bears(axis));
  }
}
