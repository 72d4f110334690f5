package dev.weft.runtime.oracle;

import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Ops whose operands choose places. On a whole axis every offset is zero. */
final class Indexing {
  private Indexing() {}

  static Tensor lookup(Tensor table, Tensor ids, TensorType type) {
    var result = new double[(int) type.elements()];
    int row = Space.stride(table.type(), table.type().dims().getFirst().axis());
    long rows = table.type().dims().getFirst().size();
    Space.of(type)
        .walk(
            List.of(type, table.type(), ids.type()),
            at -> result[at[0]] = table.get(at[1] + row * chosen(ids, at[2], rows)));
    return Tensor.of(type, result);
  }

  static Tensor lookupGrad(LookupGrad op, List<Tensor> in, TensorType type) {
    var ids = in.get(0);
    var dy = in.get(1);
    var result = new double[(int) type.elements()];
    int row = Space.stride(type, op.axis().axis());
    Space.of(dy.type())
        .walk(
            List.of(type, dy.type(), ids.type()),
            at -> result[at[0] + row * chosen(ids, at[2], op.axis().size())] += dy.get(at[1]));
    return Tensor.of(type, result);
  }

  static Tensor pick(Pick op, Tensor x, Tensor ids, TensorType type) {
    var result = new double[(int) type.elements()];
    int stride = Space.stride(x.type(), op.axis());
    long count = x.type().dim(op.axis()).size();
    Space.of(type)
        .walk(
            List.of(type, x.type(), ids.type()),
            at -> result[at[0]] = x.get(at[1] + stride * chosen(ids, at[2], count)));
    return Tensor.of(type, result);
  }

  static Tensor oneHot(OneHot op, Tensor ids, TensorType type) {
    var result = new double[(int) type.elements()];
    Space.of(ids.type())
        .walk(
            List.of(type, ids.type()),
            at -> {
              int id = ids.getInt(at[1]);
              if (id >= 0 && id < op.axis().size()) {
                result[at[0] + id] = 1;
              }
            });
    return Tensor.of(type, result);
  }

  static Tensor bucket(RelativeBucket op, List<Tensor> in, TensorType type) {
    var query = in.get(0);
    var source = in.get(1);
    var result = new int[(int) type.elements()];
    Space.of(type)
        .walk(
            List.of(type, query.type(), source.type()),
            at -> result[at[0]] = op.bucket(query.getInt(at[1]), source.getInt(at[2])));
    return Tensor.ofInts(type, result);
  }

  /** An integer that must name one of so many places. */
  static int chosen(Tensor ids, int at, long bound) {
    int id = ids.getInt(at);
    if (id < 0 || id >= bound) {
      throw new IllegalArgumentException("index " + id + " is not in [0, " + bound + ")");
    }
    return id;
  }
}
