package dev.weft.runtime.oracle;

import dev.weft.ir.op.AttentionShape;
import dev.weft.runtime.oracle.AttentionRows.Row;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cotangents of attention, query by query. */
final class AttentionGradLoops {
  private final AttentionShape shape;
  private final Tensor q;
  private final Tensor k;
  private final Tensor v;
  private final Optional<Tensor> bias;
  private final Tensor output;
  private final Tensor lse;
  private final Tensor cotangent;
  private final AttentionRows rows;
  private final int stride;
  private final double[] dq;
  private final double[] dk;
  private final double[] dv;
  private final double[] dbias;

  private AttentionGradLoops(AttentionShape shape, List<Tensor> in) {
    int last = in.size() - 1;
    this.shape = shape;
    this.q = in.get(0);
    this.k = in.get(1);
    this.v = in.get(2);
    this.bias = last == 6 ? Optional.of(in.get(3)) : Optional.empty();
    this.output = in.get(last - 2);
    this.lse = in.get(last - 1);
    this.cotangent = Rearranging.sameNames(in.get(last), output.type());
    this.rows = new AttentionRows(shape, q, k, v.type(), bias);
    this.stride = Space.stride(output.type(), shape.value());
    this.dq = new double[q.size()];
    this.dk = new double[k.size()];
    this.dv = new double[v.size()];
    this.dbias = new double[bias.map(Tensor::size).orElse(0)];
  }

  /** Operands: q, k, v, possibly a bias, o, lse, do. Results: dq, dk, dv, and dbias likewise. */
  static List<Tensor> backward(AttentionShape shape, List<Tensor> in) {
    var loops = new AttentionGradLoops(shape, in);
    loops.rows.forEach(loops.output.type(), loops.lse.type(), loops::visit);
    return loops.results();
  }

  private List<Tensor> results() {
    var results =
        new ArrayList<>(
            List.of(Tensor.of(q.type(), dq), Tensor.of(k.type(), dk), Tensor.of(v.type(), dv)));
    bias.ifPresent(b -> results.add(Tensor.of(b.type(), dbias)));
    return results;
  }

  private void visit(Row row) {
    double delta = 0;
    for (int i = 0; i < rows.values; i++) {
      int at = AttentionRows.outputAt(row, i, stride);
      delta += cotangent.get(at) * output.get(at);
    }
    for (int s = 0; s < row.visible(); s++) {
      visit(row, s, delta);
    }
  }

  private void visit(Row row, int source, double delta) {
    double probability = Math.exp(rows.score(row, source) - lse.get(row.lse()));
    double dProbability = 0;
    for (int i = 0; i < rows.values; i++) {
      double dOutput = cotangent.get(AttentionRows.outputAt(row, i, stride));
      dProbability += dOutput * v.get(rows.vAt(row, source, i));
      dv[rows.vAt(row, source, i)] += probability * dOutput;
    }
    double dScore = probability * (dProbability - delta);
    for (int i = 0; i < rows.keys; i++) {
      dq[rows.qAt(row, i)] += shape.scale() * dScore * k.get(rows.kAt(row, source, i));
      dk[rows.kAt(row, source, i)] += shape.scale() * dScore * q.get(rows.qAt(row, i));
    }
    if (bias.isPresent()) {
      dbias[rows.biasAt(row, source)] += dScore;
    }
  }
}
