package dev.weft.runtime.oracle;

import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.Slice;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Ops that move elements and compute nothing. */
final class Rearranging {
  private Rearranging() {}

  /** The element of the same axis positions: transposition and broadcast. */
  static Tensor sameNames(Tensor x, TensorType type) {
    var result = new double[(int) type.elements()];
    Space.of(type).walk(List.of(type, x.type()), at -> result[at[0]] = x.get(at[1]));
    return Tensor.of(type, result);
  }

  /** The element of the same row-major index: renaming, splitting, merging. */
  static Tensor sameOrder(Tensor x, TensorType type) {
    return Tensor.generate(type, x::get);
  }

  static Tensor slice(Slice op, Tensor x, TensorType type) {
    var result = new double[(int) type.elements()];
    int skip = (int) op.start() * Space.stride(x.type(), op.axis());
    var source = renamed(x.type(), op.axis(), op.to().axis());
    Space.of(type).walk(List.of(type, source), at -> result[at[0]] = x.get(at[1] + skip));
    return Tensor.of(type, result);
  }

  static Tensor pad(Pad op, Tensor x, TensorType type) {
    var result = new double[(int) type.elements()];
    place(x, op.axis(), op.to().axis(), op.start(), type, result);
    return Tensor.of(type, result);
  }

  static Tensor concat(Concat op, List<Tensor> in, TensorType type) {
    var result = new double[(int) type.elements()];
    long start = 0;
    for (int i = 0; i < in.size(); i++) {
      place(in.get(i), op.from().get(i), op.to(), start, type, result);
      start += in.get(i).type().dim(op.from().get(i)).size();
    }
    return Tensor.of(type, result);
  }

  private static void place(
      Tensor x, String from, String to, long start, TensorType type, double[] result) {
    int skip = (int) start * Space.stride(type, to);
    var source = renamed(x.type(), from, to);
    Space.of(source).walk(List.of(type, source), at -> result[at[0] + skip] = x.get(at[1]));
  }

  private static TensorType renamed(TensorType type, String from, String to) {
    return type.withDims(
        type.dims().stream().map(d -> d.axis().equals(from) ? new Dim(to, d.size()) : d).toList());
  }
}
