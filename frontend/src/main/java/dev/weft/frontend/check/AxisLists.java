package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisPattern;
import dev.weft.frontend.syntax.Name;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The axes that written names stand for in a scope. */
final class AxisLists {
  private AxisLists() {}

  /** The axes of a pattern; empty where the size of one is unknown. */
  static Optional<List<Dim>> of(AxisPattern pattern, Scope scope, Findings findings) {
    return of(pattern.open(), pattern.axes(), pattern.span(), scope, findings);
  }

  /**
   * The axes of a list.
   *
   * @param open whether the list begins with {@code ...}
   * @throws Refusal where one is no axis, or occurs twice
   */
  static Optional<List<Dim>> of(
      boolean open, List<Name> names, Span span, Scope scope, Findings findings) {
    var dims = new ArrayList<Dim>();
    var bearers = new LinkedHashMap<String, String>();
    if (open) {
      for (var dim : rest(scope, span)) {
        dims.add(dim);
        bearers.put(dim.axis(), "...");
      }
    }
    boolean known = true;
    for (var name : names) {
      var axis = axis(name, scope, findings);
      if (axis.isEmpty()) {
        known = false;
        continue;
      }
      var before = bearers.put(axis.get().axis(), name.text());
      if (before != null) {
        throw new Refusal(CheckCode.AXIS_TWICE, name.span(), twice(before, name, axis.get()));
      }
      dims.add(axis.get());
    }
    return known ? Optional.of(List.copyOf(dims)) : Optional.empty();
  }

  private static List<Dim> rest(Scope scope, Span span) {
    return scope
        .rest()
        .orElseThrow(
            () ->
                new Refusal(
                    CheckCode.ELLIPSIS, span, "no formal here leaves axes open with `...`"));
  }

  private static Optional<Dim> axis(Name name, Scope scope, Findings findings) {
    var axis = scope.axis(name.text());
    if (axis.isEmpty()) {
      findings.add(unknown(name, scope));
    }
    return axis.flatMap(Scope.Axis::dim);
  }

  /** One axis; empty where its size is unknown. */
  static Optional<Dim> axis(Name name, Scope scope) {
    return scope.axis(name.text()).orElseThrow(() -> new Refusal(unknown(name, scope))).dim();
  }

  static Diagnostic unknown(Name name, Scope scope) {
    scope.number(name.text()).ifPresent(number -> SizeExpression.refuse(name, number));
    return Suggest.among(
        scope.axisNames(), name, CheckCode.UNKNOWN_AXIS, "no axis `" + name + "` is declared");
  }

  private static String twice(String before, Name name, Dim dim) {
    return before.equals(name.text())
        ? "the axis `" + name + "` occurs twice"
        : "`%s` and `%s` are both the axis `%s` here".formatted(before, name, dim.axis());
  }
}
