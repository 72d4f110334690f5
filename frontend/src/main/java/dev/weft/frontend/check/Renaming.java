package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.frontend.syntax.AxisRename;
import dev.weft.frontend.syntax.RenameExpression;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Rename;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renames axes of a tensor, all at once; a new name becomes an axis of the scope. */
record Renaming(Elaboration elaboration, RenameExpression expression, Scope scope) {

  Meaning apply(Meaning.Tensor tensor, String hint) {
    var targets = new LinkedHashMap<String, Dim>();
    for (var rename : expression.renames()) {
      var from = AxisLists.axis(rename.from(), scope);
      var to = from.flatMap(dim -> target(rename, dim));
      if (from.isEmpty() || to.isEmpty()) {
        return Meaning.UNKNOWN;
      }
      if (targets.put(from.get().axis(), to.get()) != null) {
        throw new Refusal(
            CheckCode.AXIS_TWICE, rename.span(), "`" + rename.from() + "` is renamed twice");
      }
    }
    return tensor.with(renamed(tensor, targets, hint));
  }

  private Optional<Dim> target(AxisRename rename, Dim from) {
    var name = rename.to().text();
    var known = scope.axis(name);
    if (known.isEmpty()) {
      NameClash.ofAxis(rename.to(), scope).ifPresent(elaboration::report);
      var dim = elaboration.axisNames().claim(name, from.size(), rename);
      scope.declareAxis(name, new Scope.Axis(Optional.of(dim), rename.to().span()));
      return Optional.of(dim);
    }
    var dim = known.get().dim();
    if (dim.isPresent() && dim.get().size() != from.size()) {
      throw new Refusal(
          Diagnostic.of(
                  CheckCode.SIZE_CONFLICT,
                  rename.span(),
                  "`%s` has %d entries, `%s` has %d"
                      .formatted(rename.from(), from.size(), name, dim.get().size()))
              .note(known.get().declared(), "the size of `" + name + "` comes from here"));
    }
    return dim;
  }

  private Value renamed(Meaning.Tensor tensor, Map<String, Dim> targets, String hint) {
    var name = hint.isEmpty() ? tensor.value().name() : hint;
    var emitter = new Emitter(scope.region().builder(), name, expression.span());
    var value = new Operand(tensor.value(), expression.operand().span());
    var steps = steps(targets);
    for (var step : steps.subList(0, steps.size() - 1)) {
      value = emitter.reshaped(step, value);
    }
    return emitter.last(steps.getLast(), value);
  }

  /** One renaming after the other; where a name is taken until later, by way of a third. */
  private List<Rename> steps(Map<String, Dim> targets) {
    var steps = new ArrayList<Rename>();
    var detours = new ArrayList<Rename>();
    targets.forEach(
        (from, to) -> {
          if (targets.containsKey(to.axis()) && !to.axis().equals(from)) {
            var third = elaboration.axisNames().claim(from + "_renamed", to.size(), expression);
            steps.addFirst(new Rename(from, third.axis()));
            detours.add(new Rename(third.axis(), to.axis()));
          } else {
            steps.add(new Rename(from, to.axis()));
          }
        });
    steps.addAll(detours);
    return steps;
  }
}
