package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * {@code scatter(y, ids, over: [gate, slots], as: seq)}: the entries of y, put where the ids say
 * along a new axis and summed over others. The new axis stands where the last of those was.
 */
record ScatterCall() implements Builtin {
  @Override
  public String name() {
    return "scatter";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("y", Kind.FLOATS),
        required("ids", Kind.INTEGERS),
        required("over", Kind.AXES),
        required("as", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var y = arguments.operand("y");
    var ids = arguments.operand("ids");
    var over = arguments.axes("over").orElseThrow();
    over.forEach(dim -> site.requireAxis(y, dim, arguments.span("over")));
    over.forEach(dim -> site.requireAxis(ids, dim, arguments.span("over")));
    var as = arguments.axis("as");
    IndexBounds.require(arguments.tensor("ids"), arguments.span("ids"), as);
    var summed = new HashSet<>(over.stream().map(Dim::axis).toList());
    var rest = y.value().type().without(List.copyOf(summed));
    NewAxes.requireNew(List.of(as), rest, arguments.span("as"));
    var axes = new ArrayList<String>();
    for (var axis : y.value().type().axes()) {
      if (summed.remove(axis)) {
        if (summed.isEmpty()) {
          axes.add(as.axis());
        }
      } else {
        axes.add(axis);
      }
    }
    return site.last(new Scatter(as, axes), y, ids);
  }
}
