package dev.weft.ir.graph;

import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application of an op costs on any device.
 *
 * @param flops floating-point operations (a multiply-add counts 2)
 * @param bytes bytes read and written once each
 */
public record Work(long flops, long bytes) {
  public static final Work NONE = new Work(0, 0);

  /** Each operand read once, each result written once. */
  public static Work touching(long flops, List<TensorType> operands, List<TensorType> results) {
    long bytes =
        operands.stream().mapToLong(TensorType::bytes).sum()
            + results.stream().mapToLong(TensorType::bytes).sum();
    return new Work(flops, bytes);
  }

  /** Of the first operand, a table, only what the result takes is read; the others are whole. */
  public static Work taking(List<TensorType> operands, List<TensorType> results) {
    var read = new ArrayList<>(operands.subList(1, operands.size()));
    read.add(results.getFirst());
    return touching(0, read, results);
  }

  public Work plus(Work other) {
    return new Work(flops + other.flops, bytes + other.bytes);
  }

  public Work times(long count) {
    return new Work(Math.multiplyExact(flops, count), Math.multiplyExact(bytes, count));
  }
}
