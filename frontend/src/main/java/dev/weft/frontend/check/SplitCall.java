package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Split;
import java.util.List;

/** {@code split(x, axis, as: [a, b])}: one axis to several, major to minor. */
record SplitCall() implements Builtin {
  @Override
  public String name() {
    return "split";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.TENSOR), required("axis", Kind.AXIS), required("as", Kind.AXES));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var axis = arguments.axis("axis");
    site.requireAxis(x, axis, arguments.span("axis"));
    var parts = arguments.axes("as").orElseThrow();
    var rest = x.value().type().without(List.of(axis.axis()));
    NewAxes.requireNew(parts, rest, arguments.span("as"));
    long product = NewAxes.product(parts);
    site.requireSize(axis, product, arguments.span("as"), "and its parts together");
    var op = new Split(axis.axis(), parts);
    return arguments.tensor("x").with(site.emitter().last(op, x));
  }
}
