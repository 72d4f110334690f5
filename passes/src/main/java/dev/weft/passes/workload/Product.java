package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Contract;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The matrix product that a contraction is: an axis of both operands and of the result counts
 * products, one of both operands alone is summed over, and the others are rows and columns.
 *
 * @param batchAxes that count products
 */
record Product(
    DType dtype, List<String> batchAxes, long batch, long rows, long columns, long depth) {
  /** Of a contraction of two operands. */
  static Product of(Node contract) {
    var left = contract.operand(0).type();
    var right = contract.operand(1).type();
    var result = contract.types().getFirst();
    var batchAxes = new ArrayList<String>();
    long batch = 1;
    long depth = 1;
    for (var dim : left.dims()) {
      if (right.bears(dim.axis()) && result.bears(dim.axis())) {
        batchAxes.add(dim.axis());
        batch *= dim.size();
      } else if (!result.bears(dim.axis())) {
        depth *= dim.size();
      }
    }
    return new Product(
        left.dtype(),
        List.copyOf(batchAxes),
        batch,
        own(left, right, result),
        own(right, left, result),
        depth);
  }

  private static long own(TensorType operand, TensorType other, TensorType result) {
    return operand.dims().stream()
        .filter(d -> result.bears(d.axis()) && !other.bears(d.axis()))
        .mapToLong(Dim::size)
        .reduce(1, Math::multiplyExact);
  }

  /** Whether a node is a product for a matrix engine, not a sum of scaled rows. */
  static boolean is(Node node) {
    if (!(node.op() instanceof Contract) || node.operands().size() != 2) {
      return false;
    }
    var product = of(node);
    return product.rows > 1 && product.columns > 1 && product.depth > 1;
  }

  /** With the columns of another product of the same left operand. */
  Product withColumns(Product other) {
    return new Product(dtype, batchAxes, batch, rows, columns + other.columns, depth);
  }

  /** With the rows of another product of the same right operand. */
  Product withRows(Product other) {
    return new Product(dtype, batchAxes, batch, rows + other.rows, columns, depth);
  }

  /** Whether the results have one shape. */
  boolean addsTo(Product other) {
    return batch == other.batch && rows == other.rows && columns == other.columns;
  }

  /** With the depth of another product that is added to it. */
  Product plus(Product other) {
    return new Product(dtype, batchAxes, batch, rows, columns, depth + other.depth);
  }

  /**
   * As a kernel. Products of which each has a weight of its own, such as those of experts, are
   * multiplied group by group; those that a data axis counts, such as scores of attention, at once.
   *
   * @param weightAxes the axes that weights bear
   */
  Gemm gemm(Layout layout, Set<String> weightAxes) {
    var gemm = new Gemm(dtype, batch, rows, columns, depth, layout, false);
    return weightAxes.containsAll(batchAxes) ? gemm.grouped() : gemm;
  }
}
