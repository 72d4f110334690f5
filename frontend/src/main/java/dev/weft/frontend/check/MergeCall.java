package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Merge;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code merge(x, [a, b], as: axis)}: several axes, major to minor, to one, which takes the place
 * of the first.
 */
record MergeCall() implements Builtin {
  @Override
  public String name() {
    return "merge";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("x", Kind.TENSOR), required("axes", Kind.AXES), required("as", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var x = arguments.operand("x");
    var dims = arguments.axes("axes").orElseThrow();
    dims.forEach(dim -> site.requireAxis(x, dim, arguments.span("axes")));
    NewAxes.requireNew(dims, TensorType.scalar(site.precision()), arguments.span("axes"));
    var axes = dims.stream().map(Dim::axis).toList();
    var as = arguments.axis("as");
    NewAxes.requireNew(List.of(as), x.value().type().without(axes), arguments.span("as"));
    site.requireSize(as, NewAxes.product(dims), arguments.span("as"), "the merged axes");
    var neighbours = site.emitter().ordered(x, together(x.value().type(), axes));
    var op = new Merge(axes, as.axis());
    return arguments.tensor("x").with(site.emitter().last(op, neighbours));
  }

  private static List<String> together(TensorType type, List<String> axes) {
    var order = new ArrayList<String>();
    for (var axis : type.axes()) {
      if (axis.equals(axes.getFirst())) {
        order.addAll(axes);
      } else if (!axes.contains(axis)) {
        order.add(axis);
      }
    }
    return order;
  }
}
