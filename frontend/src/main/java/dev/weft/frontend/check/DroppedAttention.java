package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.op.AttentionShape.Mask;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.CausalMask.Hidden;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.Split;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attention whose probabilities are dropped, written out: scores, softmax, dropout, weighted sum.
 * Fused attention draws masks of its own, which depend on how it is cut.
 */
record DroppedAttention(AttentionShape shape, Dropping dropping, CallSite site) {
  /**
   * The nodes of the attention.
   *
   * @param query the axis of the queries' positions
   * @param source the axis of the keys' positions
   */
  Meaning emit(Operand q, Operand k, Operand v, Optional<Operand> bias, Dim query, Dim source) {
    var group = group(q, k);
    var queries = inGroups(q, group);
    var axes = new ArrayList<>(queries.value().type().axes());
    axes.removeAll(List.of(shape.query(), shape.key()));
    axes.addAll(List.of(shape.query(), shape.source()));

    var emitter = site.emitter();
    var product = emitter.step(new Contract(axes), queries, k);
    var scores = emitter.step(Affine.scale(shape.scale()), product);
    if (bias.isPresent()) {
      scores = emitter.step(Binary.ADD, scores, inGroups(bias.get(), group));
    }
    if (shape.mask() == Mask.CAUSAL) {
      var hide = new CausalMask(Hidden.NEGATIVE_INFINITY);
      scores = emitter.step(hide, scores, dropping.positions(query), dropping.positions(source));
    }
    var kept = dropping.step(emitter.step(new Softmax(shape.source()), scores));
    var results = new ArrayList<>(queries.value().type().axes());
    results.replaceAll(axis -> axis.equals(shape.key()) ? shape.value() : axis);
    var sum = new Contract(results);
    if (group.isEmpty()) {
      return site.last(sum, kept, v);
    }
    var merge = new Merge(List.of(shape.kvHeads(), group.get().axis()), shape.heads());
    return site.last(merge, emitter.step(sum, kept, v));
  }

  /** The axis of the query heads that share a key head, where they do. */
  private Optional<Dim> group(Operand q, Operand k) {
    if (!shape.isGrouped()) {
      return Optional.empty();
    }
    long heads = q.value().type().dim(shape.heads()).size();
    long shared = k.value().type().dim(shape.kvHeads()).size();
    return Optional.of(site.fresh(shape.heads(), "_group", heads / shared));
  }

  /** With the query heads as key heads, each with its group. */
  private Operand inGroups(Operand x, Optional<Dim> group) {
    var heads = x.value().type().find(shape.heads());
    if (group.isEmpty() || heads.isEmpty()) {
      return x;
    }
    var kv = new Dim(shape.kvHeads(), heads.get().size() / group.get().size());
    return site.emitter().reshaped(new Split(shape.heads(), List.of(kv, group.get())), x);
  }
}
