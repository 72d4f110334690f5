package dev.weft.frontend.check;

import dev.weft.frontend.syntax.InputDeclarator;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.ParamGroup;
import dev.weft.ir.graph.Init;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Declares the inputs and the trainable tensors of a body. */
final class ParameterStatements {
  private final Elaboration elaboration;
  private final Scope scope;
  private final Initializers initializers;

  ParameterStatements(Elaboration elaboration, Expressions expressions, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
    this.initializers = new Initializers(elaboration, expressions, scope);
  }

  /** Each name of the group is a tensor of its own. */
  void params(ParamGroup group) {
    var dims = dims(group.axes(), group.span());
    var init = initializers.read(group.initializer());
    for (var name : group.names()) {
      if (isNew(name)) {
        var weight = dims.flatMap(d -> init.flatMap(i -> weight(name, d, i)));
        scope.bind(name.text(), name.span(), weight.orElse(Meaning.UNKNOWN));
      }
    }
  }

  private Optional<Meaning> weight(Name name, List<Dim> dims, Init init) {
    var stacked = new ArrayList<>(scope.region().loops());
    int layerAxes = stacked.size();
    stacked.addAll(dims);
    return tensorType(elaboration.precision(), stacked, name)
        .map(
            type ->
                elaboration.program().weight(scope.path().of(name.text()), init, type, layerAxes))
        .map(weight -> scope.region().slice(weight, name.text()))
        .map(Meaning.Tensor::of);
  }

  void input(InputDeclarator input) {
    if (!isNew(input.name())) {
      return;
    }
    var name = input.name().text();
    var dims = dims(input.axes(), input.span());
    var port = new InputForm(elaboration, scope, input).port();
    var meaning =
        port.flatMap(
            p ->
                dims.flatMap(
                        d ->
                            tensorType(
                                p.bound().isPresent() ? DType.I32 : elaboration.precision(),
                                d,
                                input.name()))
                    .map(
                        type ->
                            (Meaning)
                                new Meaning.Tensor(
                                    elaboration.program().input(p, type), p.bound())));
    scope.bind(name, input.name().span(), meaning.orElse(Meaning.UNKNOWN));
  }

  private Optional<List<Dim>> dims(List<Name> axes, Span span) {
    try {
      return AxisLists.of(false, axes, span, scope, elaboration.findings());
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Optional.empty();
    }
  }

  /** The type, unless it is too large, or bears the axis of a repeat around it. */
  private Optional<TensorType> tensorType(DType dtype, List<Dim> dims, Name name) {
    var seen = new HashSet<String>();
    for (var dim : dims) {
      if (!seen.add(dim.axis())) {
        elaboration
            .findings()
            .add(
                CheckCode.AXIS_TWICE,
                name.span(),
                "`%s` has the axis `%s` of the repeat around it a second time"
                    .formatted(name, dim.axis()));
        return Optional.empty();
      }
    }
    var type = new TensorType(dtype, dims);
    try {
      type.bytes();
      return Optional.of(type);
    } catch (ArithmeticException overflow) {
      elaboration.findings().add(CheckCode.TOO_LARGE, name.span(), "`" + name + "` is " + type);
      return Optional.empty();
    }
  }

  private boolean isNew(Name name) {
    NameClash.ofTensor(name, scope).ifPresent(elaboration::report);
    var before = scope.binding(name.text());
    before.ifPresent(
        b ->
            elaboration.report(
                Diagnostic.of(
                        CheckCode.DUPLICATE_NAME,
                        name.span(),
                        "`" + name + "` is the name of a tensor already")
                    .note(b.declared(), "declared here")));
    return before.isEmpty();
  }
}
