package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Gather;

/** {@code gather(x, ids, over: seq)}: entries along an axis, in place of which the ids stand. */
record GatherCall() implements Builtin {
  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.FLOATS), required("ids", Kind.INTEGERS), required("over", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var over = arguments.axis("over");
    site.requireAxis(x, over, arguments.span("over"));
    IndexBounds.require(arguments.tensor("ids"), arguments.span("ids"), over);
    return site.last(new Gather(over.axis()), x, arguments.operand("ids"));
  }
}
