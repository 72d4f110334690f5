package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Concat;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code concat(a, b, over: [p, q], as: seq)}. An operand that lacks axes of the other is repeated
 * along them, as a class token along the batch.
 */
record ConcatCall() implements Builtin {
  /** Stands for the axis over which each operand is joined; no axis has this size. */
  private static final Dim JOINED = new Dim("joined", 0);

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("a", Kind.FLOATS),
        required("b", Kind.FLOATS),
        required("over", Kind.AXES),
        required("as", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var a = arguments.operand("a");
    var b = arguments.operand("b");
    var over = arguments.axes("over").orElseThrow();
    var overSpan = arguments.span("over");
    if (over.size() != 2) {
      throw new Refusal(
          CheckCode.ARGUMENT_KIND, overSpan, "`over` takes one axis of `a` and one of `b`");
    }
    site.requireAxis(a, over.getFirst(), overSpan);
    site.requireAxis(b, over.getLast(), overSpan);
    var as = arguments.axis("as");
    long size = Math.addExact(over.getFirst().size(), over.getLast().size());
    site.requireSize(as, size, arguments.span("as"), "the joined axes");
    var rest = rest(a, over.getFirst(), b, over.getLast());
    var first = complete(a, over.getFirst(), rest, site);
    var second = complete(b, over.getLast(), rest, site);
    var others = first.value().type().without(List.of(over.getFirst().axis()));
    NewAxes.requireNew(List.of(as), others, arguments.span("as"));
    var axes = over.stream().map(Dim::axis).toList();
    return site.last(new Concat(axes, as.axis()), first, second);
  }

  /**
   * The dims of the result, in the order of the operand with more axes; the joined axis is marked
   * by the operand's own.
   */
  private static List<Dim> rest(Operand a, Dim overA, Operand b, Dim overB) {
    boolean second = b.value().type().rank() > a.value().type().rank();
    var more = second ? b : a;
    var less = second ? a : b;
    var mark = second ? overB : overA;
    var dims = new ArrayList<>(more.value().type().dims());
    dims.replaceAll(d -> d.equals(mark) ? JOINED : d);
    var own = second ? overA : overB;
    less.value().type().dims().stream()
        .filter(d -> !d.equals(own) && !dims.contains(d))
        .forEach(dims::add);
    return dims;
  }

  private static Operand complete(Operand operand, Dim own, List<Dim> result, CallSite site) {
    var dims = new ArrayList<>(result);
    dims.replaceAll(d -> d.equals(JOINED) ? own : d);
    var type = operand.value().type();
    if (dims.size() != type.rank()) {
      NewAxes.requireNew(dims, type.without(type.axes()), operand.span());
      return site.emitter().reshaped(new Broadcast(dims), operand);
    }
    return site.emitter().ordered(operand, dims.stream().map(Dim::axis).toList());
  }
}
