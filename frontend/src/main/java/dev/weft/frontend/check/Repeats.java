package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.RepeatStatement;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Executes a repeat: its body once, as one region. What the body rebinds of the names around is
 * carried from one iteration to the next; what it only reads is invariant; its parameters have a
 * slice for each iteration.
 */
final class Repeats {
  private final Elaboration elaboration;
  private final Expressions expressions;
  private final Scope outer;

  /**
   * A carried value.
   *
   * @param around the name outside of the repeat
   * @param body the name in the body
   * @param first the value that enters
   * @param inside the value that the body receives
   * @param rebound where the body binds the name for the last time
   */
  private record Carried(
      String name, Binding around, Binding body, Value first, Param inside, Span rebound) {}

  Repeats(Elaboration elaboration, Expressions expressions, Scope outer) {
    this.elaboration = elaboration;
    this.expressions = expressions;
    this.outer = outer;
  }

  void run(RepeatStatement statement) {
    var label = label(statement);
    var size = size(statement);
    var path = outer.path().child(label);
    // A count that is unknown has been reported; one iteration finds what else is wrong.
    var axis = axis(statement, path, size.orElse(1));
    var scope = outer.repeated(path, axis);
    var carried = carry(statement, scope);
    new Body(elaboration, expressions, scope, new Place.OfRepeat()).run(statement.body());
    var last = carried.stream().map(c -> last(c, scope)).toList();
    if (carried.isEmpty()) {
      return;
    }
    if (size.isPresent() && last.stream().allMatch(Optional::isPresent)) {
      var repeat =
          new Repeat(
              path.label(),
              axis,
              Direction.FORWARD,
              carried.size(),
              scope.region().invariants().size());
      emit(repeat, statement, scope, carried, last.stream().flatMap(Optional::stream).toList());
    } else {
      carried.forEach(c -> c.around().rebind(Meaning.UNKNOWN));
    }
  }

  private String label(RepeatStatement statement) {
    if (statement.label().isPresent()) {
      return statement.label().get().text();
    }
    if (statement.count() instanceof NameExpression count) {
      return count.name().text();
    }
    elaboration
        .findings()
        .add(
            CheckCode.UNLABELLED_REPEAT,
            statement.count().span(),
            "the count `" + statement.count().span().text() + "` is no bare name");
    return "repeat";
  }

  private OptionalLong size(RepeatStatement statement) {
    try {
      return SizeExpression.size(statement.count(), outer);
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return OptionalLong.empty();
    }
  }

  /** The axis along which the iterations' parameters are stacked. */
  private Dim axis(RepeatStatement statement, Path path, long size) {
    if (statement.count() instanceof NameExpression count) {
      var named = outer.axis(count.name().text()).flatMap(Scope.Axis::dim);
      if (named.isPresent()) {
        return named.get();
      }
    }
    return elaboration.axisNames().claim(path.label(), size, statement);
  }

  private List<Carried> carry(RepeatStatement statement, Scope scope) {
    var carried = new ArrayList<Carried>();
    boolean idle = true;
    for (var rebound : Rebound.names(statement.body()).entrySet()) {
      var around = outer.binding(rebound.getKey());
      if (around.isPresent()) {
        idle = false;
        carry(rebound.getKey(), rebound.getValue(), around.get(), scope).ifPresent(carried::add);
      }
    }
    if (idle) {
      elaboration
          .findings()
          .add(
              CheckCode.IDLE_REPEAT,
              statement.count().span(),
              "the repeat rebinds no name from outside of it");
    }
    return carried;
  }

  private Optional<Carried> carry(String name, Span rebound, Binding around, Scope scope) {
    var first = entering(name);
    if (first.isEmpty()) {
      scope.bind(name, around.declared(), Meaning.UNKNOWN).markRead();
      return Optional.empty();
    }
    var value = first.get().value();
    var inside = new Param(name, value.type());
    // Integers of later iterations may have other bounds.
    var body = scope.bind(name, around.declared(), Meaning.Tensor.of(inside));
    body.markRead();
    return Optional.of(new Carried(name, around, body, value, inside, rebound));
  }

  /** The value with which a carried name enters; empty where it is unknown. */
  private Optional<Meaning.Tensor> entering(String name) {
    return switch (outer.read(name).orElseThrow()) {
      case Meaning.Tensor tensor -> Optional.of(tensor);
      case Meaning.Number(double value) -> Optional.of(Meaning.Tensor.of(fill(value, name, outer)));
      case Meaning.Truth truth -> Optional.empty();
      case Meaning.Unknown unknown -> Optional.empty();
    };
  }

  /** A number as a tensor, where the next iteration may give another. */
  private Value fill(double value, String name, Scope scope) {
    var type = TensorType.scalar(elaboration.precision());
    return scope.region().builder().emit(name, new Fill(value, type));
  }

  /** The value with which an iteration leaves; empty where it is unknown or does not fit. */
  private Optional<Value> last(Carried carried, Scope scope) {
    return switch (carried.body().meaning()) {
      case Meaning.Unknown unknown -> Optional.empty();
      case Meaning.Tensor(var value, var bound) -> fitted(value, carried, scope);
      case Meaning.Number(double value) ->
          fitted(fill(value, carried.name(), scope), carried, scope);
      case Meaning.Truth truth -> unstable(carried, "a truth value");
    };
  }

  private Optional<Value> fitted(Value value, Carried carried, Scope scope) {
    var wanted = carried.first().type();
    if (value.type().equals(wanted)) {
      return Optional.of(value);
    }
    boolean permuted =
        value.type().rank() == wanted.rank() && value.type().dims().containsAll(wanted.dims());
    if (!permuted || value.type().dtype() != wanted.dtype()) {
      return unstable(carried, value.type().toString());
    }
    var emitter =
        new Emitter(scope.region().builder(), carried.name(), carried.around().declared());
    return Optional.of(
        emitter.last(
            new Transpose(wanted.axes()), new Operand(value, carried.around().declared())));
  }

  private Optional<Value> unstable(Carried carried, String after) {
    elaboration.report(
        Diagnostic.of(
                CheckCode.CARRIED_TYPE,
                carried.rebound(),
                "`%s` enters the repeat as %s and leaves an iteration as %s"
                    .formatted(carried.name(), carried.first().type(), after))
            .note(carried.around().declared(), "it is bound first here"));
    return Optional.empty();
  }

  private void emit(
      Repeat repeat,
      RepeatStatement statement,
      Scope scope,
      List<Carried> carried,
      List<Value> last) {
    var region = scope.region();
    var operands = new ArrayList<Value>();
    carried.forEach(c -> operands.add(c.first()));
    operands.addAll(region.invariants().keySet());
    operands.addAll(region.slices().keySet());
    carried.forEach(c -> region.builder().param(c.inside()));
    region.invariants().values().forEach(region.builder()::param);
    region.slices().values().forEach(region.builder()::param);
    var body = region.builder().build(last);
    var names = carried.stream().map(Carried::name).toList();
    var node =
        outer
            .region()
            .builder()
            .at(statement.span())
            .node(
                names,
                repeat,
                operands,
                List.of(body),
                carried.stream().map(c -> Optional.<Sharding>empty()).toList());
    for (int i = 0; i < carried.size(); i++) {
      carried.get(i).around().rebind(Meaning.Tensor.of(node.result(i)));
    }
  }
}
