package dev.weft.runtime.oracle;

import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.TopK;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Ops that choose entries, and carry them to the places that integers name and back. */
final class Choosing {
  private Choosing() {}

  static Tensor topK(TopK op, Tensor x, Tensor scores) {
    var type = x.type();
    var result = new double[x.size()];
    int stride = Space.stride(type, op.axis());
    int n = (int) type.dim(op.axis()).size();
    Space.of(type)
        .without(op.axis())
        .walk(
            List.of(type),
            at -> {
              for (int i = 0; i < n; i++) {
                if (before(scores, at[0], stride, n, i) < op.count()) {
                  int here = at[0] + i * stride;
                  result[here] = x.get(here);
                }
              }
            });
    return Tensor.of(type, result);
  }

  /** How many entries of a line go before entry i: those of greater score, and earlier equals. */
  private static int before(Tensor scores, int start, int stride, int n, int i) {
    double own = scores.get(start + i * stride);
    int count = 0;
    for (int j = 0; j < n; j++) {
      double other = scores.get(start + j * stride);
      if (other > own || (other == own && j < i)) {
        count++;
      }
    }
    return count;
  }

  static Tensor nonzero(Nonzero op, Tensor x, TensorType type) {
    var result = new int[(int) type.elements()];
    Arrays.fill(result, Nonzero.NOWHERE);
    int from = Space.stride(x.type(), op.axis());
    int to = Space.stride(type, op.slots().axis());
    long n = x.type().dim(op.axis()).size();
    Space.of(x.type())
        .without(op.axis())
        .walk(
            List.of(x.type(), type),
            at -> {
              int slot = 0;
              for (int i = 0; i < n && slot < op.slots().size(); i++) {
                if (x.get(at[0] + i * from) != 0) {
                  result[at[1] + slot++ * to] = i;
                }
              }
            });
    return Tensor.ofInts(type, result);
  }

  static Tensor gather(Gather op, Tensor x, Tensor ids, TensorType type) {
    var result = new double[(int) type.elements()];
    int stride = Space.stride(x.type(), op.axis());
    long bound = x.type().dim(op.axis()).size();
    Space.of(type)
        .walk(
            List.of(type, x.type(), ids.type()),
            at -> {
              if (ids.getInt(at[2]) != Nonzero.NOWHERE) {
                result[at[0]] = x.get(at[1] + stride * Indexing.chosen(ids, at[2], bound));
              }
            });
    return Tensor.of(type, result);
  }

  static Tensor scatter(Scatter op, Tensor y, Tensor ids, TensorType type) {
    var result = new double[(int) type.elements()];
    int stride = Space.stride(type, op.axis().axis());
    long bound = op.axis().size();
    Space.of(y.type())
        .walk(
            List.of(type, y.type(), ids.type()),
            at -> {
              if (ids.getInt(at[2]) != Nonzero.NOWHERE) {
                result[at[0] + stride * Indexing.chosen(ids, at[2], bound)] += y.get(at[1]);
              }
            });
    return Tensor.of(type, result);
  }
}
