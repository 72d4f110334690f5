package dev.weft.runtime.kernel;

import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a table, and the cotangent of the table. A row that another device holds is zero, and its
 * cotangent is dropped; where the table is whole, every index must be in it.
 */
public final class LookupKernels {
  private LookupKernels() {}

  public static Kernel forward(Lookup op, TensorType table, TensorType result) {
    int rows = Math.toIntExact(table.dims().getFirst().size());
    int width = Nest.stride(table, table.dims().getFirst().axis());
    return (place, in) -> {
      var range = new IndexRange(place.coordinate(op.offset()) * rows, rows, op.offset());
      var values = Operand.of(in[0]);
      var y = new double[Math.toIntExact(result.elements())];
      for (int i = 0; i < in[1].size(); i++) {
        int row = range.local(in[1].getInt(i));
        if (row >= 0) {
          System.arraycopy(values.values(), values.start() + row * width, y, i * width, width);
        }
      }
      return new Tensor[] {Tensor.of(result, y)};
    };
  }

  /** Operands: ids, dy. */
  public static Kernel gradient(
      LookupGrad op, TensorType ids, TensorType cotangent, TensorType result) {
    int rows = Math.toIntExact(op.axis().size());
    int width = Nest.stride(result, op.axis().axis());
    var order = new Reordering(cotangent, rowMajor(ids, result));
    return (place, in) -> {
      var range = new IndexRange(place.coordinate(op.offset()) * rows, rows, op.offset());
      var dy = order.run(in[1]);
      var table = new double[Math.toIntExact(result.elements())];
      for (int i = 0; i < in[0].size(); i++) {
        int row = range.local(in[0].getInt(i));
        if (row >= 0) {
          add(width, dy.values(), dy.start() + i * width, table, row * width);
        }
      }
      return new Tensor[] {Tensor.of(result, table)};
    };
  }

  private static List<Dim> rowMajor(TensorType ids, TensorType result) {
    var dims = new ArrayList<>(ids.dims());
    dims.addAll(result.dims().subList(1, result.rank()));
    return dims;
  }

  private static void add(int width, double[] from, int fromAt, double[] to, int toAt) {
    for (int j = 0; j < width; j++) {
      to[toAt + j] += from[fromAt + j];
    }
  }
}
