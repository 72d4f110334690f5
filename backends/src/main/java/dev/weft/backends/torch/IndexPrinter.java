package dev.weft.backends.torch;

import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers and scatters by integers. Where mesh axes cut what is indexed, the function takes them
 * and sees to the rows that other devices hold.
 */
record IndexPrinter(Vocabulary vocabulary) {
  Expression lookup(Lookup op, Operand table, Operand ids) {
    return call("lookup", op.offset(), table.expression().text(), ids.expression().text());
  }

  /** The cotangent takes the axes of the ids first, as the looked-up rows have them. */
  Expression lookupGrad(LookupGrad op, Operand ids, Operand dy) {
    var order = new ArrayList<>(ids.type().axes());
    dy.type().axes().stream().filter(a -> !ids.type().bears(a)).forEach(order::add);
    var rows = Layout.permute(dy.expression(), dy.type().axes(), order);
    return call("lookup_bwd", op.offset(), rows.text(), ids.expression().text(), size(op.axis()));
  }

  Expression pick(Pick op, Operand x, Operand ids) {
    var order = x.type().without(List.of(op.axis())).axes();
    var aligned = Layout.permute(ids.expression(), ids.type().axes(), order);
    var at = Integer.toString(Layout.position(x.type(), op.axis()));
    return call("pick", op.offset(), x.expression().text(), aligned.text(), at);
  }

  Expression oneHot(OneHot op, Operand ids) {
    var name = op.dtype().isFloat() ? "one_hot" : "one_hot_int";
    return call(name, op.offset(), ids.expression().text(), size(op.axis()));
  }

  /** The positions are aligned to the scores. */
  Expression causalMask(CausalMask op, Operand scores, Operand query, Operand source) {
    var axes = scores.type().axes();
    return Expression.call(
        vocabulary.function("causal_mask"),
        scores.expression().text(),
        Layout.align(query.expression(), query.type(), axes).text(),
        Layout.align(source.expression(), source.type(), axes).text(),
        op.value() == 0 ? "0" : "float(\"-inf\")");
  }

  /**
   * A search in the distances at which the bucket changes. They are computed here, by the op's own
   * definition, so that no logarithm rounds otherwise on the device.
   */
  Expression relativeBucket(RelativeBucket op, Operand query, Operand source) {
    var backward = op.reach() == RelativeBucket.Reach.BACKWARD;
    return Expression.call(
        vocabulary.function("relative_bucket"),
        query.expression().text(),
        source.expression().text(),
        Literal.tuple(thresholds(op)),
        backward ? "0" : Long.toString(op.buckets() / 2));
  }

  /** The least distance backward of each bucket but the first. */
  private static List<Long> thresholds(RelativeBucket op) {
    var thresholds = new ArrayList<Long>();
    int last = op.bucket(0, 0);
    for (long distance = 1; distance <= op.maxDistance(); distance++) {
      for (int bucket = op.bucket(distance, 0); last < bucket; last++) {
        thresholds.add(distance);
      }
    }
    return thresholds;
  }

  private Expression call(String function, List<String> offset, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    if (!offset.isEmpty()) {
      all.add(vocabulary.group(offset));
    }
    return Expression.call(vocabulary.function(function), all);
  }

  private static String size(Dim dim) {
    return Long.toString(dim.size());
  }
}
