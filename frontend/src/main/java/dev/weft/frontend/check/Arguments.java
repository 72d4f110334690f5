package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The arguments of a call by the names of the parameters, each of its parameter's kind. */
final class Arguments {
  private final Map<String, Argument> byName;

  /** An argument and its expression's place. */
  sealed interface Argument {
    Span span();

    record Tensor(Meaning.Tensor tensor, Span span) implements Argument {}

    record Axes(List<Dim> dims, Span span) implements Argument {}

    record Number(double value, Span span) implements Argument {}

    record Truth(boolean value, Span span) implements Argument {}
  }

  Arguments(Map<String, Argument> byName) {
    this.byName = byName;
  }

  Operand operand(String name) {
    return optionalOperand(name).orElseThrow();
  }

  Optional<Operand> optionalOperand(String name) {
    return find(name, Argument.Tensor.class).map(t -> new Operand(t.tensor().value(), t.span()));
  }

  Meaning.Tensor tensor(String name) {
    return find(name, Argument.Tensor.class).orElseThrow().tensor();
  }

  Dim axis(String name) {
    return optionalAxis(name).orElseThrow();
  }

  Optional<Dim> optionalAxis(String name) {
    return axes(name).map(List::getFirst);
  }

  Optional<List<Dim>> axes(String name) {
    return find(name, Argument.Axes.class).map(Argument.Axes::dims);
  }

  double number(String name, double defaultValue) {
    return optionalNumber(name).orElse(defaultValue);
  }

  OptionalDouble optionalNumber(String name) {
    var number = find(name, Argument.Number.class);
    return number.isPresent() ? OptionalDouble.of(number.get().value()) : OptionalDouble.empty();
  }

  long index(String name, long defaultValue) {
    return (long) number(name, defaultValue);
  }

  boolean truth(String name, boolean defaultValue) {
    return find(name, Argument.Truth.class).map(Argument.Truth::value).orElse(defaultValue);
  }

  /** The place of an argument that was given. */
  Span span(String name) {
    return find(name, Argument.class).orElseThrow().span();
  }

  private <T extends Argument> Optional<T> find(String name, Class<T> kind) {
    return Optional.ofNullable(byName.get(name)).map(kind::cast);
  }
}
