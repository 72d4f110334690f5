package dev.weft.runtime.kernel;

import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cotangents of attention, head by head, in matrices. */
public final class AttentionGradKernel implements Kernel {
  private final AttentionLayout layout;
  private final Gemm gemm;
  private final AttentionScores scores;
  private final List<TensorType> inputs;
  private final Reordering keys;
  private final Reordering transposedValues;
  private final Reordering output;
  private final Reordering logSumExp;
  private final Reordering cotangent;
  private final Reordering dq;
  private final Reordering dk;
  private final Reordering dv;

  /**
   * @param operands q, k, v, possibly a bias, o, lse, do
   */
  public AttentionGradKernel(AttentionShape shape, List<TensorType> operands, Gemm gemm) {
    int count = operands.size();
    this.inputs = operands.subList(0, count - 3);
    this.gemm = gemm;
    this.layout = AttentionLayout.of(shape, operands);
    this.scores = new AttentionScores(layout, inputs, gemm);
    var q = layout.perHead(layout.query(), layout.key());
    var k = layout.perKvHead(layout.source(), layout.key());
    var v = layout.perKvHead(layout.source(), layout.value());
    var o = layout.perHead(layout.query(), layout.value());
    this.keys = new Reordering(operands.get(1), k);
    this.transposedValues =
        new Reordering(operands.get(2), layout.perKvHead(layout.value(), layout.source()));
    this.output = new Reordering(operands.get(count - 3), o);
    this.logSumExp = new Reordering(operands.get(count - 2), layout.perHead(layout.query()));
    this.cotangent = new Reordering(operands.get(count - 1), o);
    this.dq = new Reordering(operands.get(0).withDims(q), operands.get(0).dims());
    this.dk = new Reordering(operands.get(1).withDims(k), operands.get(1).dims());
    this.dv = new Reordering(operands.get(2).withDims(v), operands.get(2).dims());
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    var pass = new Pass(in);
    for (int head = 0; head < layout.heads(); head++) {
      pass.head(head);
    }
    return pass.results();
  }

  /** One run: operands in matrix order, cotangents so far, and room for a head's matrices. */
  private final class Pass {
    private final int m = layout.queries();
    private final int n = layout.sources();
    private final int features = layout.keys();
    private final int values = layout.values();
    private final AttentionScores.Run run;
    private final Operand k;
    private final Operand vT;
    private final Operand o;
    private final Operand lse;
    private final Operand dO;
    private final double[] p = new double[m * n];
    private final double[] dScores = new double[m * n];
    private final double[] transposed = new double[m * n];
    private final double[] dQueries;
    private final double[] dKeys;
    private final double[] dValues;
    private final double[] dBias;

    Pass(Tensor[] in) {
      this.run = scores.on(in);
      this.k = keys.run(in[1]);
      this.vT = transposedValues.run(in[2]);
      this.o = output.run(in[in.length - 3]);
      this.lse = logSumExp.run(in[in.length - 2]);
      this.dO = cotangent.run(in[in.length - 1]);
      this.dQueries = new double[in[0].size()];
      this.dKeys = new double[in[1].size()];
      this.dValues = new double[in[2].size()];
      this.dBias = new double[scores.bias().isPresent() ? in[3].size() : 0];
    }

    void head(int head) {
      int kv = layout.kvHead(head);
      int dOAt = dO.start() + head * m * values;
      probabilities(head);
      transpose(p);
      gemm.multiply(n, values, m, transposed, 0, dO.values(), dOAt, dValues, kv * n * values);
      Arrays.fill(dScores, 0);
      int vAt = vT.start() + kv * values * n;
      gemm.multiply(m, n, values, dO.values(), dOAt, vT.values(), vAt, dScores, 0);
      differentiateSoftmax(head);
      scores.bias().ifPresent(bias -> addToBias(bias, head));
      scale();
      int kAt = k.start() + kv * n * features;
      gemm.multiply(m, features, n, dScores, 0, k.values(), kAt, dQueries, head * m * features);
      transpose(dScores);
      var q = run.queries();
      int qAt = q.start() + head * m * features;
      gemm.multiply(n, features, m, transposed, 0, q.values(), qAt, dKeys, kv * n * features);
    }

    /** exp(scores - lse), zero where a mask hides the source. */
    private void probabilities(int head) {
      run.compute(head, p);
      for (int i = 0; i < m; i++) {
        double shift = lse.values()[lse.start() + head * m + i];
        int visible = layout.visible(i);
        for (int j = 0; j < visible; j++) {
          p[i * n + j] = Math.exp(p[i * n + j] - shift);
        }
        Arrays.fill(p, i * n + visible, i * n + n, 0);
      }
    }

    /** dScores = p * (dP - rowsum(do * o)). */
    private void differentiateSoftmax(int head) {
      for (int i = 0; i < m; i++) {
        int at = (head * m + i) * values;
        double delta = 0;
        for (int j = 0; j < values; j++) {
          delta += dO.values()[dO.start() + at + j] * o.values()[o.start() + at + j];
        }
        for (int j = 0; j < n; j++) {
          dScores[i * n + j] = p[i * n + j] * (dScores[i * n + j] - delta);
        }
      }
    }

    private void addToBias(AttentionBias bias, int head) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          dBias[bias.at(head, i, j)] += dScores[i * n + j];
        }
      }
    }

    private void scale() {
      double scale = layout.shape().scale();
      for (int i = 0; i < dScores.length; i++) {
        dScores[i] *= scale;
      }
    }

    private void transpose(double[] matrix) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          transposed[j * m + i] = matrix[i * n + j];
        }
      }
    }

    Tensor[] results() {
      var results = new ArrayList<Tensor>();
      results.add(Tensor.of(inputs.get(0), dq.run(dQueries)));
      results.add(Tensor.of(inputs.get(1), dk.run(dKeys)));
      results.add(Tensor.of(inputs.get(2), dv.run(dValues)));
      scores.bias().ifPresent(_ -> results.add(Tensor.of(inputs.get(3), dBias)));
      return results.toArray(Tensor[]::new);
    }
  }
}
