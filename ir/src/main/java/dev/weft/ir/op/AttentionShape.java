package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The roles of the axes in an attention; every other axis is a batch axis of all operands.
 *
 * @param query positions of the queries
 * @param source positions of the keys and values
 * @param key the axis contracted between queries and keys
 * @param value the features of the values and of the output
 * @param heads the query heads; equal to {@code kvHeads} where each has a key head of its own;
 *     empty where there is one head
 * @param kvHeads the key and value heads; each serves heads / kvHeads neighbouring query heads
 * @param mask which sources a query sees
 * @param scale multiplies the scores
 */
public record AttentionShape(
    String query,
    String source,
    String key,
    String value,
    String heads,
    String kvHeads,
    Mask mask,
    double scale) {
  /** Which sources a query sees. */
  public enum Mask {
    NONE,
    /** Those at its own position and before. */
    CAUSAL
  }

  /** Factor of the query heads that share one key head. */
  public static final String GROUP = "group";

  /** Whether several query heads share a key head. */
  public boolean isGrouped() {
    return !heads.equals(kvHeads);
  }

  void check(String op, List<TensorType> operands) {
    var q = operands.get(0);
    var k = operands.get(1);
    var v = operands.get(2);
    Dims.require(op, operands, 0, query);
    Dims.require(op, operands, 0, key);
    Dims.require(op, operands, 1, source);
    Dims.require(op, operands, 1, key);
    Dims.require(op, operands, 2, source);
    Dims.require(op, operands, 2, value);
    if (isGrouped()) {
      long queryHeads = Dims.require(op, operands, 0, heads).size();
      long keyHeads = Dims.require(op, operands, 1, kvHeads).size();
      Dims.require(op, operands, 2, kvHeads);
      if (queryHeads % keyHeads != 0) {
        throw new TypeMismatch(
            1, keyHeads + " key heads do not divide " + queryHeads + " query heads");
      }
    }
    var batch = batchAxes(q);
    requireBatch(op, 1, k, List.of(source, key, kvHeads), batch);
    requireBatch(op, 2, v, List.of(source, value, kvHeads), batch);
  }

  /** The axes of the queries that all operands share: batch axes and ungrouped heads. */
  public List<String> batchAxes(TensorType q) {
    return q.axes().stream()
        .filter(a -> !a.equals(query) && !a.equals(key) && !(isGrouped() && a.equals(heads)))
        .toList();
  }

  private void requireBatch(
      String op, int operand, TensorType type, List<String> own, List<String> batch) {
    var rest =
        type.axes().stream()
            .filter(a -> !own.contains(a) || (!isGrouped() && a.equals(kvHeads)))
            .toList();
    if (rest.size() != batch.size() || !batch.containsAll(rest)) {
      throw new TypeMismatch(operand, op + " needs the axes " + batch + " here beside " + own);
    }
  }

  /** Output type: the queries with the key axis replaced by the value axis. */
  TensorType output(List<TensorType> operands) {
    var q = operands.get(0);
    var feature = operands.get(2).dim(value);
    return q.withDims(Dims.replace(q.dims(), key, List.of(feature)));
  }

  TensorType logSumExp(TensorType q) {
    return q.without(List.of(key));
  }

  /** Which factors the dimensions of a tensor walk where that is not the one of their own name. */
  Map<String, List<String>> walks() {
    return isGrouped() ? Map.of(heads, List.of(kvHeads, GROUP)) : Map.of();
  }

  Factors.Scribe scribe(List<TensorType> operands) {
    var scribe = new Factors.Scribe();
    if (isGrouped()) {
      long kv = operands.get(1).dim(kvHeads).size();
      scribe.factor(kvHeads, kv).factor(GROUP, operands.get(0).dim(heads).size() / kv);
    }
    operands.forEach(type -> scribe.operand(type, walks()));
    var whole = new ArrayList<>(List.of(source, key, value));
    if (mask == Mask.CAUSAL) {
      whole.add(query);
    }
    return scribe.whole(whole);
  }

  /** Multiply-adds of the scores and of the weighted sum, half of them under a causal mask. */
  long flops(List<TensorType> operands) {
    var q = operands.get(0);
    long pairs = q.elements() / q.dim(key).size() * operands.get(1).dim(source).size();
    long features = q.dim(key).size() + operands.get(2).dim(value).size();
    long flops = 2 * pairs * features;
    return mask == Mask.CAUSAL ? flops / 2 : flops;
  }
}
