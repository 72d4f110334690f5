package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.optional;
import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;

/** {@code rotary(x, over: seq, on: key, base: 10000)}; {@code on} is the last axis by default. */
record RotaryCall() implements Builtin {
  private static final double BASE = 10_000;

  @Override
  public String name() {
    return "rotary";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.FLOATS),
        required("over", Kind.AXIS),
        optional("on", Kind.AXIS),
        optional("base", Kind.NUMBER));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var over = arguments.axis("over");
    site.requireAxis(x, over, arguments.span("over"));
    var on = arguments.optionalAxis("on").orElseGet(() -> x.value().type().dims().getLast());
    arguments.optionalAxis("on").ifPresent(a -> site.requireAxis(x, a, arguments.span("on")));
    if (on.equals(over)) {
      throw new Refusal(
          CheckCode.OPERANDS, site.span(), "the axis `" + on.axis() + "` cannot turn by itself");
    }
    var rope = new Rope(on.axis(), arguments.number("base", BASE), RopeDirection.FORWARD);
    return site.last(rope, x, site.positions(over));
  }
}
