package dev.weft.runtime.kernel;

import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention as a batch of heads, each with matrices of its own. A head's matrices are dense; heads
 * are numbered in row-major order of the batch axes and, where queries are grouped, the query
 * heads.
 *
 * @param lead the axes that number the heads of the queries
 * @param kvLead the axes that number the heads of the keys and values
 * @param group neighbouring query heads that share a key head
 */
record AttentionLayout(
    AttentionShape shape,
    List<Dim> lead,
    List<Dim> kvLead,
    int group,
    Dim query,
    Dim source,
    Dim key,
    Dim value) {

  static AttentionLayout of(AttentionShape shape, List<TensorType> operands) {
    var q = operands.get(0);
    var k = operands.get(1);
    var lead = new ArrayList<Dim>();
    shape.batchAxes(q).forEach(axis -> lead.add(q.dim(axis)));
    var kvLead = new ArrayList<>(lead);
    int group = 1;
    if (shape.isGrouped()) {
      lead.add(q.dim(shape.heads()));
      kvLead.add(k.dim(shape.kvHeads()));
      group = Math.toIntExact(lead.getLast().size() / kvLead.getLast().size());
    }
    return new AttentionLayout(
        shape,
        lead,
        kvLead,
        group,
        q.dim(shape.query()),
        k.dim(shape.source()),
        k.dim(shape.key()),
        operands.get(2).dim(shape.value()));
  }

  int heads() {
    return Math.toIntExact(lead.stream().mapToLong(Dim::size).reduce(1, Math::multiplyExact));
  }

  /** The number of the key head that serves a query head. */
  int kvHead(int head) {
    return head / group;
  }

  int queries() {
    return Math.toIntExact(query.size());
  }

  int sources() {
    return Math.toIntExact(source.size());
  }

  int keys() {
    return Math.toIntExact(key.size());
  }

  int values() {
    return Math.toIntExact(value.size());
  }

  /** The number of sources that a query sees: the first ones. */
  int visible(int position) {
    return switch (shape.mask()) {
      case NONE -> sources();
      case CAUSAL -> Math.min(sources(), position + 1);
    };
  }

  /** The dimensions of one matrix for each query head. */
  List<Dim> perHead(Dim... matrix) {
    return joined(lead, matrix);
  }

  /** The dimensions of one matrix for each key head. */
  List<Dim> perKvHead(Dim... matrix) {
    return joined(kvLead, matrix);
  }

  private static List<Dim> joined(List<Dim> lead, Dim... matrix) {
    var dims = new ArrayList<>(lead);
    dims.addAll(List.of(matrix));
    return dims;
  }
}
