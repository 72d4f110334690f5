package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Dropout at one place of the model. Its key is that of the step and the numbers of the iterations
 * around; positions along the batch are an input, since a micro-batch has a part of them.
 */
record Dropping(Dropout op, CallSite site) {
  /**
   * The dropout that a call asks for; empty at a rate of 0. Each call has a site of its own, at
   * whatever rate, so that the rate of one does not change the masks of others.
   *
   * @param rate the name of the argument, which may be missing
   * @throws Refusal where the rate is none
   */
  static Optional<Dropping> of(Arguments arguments, String rate, CallSite site) {
    int number = site.elaboration().nextDropoutSite();
    double value = arguments.number(rate, 0);
    if (!(value >= 0 && value < 1)) {
      throw new Refusal(
          CheckCode.DROPOUT_RATE, arguments.span(rate), "the rate of dropout is " + value);
    }
    return value == 0
        ? Optional.empty()
        : Optional.of(new Dropping(new Dropout(value, number), site));
  }

  /** As the last node of the call. */
  Value last(Operand x) {
    return site.emitter().last(op, operands(x));
  }

  /** As a node that is not the last. */
  Operand step(Operand x) {
    return site.emitter().step(op, operands(x));
  }

  private Operand[] operands(Operand x) {
    var region = site.region();
    var operands = new ArrayList<Operand>();
    operands.add(x);
    operands.add(operand(site.elaboration().program().stepKey(region)));
    region.iterations().forEach(i -> operands.add(operand(i)));
    x.value().type().dims().forEach(dim -> operands.add(positions(dim)));
    return operands.toArray(Operand[]::new);
  }

  /** The positions along an axis, of the whole batch. */
  Operand positions(Dim axis) {
    return operand(site.elaboration().program().positions(axis, site.region()));
  }

  private Operand operand(Value value) {
    return new Operand(value, site.span());
  }
}
