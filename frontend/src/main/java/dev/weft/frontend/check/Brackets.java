package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.frontend.syntax.BracketExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.RenameExpression;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.source.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/** Brackets after an expression: a gather, an annotation, or a renaming of axes. */
final class Brackets {
  private final Elaboration elaboration;
  private final Expressions expressions;

  Brackets(Elaboration elaboration, Expressions expressions) {
    this.elaboration = elaboration;
    this.expressions = expressions;
  }

  Meaning bracket(BracketExpression e, Scope scope, String hint) {
    return isGather(e, scope) ? gather(e, scope, hint) : annotation(e, scope, hint);
  }

  /** One item that is a tensor; where an axis has the same name, only a tensor of integers. */
  private static boolean isGather(BracketExpression e, Scope scope) {
    if (e.open() || e.items().size() != 1) {
      return false;
    }
    if (!(e.items().getFirst() instanceof NameExpression(Name name))) {
      return true;
    }
    var binding = scope.binding(name.text());
    return binding.isPresent()
        && (scope.axis(name.text()).isEmpty()
            || (binding.get().meaning() instanceof Meaning.Tensor(var value, var bound)
                && !value.type().dtype().isFloat()));
  }

  private Meaning gather(BracketExpression e, Scope scope, String hint) {
    var index = e.items().getFirst();
    var table = expressions.meaning(e.operand(), scope, "");
    var ids = expressions.meaning(index, scope, "");
    if (table instanceof Meaning.Unknown || ids instanceof Meaning.Unknown) {
      return Meaning.UNKNOWN;
    }
    if (!(table instanceof Meaning.Tensor rows)) {
      throw new Refusal(
          CheckCode.NOT_A_TENSOR,
          e.operand().span(),
          "a gather needs a tensor before its brackets");
    }
    if (!(ids instanceof Meaning.Tensor places) || places.value().type().dtype().isFloat()) {
      throw new Refusal(
          CheckCode.BAD_INDEX,
          index.span(),
          "`%s` is %s, and no `i32` tensor".formatted(index.span().text(), shown(ids)));
    }
    if (rows.value().type().rank() > 0) {
      IndexBounds.require(places, index.span(), rows.value().type().dims().getFirst());
    }
    var emitter = new Emitter(scope.region().builder(), hint.isEmpty() ? "lookup" : hint, e.span());
    var value =
        emitter.last(
            Lookup.WHOLE,
            new Operand(rows.value(), e.operand().span()),
            new Operand(places.value(), index.span()));
    return rows.with(value);
  }

  private static String shown(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Tensor tensor -> tensor.value().type().toString();
      case Meaning.Number number -> "a number";
      case Meaning.Truth truth -> "a truth value";
      case Meaning.Unknown unknown -> "unknown";
    };
  }

  private Meaning annotation(BracketExpression e, Scope scope, String hint) {
    var term = new TermBuilder(expressions, scope).root(e.operand(), hint);
    var names = new ArrayList<Name>();
    for (var item : e.items()) {
      names.add(axisName(item, e, scope));
    }
    var dims = AxisLists.of(e.open(), names, e.span(), scope, elaboration.findings());
    return expressions.annotated(term, dims, scope, hint);
  }

  private static Name axisName(Expression item, BracketExpression e, Scope scope) {
    if (!(item instanceof NameExpression(Name name))) {
      throw new Refusal(
          CheckCode.BAD_INDEX, item.span(), "`" + item.span().text() + "` is not an axis");
    }
    if (scope.axis(name.text()).isEmpty() && e.items().size() == 1 && !e.open()) {
      throw new Refusal(notAnIndex(name, scope));
    }
    return name;
  }

  private static Diagnostic notAnIndex(Name name, Scope scope) {
    var known = new LinkedHashSet<>(scope.axisNames());
    known.addAll(scope.names());
    return Suggest.among(
        known, name, CheckCode.BAD_INDEX, "`" + name + "` is neither an axis nor a tensor");
  }

  Meaning rename(RenameExpression e, Scope scope, String hint) {
    var operand = expressions.meaning(e.operand(), scope, "");
    return switch (operand) {
      case Meaning.Unknown unknown -> unknown;
      case Meaning.Tensor tensor -> new Renaming(elaboration, e, scope).apply(tensor, hint);
      case Meaning.Number number -> throw notATensor(e);
      case Meaning.Truth truth -> throw notATensor(e);
    };
  }

  private static Refusal notATensor(RenameExpression e) {
    return new Refusal(
        CheckCode.NOT_A_TENSOR,
        e.operand().span(),
        "`" + e.operand().span().text() + "` bears no axes to rename");
  }
}
