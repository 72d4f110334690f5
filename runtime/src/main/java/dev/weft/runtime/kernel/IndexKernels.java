package dev.weft.runtime.kernel;

import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Kernels about places along an axis, of which a device may hold a part. */
public final class IndexKernels {
  private IndexKernels() {}

  public static Kernel iota(Iota op, TensorType type) {
    int count = Math.toIntExact(op.axis().size());
    return (place, in) -> {
      int first = place.coordinate(op.offset()) * count;
      var values = new int[count];
      Arrays.setAll(values, i -> first + i);
      return new Tensor[] {Tensor.ofInts(type, values)};
    };
  }

  /** Operands: x, ids. An entry that another device holds is zero. */
  public static Kernel pick(Pick op, TensorType x, TensorType ids, TensorType result) {
    int count = Math.toIntExact(x.dim(op.axis()).size());
    int stride = Nest.stride(x, op.axis());
    var nest = Nest.of(result.dims(), result, x, ids);
    return (place, in) -> {
      var range = new IndexRange(place.coordinate(op.offset()) * count, count, op.offset());
      var values = Operand.of(in[0]);
      var picked = new double[Math.toIntExact(result.elements())];
      nest.forEachRow(
          at -> {
            for (int i = 0; i < nest.length(); i++) {
              int entry = range.local(in[1].getInt(at[2] + i * nest.step(2)));
              int from = values.start() + at[1] + i * nest.step(1);
              picked[at[0] + i] = entry < 0 ? 0 : values.values()[from + entry * stride];
            }
          });
      return new Tensor[] {Tensor.of(result, picked)};
    };
  }

  public static Kernel oneHot(OneHot op, TensorType result) {
    int count = Math.toIntExact(op.axis().size());
    return (place, in) -> {
      int first = place.coordinate(op.offset()) * count;
      var hot = new double[Math.toIntExact(result.elements())];
      for (int i = 0; i < in[0].size(); i++) {
        int index = in[0].getInt(i) - first;
        if (index >= 0 && index < count) {
          hot[i * count + index] = 1;
        }
      }
      return new Tensor[] {Tensor.of(result, hot)};
    };
  }

  /** Operands: query positions, source positions. */
  public static Kernel relativeBucket(RelativeBucket op, TensorType result) {
    return Kernel.pure(
        in -> {
          var buckets = new int[Math.toIntExact(result.elements())];
          int sources = in[1].size();
          for (int i = 0; i < buckets.length; i++) {
            buckets[i] = op.bucket(in[0].getInt(i / sources), in[1].getInt(i % sources));
          }
          return Tensor.ofInts(result, buckets);
        });
  }

  /** Operands: scores, query positions, source positions. */
  public static Kernel causalMask(CausalMask op, List<TensorType> in) {
    var type = in.get(0);
    var nest = Nest.of(type.dims(), type, in.get(1), in.get(2));
    return Kernel.pure(
        operands -> {
          var x = Operand.of(operands[0]);
          var y = new double[operands[0].size()];
          nest.forEachRow(
              at -> {
                for (int i = 0; i < nest.length(); i++) {
                  int query = operands[1].getInt(at[1] + i * nest.step(1));
                  int source = operands[2].getInt(at[2] + i * nest.step(2));
                  int to = at[0] + i * nest.step(0);
                  y[to] = source > query ? op.value() : x.values()[x.start() + to];
                }
              });
          return Tensor.of(type, y);
        });
  }
}
