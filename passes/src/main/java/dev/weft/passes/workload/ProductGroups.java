package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Matrix products as training programs run them: those that read one activation are one product
 * with all their columns (queries, keys and values; gate and up projection), and those that are
 * added up are one with all their depth.
 *
 * @param products in the order of their nodes
 * @param absorbed the additions that have become part of a product
 */
record ProductGroups(List<Product> products, Set<Node> absorbed) {
  ProductGroups {
    products = List.copyOf(products);
    absorbed = Set.copyOf(absorbed);
  }

  static ProductGroups of(List<Node> nodes) {
    var grouping = new Grouping(nodes);
    nodes.forEach(grouping::visit);
    return new ProductGroups(List.copyOf(grouping.merged().values()), grouping.absorbed);
  }

  /** What may be one product: the same operand under the same other sizes. */
  private record Shared(Value operand, long batch, long size, long depth) {}

  /** A product and the operands of its node; none of a sum. */
  private record Candidate(Product product, Optional<Node> node) {}

  private static final class Grouping {
    private final Map<Value, Integer> uses = new HashMap<>();
    private final Map<Value, Candidate> candidates = new LinkedHashMap<>();
    private final Set<Node> absorbed = new HashSet<>();

    Grouping(List<Node> nodes) {
      nodes.forEach(n -> n.operands().forEach(o -> uses.merge(o, 1, Integer::sum)));
    }

    void visit(Node node) {
      if (Product.is(node)) {
        candidates.put(node.result(), new Candidate(Product.of(node), Optional.of(node)));
      } else if (node.op() instanceof Binary(var function) && function == BinaryFunction.ADD) {
        sum(node);
      }
    }

    private void sum(Node node) {
      var left = summand(node.operand(0));
      var right = summand(node.operand(1));
      if (left.isEmpty() || right.isEmpty() || !left.get().addsTo(right.get())) {
        return;
      }
      candidates.remove(node.operand(0));
      candidates.remove(node.operand(1));
      absorbed.add(node);
      var sum = left.get().plus(right.get());
      candidates.put(node.result(), new Candidate(sum, Optional.empty()));
    }

    private Optional<Product> summand(Value value) {
      return uses.getOrDefault(value, 0) == 1
          ? Optional.ofNullable(candidates.get(value)).map(Candidate::product)
          : Optional.empty();
    }

    /** By its first operand each product finds others; those left alone by their second. */
    Map<Object, Product> merged() {
      var byLeft = new HashMap<Shared, Integer>();
      candidates.values().forEach(c -> left(c).ifPresent(s -> byLeft.merge(s, 1, Integer::sum)));
      var merged = new LinkedHashMap<Object, Product>();
      for (var candidate : candidates.values()) {
        var left = left(candidate);
        var product = candidate.product();
        if (left.isPresent() && byLeft.getOrDefault(left.get(), 0) > 1) {
          merged.merge(left.get(), product, Product::withColumns);
        } else if (candidate.node().isPresent()) {
          var right = candidate.node().get().operand(1);
          var shared = new Shared(right, product.batch(), -product.columns(), product.depth());
          merged.merge(shared, product, Product::withRows);
        } else {
          merged.put(candidate, product);
        }
      }
      return merged;
    }

    private static Optional<Shared> left(Candidate candidate) {
      var product = candidate.product();
      return candidate
          .node()
          .map(n -> new Shared(n.operand(0), product.batch(), product.rows(), product.depth()));
    }
  }
}
