package dev.weft.runtime.kernel;

import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.Slice;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Kernels of ops that move elements and compute nothing. */
public final class MovingKernels {
  private MovingKernels() {}

  /** Transposition and broadcast: the element at the same axis positions. */
  public static Kernel sameNames(TensorType from, TensorType to) {
    var copying = new Copying(to.dims(), from, to);
    return Kernel.pure(in -> copied(copying, in[0], 0, to));
  }

  public static Kernel slice(Slice op, TensorType from, TensorType to) {
    var source = renamed(from, op.axis(), op.to().axis());
    var copying = new Copying(to.dims(), source, to);
    int skip = Math.toIntExact(op.start()) * Nest.stride(from, op.axis());
    return Kernel.pure(in -> copied(copying, in[0], skip, to));
  }

  public static Kernel shardSlice(ShardSlice op, TensorType from, TensorType to) {
    var copying = new Copying(to.dims(), from, to);
    int piece = Math.toIntExact(to.dim(op.axis()).size()) * Nest.stride(from, op.axis());
    return (place, in) ->
        new Tensor[] {copied(copying, in[0], place.coordinate(op.over()) * piece, to)};
  }

  public static Kernel pad(Pad op, TensorType from, TensorType to) {
    return concat(
        new Concat(List.of(op.axis()), op.to().axis()),
        List.of(from),
        to,
        Math.toIntExact(op.start()));
  }

  public static Kernel concat(Concat op, List<TensorType> from, TensorType to) {
    return concat(op, from, to, 0);
  }

  private static Kernel concat(Concat op, List<TensorType> from, TensorType to, int first) {
    var copyings = new Copying[from.size()];
    var starts = new int[from.size()];
    int next = first;
    for (int i = 0; i < copyings.length; i++) {
      var source = renamed(from.get(i), op.from().get(i), op.to());
      copyings[i] = new Copying(source.dims(), source, to);
      starts[i] = next * Nest.stride(to, op.to());
      next += Math.toIntExact(source.dim(op.to()).size());
    }
    return Kernel.pure(
        in -> {
          var result = new double[Math.toIntExact(to.elements())];
          for (int i = 0; i < copyings.length; i++) {
            var x = Operand.of(in[i]);
            copyings[i].run(x.values(), x.start(), result, starts[i]);
          }
          return Tensor.of(to, result);
        });
  }

  private static Tensor copied(Copying copying, Tensor from, int skip, TensorType to) {
    var result = new double[Math.toIntExact(to.elements())];
    var x = Operand.of(from);
    copying.run(x.values(), x.start() + skip, result, 0);
    return Tensor.of(to, result);
  }

  private static TensorType renamed(TensorType type, String from, String to) {
    return type.withDims(
        type.dims().stream().map(d -> d.axis().equals(from) ? new Dim(to, d.size()) : d).toList());
  }
}
