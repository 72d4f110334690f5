package dev.weft.runtime.kernel;

import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Attention head by head, in matrices. */
public final class AttentionKernel implements Kernel {
  private final AttentionLayout layout;
  private final Gemm gemm;
  private final AttentionScores scores;
  private final Reordering values;
  private final Reordering output;
  private final Reordering logSumExp;
  private final List<TensorType> results;

  /**
   * @param operands q, k, v, and the bias where there is one
   * @param results the output and the log-sum-exp
   */
  public AttentionKernel(
      AttentionShape shape, List<TensorType> operands, List<TensorType> results, Gemm gemm) {
    this.layout = AttentionLayout.of(shape, operands);
    this.gemm = gemm;
    this.results = results;
    this.scores = new AttentionScores(layout, operands, gemm);
    var v = operands.get(2);
    this.values = new Reordering(v, layout.perKvHead(layout.source(), layout.value()));
    var outputDims = layout.perHead(layout.query(), layout.value());
    this.output = new Reordering(v.withDims(outputDims), results.get(0).dims());
    this.logSumExp =
        new Reordering(v.withDims(layout.perHead(layout.query())), results.get(1).dims());
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    int m = layout.queries();
    int n = layout.sources();
    int d = layout.values();
    var run = scores.on(in);
    var v = values.run(in[2]);
    var o = new double[layout.heads() * m * d];
    var lse = new double[layout.heads() * m];
    var p = new double[m * n];
    for (int head = 0; head < layout.heads(); head++) {
      run.compute(head, p);
      for (int i = 0; i < m; i++) {
        lse[head * m + i] = softmax(p, i * n, layout.visible(i), n);
      }
      int vAt = v.start() + layout.kvHead(head) * n * d;
      gemm.multiply(m, d, n, p, 0, v.values(), vAt, o, head * m * d);
    }
    return new Tensor[] {
      Tensor.of(results.get(0), output.run(o)), Tensor.of(results.get(1), logSumExp.run(lse))
    };
  }

  /** Turns a row of scores into probabilities; answers its log-sum-exp. */
  private static double softmax(double[] p, int at, int visible, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < visible; j++) {
      max = Math.max(max, p[at + j]);
    }
    double sum = 0;
    for (int j = 0; j < visible; j++) {
      p[at + j] = Math.exp(p[at + j] - max);
      sum += p[at + j];
    }
    for (int j = 0; j < visible; j++) {
      p[at + j] /= sum;
    }
    java.util.Arrays.fill(p, at + visible, at + n, 0);
    return max + Math.log(sum);
  }
}
