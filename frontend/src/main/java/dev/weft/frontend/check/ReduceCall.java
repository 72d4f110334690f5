package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.optional;
import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.type.Dim;
import java.util.LinkedHashSet;
import java.util.List;

/** {@code sum(x, over: axes)} and its like; without axes, over all of them. */
record ReduceCall(String name, ReduceFunction function) implements Builtin {
  @Override
  public Signature signature() {
    return Signature.of(required("x", Kind.FLOATS), optional("over", Kind.AXES));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var type = x.value().type();
    var over = arguments.axes("over");
    over.ifPresent(dims -> dims.forEach(dim -> site.requireAxis(x, dim, arguments.span("over"))));
    var axes = over.map(ReduceCall::names).orElseGet(type::axes);
    return site.last(Reduce.over(function, axes, type), x);
  }

  private static List<String> names(List<Dim> dims) {
    return List.copyOf(new LinkedHashSet<>(dims.stream().map(Dim::axis).toList()));
  }
}
