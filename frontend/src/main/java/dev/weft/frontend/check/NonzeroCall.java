package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Nonzero;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code nonzero(x, over: seq, as: slots)}: the first positions along an axis that hold something.
 */
record NonzeroCall() implements Builtin {
  @Override
  public String name() {
    return "nonzero";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.FLOATS), required("over", Kind.AXIS), required("as", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var over = arguments.axis("over");
    site.requireAxis(x, over, arguments.span("over"));
    var slots = arguments.axis("as");
    var rest = x.value().type().without(List.of(over.axis()));
    NewAxes.requireNew(List.of(slots), rest, arguments.span("as"));
    var value = site.emitter().last(new Nonzero(over.axis(), slots), x);
    return new Meaning.Tensor(value, OptionalLong.of(over.size()));
  }
}
