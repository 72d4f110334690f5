package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Name;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.Optional;

/** Axes and tensors share one set of names: a name means one thing at one place. */
final class NameClash {
  private NameClash() {}

  /** What is wrong with a tensor or a number of this name. */
  static Optional<Diagnostic> ofTensor(Name name, Scope scope) {
    return scope
        .clashingAxis(name.text())
        .map(axis -> clash(name, "an axis or size", axis.declared()))
        .or(() -> scope.clashingNumber(name.text()).map(d -> clash(name, "a parameter", d)));
  }

  /** What is wrong with an axis of this name. */
  static Optional<Diagnostic> ofAxis(Name name, Scope scope) {
    return scope.binding(name.text()).map(b -> clash(name, "a tensor", b.declared()));
  }

  private static Diagnostic clash(Name name, String other, Span declared) {
    return Diagnostic.of(
            CheckCode.DUPLICATE_NAME,
            name.span(),
            "`" + name + "` is the name of " + other + " already")
        .note(declared, "declared here");
  }
}
