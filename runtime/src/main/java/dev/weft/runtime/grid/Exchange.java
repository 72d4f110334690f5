package dev.weft.runtime.grid;

import dev.weft.ir.mesh.Combine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Pieces;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The arithmetic of collectives: from the operands of a group, in its order, to its results. */
final class Exchange {
  private Exchange() {}

  static List<Tensor> of(Collective collective, List<Tensor> operands) {
    return switch (collective) {
      case SharedSum _ -> everywhere(operands, combined(Combine.SUM, operands));
      case AllReduce op -> everywhere(operands, combined(op.combine(), operands));
      case AllGather op -> everywhere(operands, Pieces.join(operands, op.axis()));
      case ReduceScatter op -> Pieces.cut(combined(op.combine(), operands), op.axis(), op.parts());
      case AllToAll op -> transposed(op, operands);
    };
  }

  /** The combination from the first member to the last, rounded once. */
  private static Tensor combined(Combine combine, List<Tensor> operands) {
    TensorType type = operands.getFirst().type();
    return Tensor.generate(
        type,
        i -> {
          double result = operands.getFirst().get(i);
          for (var operand : operands.subList(1, operands.size())) {
            double next = operand.get(i);
            result =
                switch (combine) {
                  case SUM -> result + next;
                  case MAX -> Math.max(result, next);
                  case MIN -> Math.min(result, next);
                };
          }
          return result;
        });
  }

  private static List<Tensor> transposed(AllToAll op, List<Tensor> operands) {
    var pieces = operands.stream().map(t -> Pieces.cut(t, op.split(), op.parts())).toList();
    var results = new ArrayList<Tensor>();
    for (int member = 0; member < operands.size(); member++) {
      int receiver = member;
      results.add(Pieces.join(pieces.stream().map(p -> p.get(receiver)).toList(), op.join()));
    }
    return results;
  }

  private static List<Tensor> everywhere(List<Tensor> operands, Tensor result) {
    return Collections.nCopies(operands.size(), result);
  }
}
