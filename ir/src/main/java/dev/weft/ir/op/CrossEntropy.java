package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The loss -log softmax(logits)[label] at each place. Results: the loss and the log-sum-exp, from
 * which the gradient is exp(logits - lse) - onehot(label).
 *
 * <p>It is made of reductions and a pick along the axis, so that a cut axis (vocabulary
 * parallelism) needs no rule of its own.
 *
 * @param axis the axis of the classes
 */
public record CrossEntropy(String axis) implements Composite {
  @Override
  public String name() {
    return "cross_entropy";
  }

  /** Operands: logits, labels. */
  @Override
  public Typing typing(List<TensorType> operands) {
    var loss = new Pick(axis, List.of()).typing(operands).results().getFirst();
    return Typing.byAxis(operands, loss, loss);
  }

  @Override
  public List<Value> expand(Builder b, List<Value> operands) {
    var logits = operands.get(0);
    var max = b.emit("max", Reduce.over(ReduceFunction.MAX, List.of(axis), logits.type()), logits);
    var shifted = b.emit("shifted", Binary.SUB, logits, max);
    var exp = b.emit("exp", new Unary(UnaryFunction.EXP), shifted);
    var sum = b.emit("sum_exp", Reduce.over(ReduceFunction.SUM, List.of(axis), exp.type()), exp);
    var log = b.emit("log_sum", new Unary(UnaryFunction.LOG), sum);
    var lse = b.emit("lse", Binary.ADD, log, max);
    var picked = b.emit("picked", new Pick(axis, List.of()), logits, operands.get(1));
    return List.of(b.emit("loss_at", Binary.SUB, lse, picked), lse);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    adjoint.requireUnused(1);
    var b = adjoint.builder();
    var logits = adjoint.operand(0);
    var shifted = b.emit("log_prob", Binary.SUB, logits, adjoint.result(1));
    var prob = b.emit("prob", new Unary(UnaryFunction.EXP), shifted);
    var oneHot = new OneHot(logits.type().dim(axis), List.of(), logits.type().dtype());
    var hot = b.emit("hot", oneHot, adjoint.operand(1));
    var difference = b.emit("prob_error", Binary.SUB, prob, hot);
    var scaled = adjoint.emit(0, Binary.MUL, difference, adjoint.cotangent(0));
    return List.of(Optional.of(scaled), Optional.empty());
  }
}
