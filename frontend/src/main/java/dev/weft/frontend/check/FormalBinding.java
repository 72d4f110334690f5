package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisFormal;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.Formal;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.TensorFormal;
import dev.weft.frontend.syntax.ValueFormal;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.Dim;
import java.util.List;
import java.util.Optional;

/**
 * A formal of a block and what a call gives for it.
 *
 * @param argument empty where the call gives none
 * @param meaning of the argument, in the caller's scope; empty for axes, and without an argument
 */
record FormalBinding(
    Formal formal, Optional<Expression> argument, Optional<Meaning> meaning, Scope caller) {

  /** Binds the formal in the block's scope; whether to something known. */
  boolean bind(Scope scope, Expressions expressions) {
    if (argument.isEmpty() && !(formal instanceof ValueFormal)) {
      return false;
    }
    return switch (formal) {
      case TensorFormal tensor -> tensor(tensor, scope);
      case AxisFormal axis -> axis(axis, scope);
      case ValueFormal value -> value(value, scope, expressions);
    };
  }

  private boolean tensor(TensorFormal formal, Scope scope) {
    var meaning = this.meaning.orElseThrow();
    if (meaning instanceof Meaning.Unknown) {
      return false;
    }
    if (!(meaning instanceof Meaning.Tensor tensor)) {
      throw wrong(CheckCode.NOT_A_TENSOR, "is no tensor");
    }
    var dims = tensor.value().type().dims();
    int named = formal.axes().axes().size();
    boolean fits = formal.axes().open() ? dims.size() >= named : dims.size() == named;
    if (!fits) {
      throw wrong(CheckCode.FORMAL_AXES, "bears " + TermChecks.axes(tensor.value().type()));
    }
    int open = dims.size() - named;
    leaveOpen(formal, dims.subList(0, open), scope);
    for (int i = 0; i < named; i++) {
      bindAxis(formal.axes().axes().get(i), dims.get(open + i), scope);
    }
    scope.bind(formal.name().text(), formal.name().span(), meaning).markRead();
    return true;
  }

  private void leaveOpen(TensorFormal formal, List<Dim> dims, Scope scope) {
    if (!formal.axes().open()) {
      return;
    }
    var before = scope.rest();
    if (before.isPresent() && !before.get().equals(dims)) {
      throw wrong(
          CheckCode.FORMAL_AXES,
          "leaves %s open, another argument %s".formatted(dims, before.get()));
    }
    scope.leaveOpen(dims);
  }

  private void bindAxis(Name name, Dim dim, Scope scope) {
    var before = scope.ownAxis(name.text()).flatMap(Scope.Axis::dim);
    if (before.isPresent() && !before.get().equals(dim)) {
      throw wrong(
          CheckCode.FORMAL_AXES,
          "bears `%s` where `%s` is `%s`".formatted(dim.axis(), name, before.get().axis()));
    }
    scope.declareAxis(name.text(), new Scope.Axis(Optional.of(dim), name.span()));
  }

  private boolean axis(AxisFormal formal, Scope scope) {
    if (!(argument.orElseThrow() instanceof NameExpression name)) {
      throw wrong(CheckCode.ARGUMENT_KIND, "is no axis");
    }
    var dim = AxisLists.axis(name.name(), caller);
    var before = scope.ownAxis(formal.name().text()).flatMap(Scope.Axis::dim);
    if (before.isPresent() && !before.equals(dim)) {
      throw wrong(
          CheckCode.FORMAL_AXES, "is not the axis `" + before.get().axis() + "` bound before");
    }
    scope.declareAxis(formal.name().text(), new Scope.Axis(dim, formal.name().span()));
    return dim.isPresent();
  }

  /** A number or a truth value, as the default is. */
  private boolean value(ValueFormal formal, Scope scope, Expressions expressions) {
    var standard = expressions.meaning(formal.value(), scope, "");
    var given = meaning.orElse(standard);
    if (standard instanceof Meaning.Unknown || given instanceof Meaning.Unknown) {
      return false;
    }
    if (standard instanceof Meaning.Tensor) {
      throw new Refusal(
          CheckCode.ARGUMENT_KIND,
          formal.value().span(),
          "the default of `" + formal.name() + "` is neither a number nor a truth value");
    }
    if (standard.getClass() != given.getClass()) {
      throw wrong(
          CheckCode.ARGUMENT_KIND,
          standard instanceof Meaning.Truth ? "is neither `true` nor `false`" : "is no number");
    }
    scope.bind(formal.name().text(), formal.name().span(), given).markRead();
    return true;
  }

  private Refusal wrong(Code code, String what) {
    var span = argument.map(Expression::span).orElse(formal.span());
    return new Refusal(
        Diagnostic.of(code, span, "`%s` %s".formatted(span.text(), what))
            .note(formal.span(), "the block takes `" + formal.span().text() + "`"));
  }
}
