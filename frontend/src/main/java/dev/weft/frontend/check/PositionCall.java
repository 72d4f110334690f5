package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Iota;
import java.util.List;
import java.util.OptionalLong;

/** {@code position(axis)}: 0, 1, 2, … */
record PositionCall() implements Builtin {
  @Override
  public String name() {
    return "position";
  }

  @Override
  public Signature signature() {
    return Signature.of(required("axis", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var axis = arguments.axis("axis");
    var value = site.emitter().last(new Iota(axis, List.of()));
    return new Meaning.Tensor(value, OptionalLong.of(axis.size()));
  }
}
