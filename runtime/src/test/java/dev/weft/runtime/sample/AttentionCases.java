package dev.weft.runtime.sample;

import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionGrad;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Random attentions: grouped or not, causal or not, with a bias or without, axes in any order. */
final class AttentionCases {
  private enum Heads {
    NONE,
    SAME,
    GROUPED
  }

  private AttentionCases() {}

  static OpCase attention(Draw draw) {
    var heads = draw.oneOf(Heads.values());
    var query = draw.dim("query");
    var source = draw.dim("source");
    var key = draw.dim("key");
    var value = draw.dim("value");
    var kv = new Dim(heads == Heads.GROUPED ? "kv" : "heads", draw.between(1, 3));
    var headDim = heads == Heads.GROUPED ? new Dim("heads", kv.size() * draw.between(1, 3)) : kv;
    var batch = draw.dims("batch");
    var shape =
        new AttentionShape(
            "query",
            "source",
            "key",
            "value",
            heads == Heads.NONE ? "" : "heads",
            heads == Heads.NONE ? "" : kv.axis(),
            draw.oneOf(AttentionShape.Mask.values()),
            0.7);
    var operands = new ArrayList<Tensor>();
    operands.add(tensor(draw, heads, batch, headDim, query, key));
    operands.add(tensor(draw, heads, batch, kv, source, key));
    operands.add(tensor(draw, heads, batch, kv, source, value));
    if (draw.chance()) {
      var dims = new ArrayList<>(List.of(query, source, batch.getFirst()));
      if (heads != Heads.NONE) {
        dims.add(headDim);
      }
      operands.add(draw.tensor(draw.floats(draw.some(dims))));
    }
    return new OpCase(new Attention(shape), operands);
  }

  private static Tensor tensor(
      Draw draw, Heads heads, List<Dim> batch, Dim head, Dim position, Dim feature) {
    var dims = new ArrayList<>(batch);
    if (heads != Heads.NONE) {
      dims.add(head);
    }
    dims.add(position);
    dims.add(feature);
    return draw.tensor(draw.floats(dims));
  }

  /** The gradient at a consistent output and log-sum-exp. */
  static OpCase attentionGrad(Draw draw) {
    var forward = attention(draw);
    var results = Oracle.run(forward.function(), forward.operands());
    var operands = new ArrayList<>(forward.operands());
    operands.addAll(results);
    operands.add(draw.tensor(new TensorType(DType.F64, results.getFirst().type().dims())));
    return new OpCase(new AttentionGrad(((Attention) forward.op()).shape()), operands);
  }
}
