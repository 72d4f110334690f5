package dev.weft.runtime.kernel;

import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** scale * q·k + bias for all pairs of one head, queries by sources. */
final class AttentionScores {
  private final AttentionLayout layout;
  private final Gemm gemm;
  private final Reordering queries;
  private final Reordering transposedKeys;
  private final Optional<AttentionBias> bias;

  /**
   * @param operands q, k, v, and the bias where there is one
   */
  AttentionScores(AttentionLayout layout, List<TensorType> operands, Gemm gemm) {
    this.layout = layout;
    this.gemm = gemm;
    this.queries = new Reordering(operands.get(0), layout.perHead(layout.query(), layout.key()));
    this.transposedKeys =
        new Reordering(operands.get(1), layout.perKvHead(layout.key(), layout.source()));
    this.bias =
        operands.size() == 4
            ? Optional.of(AttentionBias.of(operands.get(3), layout))
            : Optional.empty();
  }

  Optional<AttentionBias> bias() {
    return bias;
  }

  /** The scores of given operands. */
  Run on(Tensor[] in) {
    var offsets = bias.isPresent() ? Operand.of(in[3]) : new Operand(new double[0], 0);
    return new Run(queries.run(in[0]), transposedKeys.run(in[1]), offsets);
  }

  /** Operands in matrix order. */
  final class Run {
    private final Operand q;
    private final Operand k;
    private final Operand offsets;

    private Run(Operand q, Operand k, Operand offsets) {
      this.q = q;
      this.k = k;
      this.offsets = offsets;
    }

    Operand queries() {
      return q;
    }

    /** Overwrites the scores of a head; those that a mask hides are left meaningless. */
    void compute(int head, double[] scores) {
      int m = layout.queries();
      int n = layout.sources();
      int d = layout.keys();
      java.util.Arrays.fill(scores, 0);
      int qAt = q.start() + head * m * d;
      int kAt = k.start() + layout.kvHead(head) * d * n;
      gemm.multiply(m, n, d, q.values(), qAt, k.values(), kAt, scores, 0);
      double scale = layout.shape().scale();
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= scale;
      }
      bias.ifPresent(b -> addBias(b, head, scores));
    }

    private void addBias(AttentionBias places, int head, double[] scores) {
      int n = layout.sources();
      for (int i = 0; i < scores.length; i++) {
        scores[i] += offsets.values()[offsets.start() + places.at(head, i / n, i % n)];
      }
    }
  }
}
