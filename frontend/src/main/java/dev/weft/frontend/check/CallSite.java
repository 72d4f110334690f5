package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.frontend.syntax.CallExpression;
import dev.weft.ir.graph.Op;
import dev.weft.ir.op.Iota;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import java.util.List;

/** Where a built-in function is called, and with what it writes. */
record CallSite(Elaboration elaboration, Emitter emitter, Region region, CallExpression call) {
  Span span() {
    return call.span();
  }

  DType precision() {
    return elaboration.precision();
  }

  /** The result of the call's last node. */
  Meaning last(Op op, Operand... operands) {
    return Meaning.Tensor.of(emitter.last(op, operands));
  }

  /** The first result of the call's last node. */
  Meaning lastOfSeveral(Op op, Operand... operands) {
    return Meaning.Tensor.of(emitter.lastOfSeveral(op, operands));
  }

  /** The positions along an axis. */
  Operand positions(Dim axis) {
    return emitter.step(new Iota(axis, List.of()));
  }

  /** An axis that no other tensor bears, named after one that does. */
  Dim fresh(String axis, String suffix, long size) {
    return elaboration.axisNames().claim(axis + suffix, size, suffix);
  }

  /**
   * An operand must bear an axis.
   *
   * @param named where the call names the axis
   */
  void requireAxis(Operand operand, Dim axis, Span named) {
    if (!operand.value().type().bears(axis.axis())) {
      throw new Refusal(
          Diagnostic.of(
                  CheckCode.OPERANDS,
                  named,
                  "`%s` is no axis of `%s`".formatted(named.text(), operand.span().text()))
              .note(operand.span(), "bears " + TermChecks.axes(operand.value().type())));
    }
  }

  /** Two sizes of one axis must agree. */
  void requireSize(Dim axis, long size, Span named, String reason) {
    if (axis.size() != size) {
      throw new Refusal(
          CheckCode.SIZE_CONFLICT,
          named,
          "the axis `%s` has %d entries, %s %d".formatted(axis.axis(), axis.size(), reason, size));
    }
  }
}
