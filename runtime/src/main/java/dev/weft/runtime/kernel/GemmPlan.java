package dev.weft.runtime.kernel;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A contraction of two tensors as a batch of matrix products c[m, n] = sum over k of a[m, k] b[k,
 * n] , where each letter stands for several axes.
 *
 * @param a the operand that bears m
 * @param b the operand that bears n; there are at least as many columns as rows
 * @param swapped whether a is the contraction's second operand
 * @param batchDims axes of both operands and the result
 * @param rowDims axes of a and the result alone: m
 * @param columnDims axes of b and the result alone: n
 * @param depthDims axes of both operands alone: k
 * @param aSummed axes of a alone
 * @param bSummed axes of b alone
 */
record GemmPlan(
    TensorType a,
    TensorType b,
    boolean swapped,
    List<Dim> batchDims,
    List<Dim> rowDims,
    List<Dim> columnDims,
    List<Dim> depthDims,
    List<Dim> aSummed,
    List<Dim> bSummed) {

  static GemmPlan of(TensorType first, TensorType second, TensorType result) {
    var plan = plan(first, second, result, false);
    return plan.columns() >= plan.rows() ? plan : plan(second, first, result, true);
  }

  private static GemmPlan plan(TensorType a, TensorType b, TensorType result, boolean swapped) {
    Predicate<Dim> inA = d -> a.bears(d.axis());
    Predicate<Dim> inB = d -> b.bears(d.axis());
    Predicate<Dim> inResult = d -> result.bears(d.axis());
    return new GemmPlan(
        a,
        b,
        swapped,
        result.dims().stream().filter(inA.and(inB)).toList(),
        result.dims().stream().filter(inA.and(inB.negate())).toList(),
        result.dims().stream().filter(inB.and(inA.negate())).toList(),
        a.dims().stream().filter(inB.and(inResult.negate())).toList(),
        a.dims().stream().filter(inB.or(inResult).negate()).toList(),
        b.dims().stream().filter(inA.or(inResult).negate()).toList());
  }

  int batch() {
    return size(batchDims);
  }

  int rows() {
    return size(rowDims);
  }

  int columns() {
    return size(columnDims);
  }

  int depth() {
    return size(depthDims);
  }

  /** The dimensions of a as a matrix: batch, m, k. */
  TensorType left() {
    return a.withDims(joined(batchDims, rowDims, depthDims));
  }

  /** The dimensions of b as a matrix: batch, k, n. */
  TensorType right() {
    return b.withDims(joined(batchDims, depthDims, columnDims));
  }

  /** The dimensions of the product: batch, m, n. */
  TensorType product() {
    return a.withDims(joined(batchDims, rowDims, columnDims));
  }

  private static List<Dim> joined(List<Dim> first, List<Dim> second, List<Dim> third) {
    return Stream.of(first, second, third).flatMap(List::stream).toList();
  }

  private static int size(List<Dim> dims) {
    return Math.toIntExact(dims.stream().mapToLong(Dim::size).reduce(1, Math::multiplyExact));
  }
}
