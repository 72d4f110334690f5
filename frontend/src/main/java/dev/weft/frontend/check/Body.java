package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisDeclarator;
import dev.weft.frontend.syntax.AxisStatement;
import dev.weft.frontend.syntax.BindStatement;
import dev.weft.frontend.syntax.InputDeclarator;
import dev.weft.frontend.syntax.InputStatement;
import dev.weft.frontend.syntax.LossStatement;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.OutputStatement;
import dev.weft.frontend.syntax.ParamStatement;
import dev.weft.frontend.syntax.RepeatStatement;
import dev.weft.frontend.syntax.ReturnStatement;
import dev.weft.frontend.syntax.ShardStatement;
import dev.weft.frontend.syntax.Statement;
import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.Optional;

/** Executes the statements of a body once, writing its nodes. */
final class Body {
  private final Elaboration elaboration;
  private final Expressions expressions;
  private final Scope scope;
  private final Place place;
  private final ParameterStatements parameters;
  private Optional<Meaning> returned = Optional.empty();
  private Optional<LossStatement> loss = Optional.empty();

  Body(Elaboration elaboration, Expressions expressions, Scope scope, Place place) {
    this.elaboration = elaboration;
    this.expressions = expressions;
    this.scope = scope;
    this.place = place;
    this.parameters = new ParameterStatements(elaboration, expressions, scope);
  }

  /** Executes the body of a model. */
  void runModel(List<Statement> statements, Name model) {
    run(statements);
    if (loss.isEmpty()) {
      elaboration
          .findings()
          .add(CheckCode.NO_LOSS, model.span(), "the model `" + model + "` has no loss");
    }
  }

  /** Executes the body of the block that is called; its result. */
  Meaning runBlock() {
    var block = ((Place.OfBlock) place).block();
    run(block.body());
    if (returned.isEmpty()) {
      elaboration
          .findings()
          .add(
              CheckCode.NO_RETURN,
              block.name().span(),
              "the block `" + block.name() + "` returns nothing");
    }
    return returned.orElse(Meaning.UNKNOWN);
  }

  void run(List<Statement> statements) {
    for (var statement : statements) {
      try {
        run(statement);
      } catch (Refusal refusal) {
        elaboration.report(refusal.diagnostic());
      }
    }
    UnusedNames.report(scope, elaboration.findings());
  }

  private void run(Statement statement) {
    if (returned.isPresent()) {
      throw misplaced(statement, "after `return`");
    }
    switch (statement) {
      case AxisStatement axes -> axes.declarators().forEach(this::axis);
      case InputStatement inputs -> {
        if (!(place instanceof Place.OfModel)) {
          inputs.declarators().forEach(this::unknown);
        }
        requireModel(statement);
        inputs.declarators().forEach(parameters::input);
      }
      case ParamStatement params -> params.groups().forEach(parameters::params);
      case BindStatement bind -> bind(bind);
      case RepeatStatement repeat -> new Repeats(elaboration, expressions, scope).run(repeat);
      case OutputStatement output -> {
        requireModel(statement);
        output.names().forEach(this::output);
      }
      case LossStatement statementOfLoss -> {
        requireModel(statement);
        loss(statementOfLoss);
      }
      case ReturnStatement result -> returned(result);
      case ShardStatement shard ->
          AxisLists.axis(shard.axis(), scope)
              .ifPresent(axis -> elaboration.program().shard(axis.axis(), shard.meshAxis().text()));
    }
  }

  /** What reads a misplaced input is not wrong as well. */
  private void unknown(InputDeclarator input) {
    scope.bind(input.name().text(), input.name().span(), Meaning.UNKNOWN).markRead();
  }

  private void axis(AxisDeclarator axis) {
    if (!(place instanceof Place.OfModel)) {
      new LocalAxes(elaboration, scope).declare(axis);
    }
  }

  private void bind(BindStatement bind) {
    var name = bind.name().text();
    NameClash.ofTensor(bind.name(), scope).ifPresent(elaboration::report);
    var meaning =
        bind.axes()
            .map(axes -> expressions.annotated(bind.value(), axes, scope, name))
            .orElseGet(() -> expressions.meaning(bind.value(), scope, name));
    scope.bind(name, bind.name().span(), meaning);
  }

  private void output(Name name) {
    var meaning = scope.read(name.text());
    if (meaning.isEmpty()) {
      throw new Refusal(
          Suggest.among(
              scope.names(), name, CheckCode.UNKNOWN_NAME, "nothing is called `" + name + "`"));
    }
    switch (meaning.get()) {
      case Meaning.Unknown unknown -> {}
      case Meaning.Tensor tensor -> output(name, tensor);
      case Meaning.Number number -> throw noTensor(name);
      case Meaning.Truth truth -> throw noTensor(name);
    }
  }

  private void output(Name name, Meaning.Tensor tensor) {
    var before = elaboration.program().output(name.text(), tensor.value(), name.span());
    if (before.isPresent()) {
      throw new Refusal(
          Diagnostic.of(
                  CheckCode.DUPLICATE_NAME, name.span(), "`" + name + "` is an output already")
              .note(before.get(), "first here"));
    }
  }

  private static Refusal noTensor(Name name) {
    return new Refusal(CheckCode.NOT_A_TENSOR, name.span(), "`" + name + "` is no tensor");
  }

  private void loss(LossStatement statement) {
    var value = statement.value();
    if (loss.isPresent()) {
      throw new Refusal(
          Diagnostic.of(CheckCode.SECOND_LOSS, statement.span(), "the model has a loss already")
              .note(loss.get().span(), "it is here"));
    }
    loss = Optional.of(statement);
    switch (expressions.meaning(value, scope, "loss")) {
      case Meaning.Unknown unknown -> {}
      case Meaning.Tensor(var tensor, var bound)
          when tensor.type().rank() == 0 && tensor.type().dtype().isFloat() ->
          elaboration.program().loss(tensor);
      case Meaning.Tensor(var tensor, var bound) ->
          throw new Refusal(
              CheckCode.LOSS_NOT_SCALAR, value.span(), "the loss is " + tensor.type());
      case Meaning.Number number ->
          throw new Refusal(CheckCode.NOT_A_TENSOR, value.span(), "the loss depends on nothing");
      case Meaning.Truth truth ->
          throw new Refusal(CheckCode.NOT_A_TENSOR, value.span(), "the loss is a truth value");
    }
  }

  private void returned(ReturnStatement result) {
    if (!(place instanceof Place.OfBlock(var block))) {
      throw misplaced(result, "in " + place.text());
    }
    var name = block.name().text();
    returned =
        Optional.of(
            block
                .result()
                .map(axes -> expressions.annotated(result.value(), axes, scope, name))
                .orElseGet(() -> expressions.meaning(result.value(), scope, name)));
  }

  private void requireModel(Statement statement) {
    if (!(place instanceof Place.OfModel)) {
      throw misplaced(statement, "in " + place.text());
    }
  }

  private static Refusal misplaced(Statement statement, String where) {
    var text = statement.span().text();
    var word = text.split("\\W", 2)[0];
    return new Refusal(
        CheckCode.MISPLACED_STATEMENT, statement.span(), "`" + word + "` has no place " + where);
  }
}
