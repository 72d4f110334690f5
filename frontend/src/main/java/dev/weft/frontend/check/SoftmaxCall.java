package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Softmax;

/** {@code softmax(x, over: axis)}. */
record SoftmaxCall() implements Builtin {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Signature signature() {
    return Signature.of(required("x", Kind.FLOATS), required("over", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    site.requireAxis(x, arguments.axis("over"), arguments.span("over"));
    return site.last(new Softmax(arguments.axis("over").axis()), x);
  }
}
