package dev.weft.runtime.kernel;

import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Entries carried from the places that integers name, and back. What the integers do not choose
 * among is moved as a row: it lies innermost, or is brought there first.
 */
public final class GatherKernels {
  private GatherKernels() {}

  /** Operands: x, ids. */
  public static Kernel gather(Gather op, TensorType x, TensorType ids, TensorType result) {
    var source = x.withDims(last(x.dims(), d -> isRow(d, op.axis(), ids)));
    var order = new Reordering(x, source.dims());
    int width = width(source, op.axis(), ids);
    int stride = Nest.stride(source, op.axis());
    var nest = Nest.of(ids.dims(), ids, source);
    var range = whole(x.dim(op.axis()));
    return Kernel.pure(
        in -> {
          var from = order.run(in[0]);
          var y = new double[Math.toIntExact(result.elements())];
          forEachPlace(
              nest,
              range,
              stride,
              in[1],
              (entry, row) ->
                  System.arraycopy(from.values(), from.start() + row, y, entry * width, width));
          return Tensor.of(result, y);
        });
  }

  /** An integer that names a place, and the row that begins there. */
  private interface Visit {
    void at(int entry, int row);
  }

  /**
   * Visits the integers that name a place, in their order.
   *
   * @param nest over the integers, and over the rows without the counted axis
   * @param stride of the counted axis among the rows
   */
  private static void forEachPlace(
      Nest nest, IndexRange range, int stride, Tensor ids, Visit visit) {
    nest.forEachRow(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int entry = at[0] + i * nest.step(0);
            int place = place(range, ids.getInt(entry));
            if (place >= 0) {
              visit.at(entry, at[1] + i * nest.step(1) + place * stride);
            }
          }
        });
  }

  /** Operands: y, ids. What meets is added in the order of the ids. */
  public static Kernel scatter(Scatter op, TensorType y, TensorType ids, TensorType result) {
    var axis = op.axis().axis();
    var target = result.withDims(last(result.dims(), d -> isRow(d, axis, ids)));
    var order = new Reordering(y, entries(ids, target, axis));
    var finish = new Reordering(target, result.dims());
    int width = width(target, axis, ids);
    int stride = Nest.stride(target, axis);
    var nest = Nest.of(ids.dims(), ids, target);
    var range = whole(op.axis());
    return Kernel.pure(
        in -> {
          var from = order.run(in[0]);
          var sums = new double[Math.toIntExact(result.elements())];
          forEachPlace(
              nest,
              range,
              stride,
              in[1],
              (entry, row) -> add(width, from.values(), from.start() + entry * width, sums, row));
          return Tensor.of(result, finish.run(sums));
        });
  }

  /** Whether a dimension is neither counted along nor one of the ids'. */
  private static boolean isRow(Dim dim, String axis, TensorType ids) {
    return !dim.axis().equals(axis) && !ids.bears(dim.axis());
  }

  /** The dimensions with some of them innermost. */
  private static List<Dim> last(List<Dim> dims, Predicate<Dim> inner) {
    var sorted = new ArrayList<>(dims.stream().filter(inner.negate()).toList());
    dims.stream().filter(inner).forEach(sorted::add);
    return sorted;
  }

  /** The dimensions of the ids, then those of a row. */
  private static List<Dim> entries(TensorType ids, TensorType target, String axis) {
    var dims = new ArrayList<>(ids.dims());
    target.dims().stream().filter(d -> isRow(d, axis, ids)).forEach(dims::add);
    return dims;
  }

  private static int width(TensorType type, String axis, TensorType ids) {
    long width = 1;
    for (var dim : type.dims()) {
      width *= isRow(dim, axis, ids) ? dim.size() : 1;
    }
    return Math.toIntExact(width);
  }

  private static IndexRange whole(Dim dim) {
    return new IndexRange(0, Math.toIntExact(dim.size()), List.of());
  }

  /** The place that an integer names, or -1. */
  private static int place(IndexRange range, int id) {
    return id == Nonzero.NOWHERE ? -1 : range.local(id);
  }

  private static void add(int width, double[] from, int fromAt, double[] to, int toAt) {
    for (int j = 0; j < width; j++) {
      to[toAt + j] += from[fromAt + j];
    }
  }
}
