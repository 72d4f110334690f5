package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.optional;
import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Normalize;

/** {@code normalize(x, over: axis, eps: 1e-5, centered: true)}. */
record NormalizeCall() implements Builtin {
  private static final double EPS = 1e-5;

  @Override
  public String name() {
    return "normalize";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.FLOATS),
        required("over", Kind.AXIS),
        optional("eps", Kind.NUMBER),
        optional("centered", Kind.TRUTH));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    site.requireAxis(x, arguments.axis("over"), arguments.span("over"));
    var centering = arguments.truth("centered", true) ? Centering.MEAN : Centering.NONE;
    var axis = arguments.axis("over").axis();
    return site.lastOfSeveral(new Normalize(axis, arguments.number("eps", EPS), centering), x);
  }
}
