package dev.weft.runtime.oracle;

import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.oracle.AttentionRows.Row;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Attention, query by query. */
final class AttentionLoops {
  private AttentionLoops() {}

  /** The output and the log-sum-exp of q, k, v and possibly a bias. */
  static List<Tensor> forward(AttentionShape shape, List<Tensor> in, List<TensorType> types) {
    var v = in.get(2);
    var bias = in.size() == 4 ? Optional.of(in.get(3)) : Optional.<Tensor>empty();
    var rows = new AttentionRows(shape, in.get(0), in.get(1), v.type(), bias);
    var output = new double[(int) types.get(0).elements()];
    var lse = new double[(int) types.get(1).elements()];
    int stride = Space.stride(types.get(0), shape.value());
    rows.forEach(
        types.get(0),
        types.get(1),
        row -> {
          lse[row.lse()] = logSumExp(rows, row);
          for (int s = 0; s < row.visible(); s++) {
            double probability = Math.exp(rows.score(row, s) - lse[row.lse()]);
            for (int i = 0; i < rows.values; i++) {
              output[AttentionRows.outputAt(row, i, stride)] +=
                  probability * v.get(rows.vAt(row, s, i));
            }
          }
        });
    return List.of(Tensor.of(types.get(0), output), Tensor.of(types.get(1), lse));
  }

  private static double logSumExp(AttentionRows rows, Row row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < row.visible(); s++) {
      max = Math.max(max, rows.score(row, s));
    }
    double sum = 0;
    for (int s = 0; s < row.visible(); s++) {
      sum += Math.exp(rows.score(row, s) - max);
    }
    return max + Math.log(sum);
  }
}
