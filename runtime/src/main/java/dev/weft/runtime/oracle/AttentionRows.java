package dev.weft.runtime.oracle;

import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The queries of an attention one by one: where each begins in every tensor, and its scores. */
final class AttentionRows {
  /**
   * One query of one head: row-major indices of its first elements.
   *
   * @param output in the output, and in its cotangent
   * @param lse in the log-sum-exp
   * @param visible the number of sources that the query sees: the first ones
   */
  record Row(int q, int k, int v, int bias, int output, int lse, int visible) {}

  private static final int NONE = 0;

  private final AttentionShape shape;
  private final Tensor q;
  private final Tensor k;
  private final TensorType v;
  private final Optional<Tensor> bias;
  private final int qKey;
  private final int kSource;
  private final int kKey;
  private final int vSource;
  private final int vValue;
  private final int biasSource;
  final int sources;
  final int keys;
  final int values;

  AttentionRows(AttentionShape shape, Tensor q, Tensor k, TensorType v, Optional<Tensor> bias) {
    this.shape = shape;
    this.q = q;
    this.k = k;
    this.v = v;
    this.bias = bias;
    this.qKey = Space.stride(q.type(), shape.key());
    this.kSource = Space.stride(k.type(), shape.source());
    this.kKey = Space.stride(k.type(), shape.key());
    this.vSource = Space.stride(v, shape.source());
    this.vValue = Space.stride(v, shape.value());
    this.biasSource = bias.map(b -> Space.stride(b.type(), shape.source())).orElse(NONE);
    this.sources = (int) k.type().dim(shape.source()).size();
    this.keys = (int) k.type().dim(shape.key()).size();
    this.values = (int) v.dim(shape.value()).size();
  }

  /** Visits every query of every head. */
  void forEach(TensorType output, TensorType lse, Consumer<Row> visit) {
    var heads = shape.isGrouped() ? q.type().dim(shape.heads()) : new Dim("one", 1);
    int kvHeads = shape.isGrouped() ? (int) k.type().dim(shape.kvHeads()).size() : 1;
    int group = (int) heads.size() / kvHeads;
    var types =
        List.of(
            q.type(),
            k.type(),
            v,
            bias.map(Tensor::type).orElse(TensorType.scalar(DType.F64)),
            output,
            lse,
            TensorType.of(DType.I32, q.type().dim(shape.query())),
            TensorType.of(DType.I32, heads));
    int kHead = shape.isGrouped() ? Space.stride(k.type(), shape.kvHeads()) : NONE;
    int vHead = shape.isGrouped() ? Space.stride(v, shape.kvHeads()) : NONE;
    Space.of(lse)
        .walk(
            types,
            at -> {
              int kvHead = at[7] / group;
              visit.accept(
                  new Row(
                      at[0],
                      at[1] + kvHead * kHead,
                      at[2] + kvHead * vHead,
                      at[3],
                      at[4],
                      at[5],
                      visible(at[6])));
            });
  }

  private int visible(int position) {
    return switch (shape.mask()) {
      case NONE -> sources;
      case CAUSAL -> Math.min(sources, position + 1);
    };
  }

  /** scale * q·k + bias for one source. */
  double score(Row row, int source) {
    double dot = 0;
    for (int i = 0; i < keys; i++) {
      dot += q.get(qAt(row, i)) * k.get(kAt(row, source, i));
    }
    return shape.scale() * dot + bias.map(b -> b.get(biasAt(row, source))).orElse(0.0);
  }

  int qAt(Row row, int key) {
    return row.q() + key * qKey;
  }

  int kAt(Row row, int source, int key) {
    return row.k() + source * kSource + key * kKey;
  }

  int vAt(Row row, int source, int value) {
    return row.v() + source * vSource + value * vValue;
  }

  int biasAt(Row row, int source) {
    return row.bias() + source * biasSource;
  }

  /** In the output, whose value axis has the given stride. */
  static int outputAt(Row row, int value, int stride) {
    return row.output() + value * stride;
  }
}
