package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.optional;
import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.TopK;

/**
 * {@code top(x, count: 2, over: experts, by: scores)}: the entries with the greatest scores, which
 * are x itself by default; the others are zero.
 */
record TopCall() implements Builtin {
  @Override
  public String name() {
    return "top";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.FLOATS),
        required("count", Kind.NUMBER),
        required("over", Kind.AXIS),
        optional("by", Kind.FLOATS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var over = arguments.axis("over");
    site.requireAxis(x, over, arguments.span("over"));
    double count = arguments.number("count", 1);
    if (count < 1 || count > over.size() || count != Math.rint(count)) {
      throw new Refusal(
          CheckCode.COUNT,
          arguments.span("count"),
          "`count` is a whole number from 1 to %d, the size of the axis `%s`"
              .formatted(over.size(), over.axis()));
    }
    var scores = arguments.optionalOperand("by").orElse(x);
    var ordered = site.emitter().ordered(scores, x.value().type().axes());
    return site.last(new TopK(over.axis(), (long) count), x, ordered);
  }
}
