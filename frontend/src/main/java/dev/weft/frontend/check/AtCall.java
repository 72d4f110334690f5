package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Slice;
import java.util.List;

/** {@code at(x, axis, index)}: one entry along an axis, which disappears. */
record AtCall() implements Builtin {
  @Override
  public String name() {
    return "at";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.FLOATS), required("axis", Kind.AXIS), required("index", Kind.INDEX));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var axis = arguments.axis("axis");
    site.requireAxis(x, axis, arguments.span("axis"));
    long index = arguments.index("index", 0);
    if (index >= axis.size()) {
      throw new Refusal(
          CheckCode.INDEX_RANGE,
          arguments.span("index"),
          "entry %d of the axis `%s`, which has %d".formatted(index, axis.axis(), axis.size()));
    }
    var one = site.fresh(axis.axis(), "_at", 1);
    var slice = site.emitter().step(new Slice(axis.axis(), index, one), x);
    return site.last(
        Reduce.over(ReduceFunction.SUM, List.of(one.axis()), slice.value().type()), slice);
  }
}
