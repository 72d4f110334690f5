package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisDeclarator;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.Dim;
import java.util.Optional;

/** Declares the axes of a block or a repeat: their sizes follow from others. */
record LocalAxes(Elaboration elaboration, Scope scope) {

  void declare(AxisDeclarator declarator) {
    var name = declarator.name();
    NameClash.ofAxis(name, scope).ifPresent(elaboration::report);
    var before = scope.ownAxis(name.text());
    if (before.isPresent()) {
      throw new Refusal(
          Diagnostic.of(
                  CheckCode.DUPLICATE_NAME,
                  name.span(),
                  "the axis `" + name + "` is declared twice")
              .note(before.get().declared(), "first here"));
    }
    scope.declareAxis(name.text(), new Scope.Axis(dim(declarator), declarator.span()));
  }

  private Optional<Dim> dim(AxisDeclarator declarator) {
    if (declarator.size().isEmpty()) {
      elaboration
          .findings()
          .add(
              CheckCode.UNBOUND_AXIS,
              declarator.span(),
              "`" + declarator.name() + "` needs a size: only a model has open axes");
      return Optional.empty();
    }
    try {
      var size = SizeExpression.size(declarator.size().get(), scope);
      return size.isPresent()
          ? Optional.of(
              elaboration.axisNames().claim(declarator.name().text(), size.getAsLong(), declarator))
          : Optional.empty();
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Optional.empty();
    }
  }
}
