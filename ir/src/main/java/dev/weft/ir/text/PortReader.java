package dev.weft.ir.text;

import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Port;
import dev.weft.ir.source.Suggestions;
import java.util.List;
import java.util.OptionalLong;

/** Reads the roles of a function's parameters and results. */
final class PortReader {
  private static final List<String> KINDS =
      List.of(
          "weight",
          "data",
          "state",
          "step",
          "loss",
          "output",
          "gradient",
          "activation",
          "cotangent",
          "saved");

  private final Tokens tokens;
  private final TypeReader types;

  PortReader(Tokens tokens, TypeReader types) {
    this.tokens = tokens;
    this.types = types;
  }

  /** Such as {@code data("tokens", bound 256, text 0)}. */
  Port port() {
    var kind = tokens.expect(Token.Kind.WORD, "a role such as `weight(\"w\", normal 0.02)`");
    tokens.expect("(");
    var name = tokens.name("the name of the " + kind.text());
    var port =
        switch (kind.text()) {
          case "weight" -> weight(name);
          case "data" -> data(name);
          case "state" -> new Port.State(name, start());
          case "step" -> new Port.Step(name);
          case "loss" -> new Port.Loss(name);
          case "output" -> new Port.Output(name);
          case "gradient" -> new Port.Gradient(name);
          case "activation" -> new Port.Activation(name);
          case "cotangent" -> new Port.Cotangent(name);
          case "saved" -> new Port.Saved(name);
          default -> throw unknown(kind);
        };
    tokens.expect(")");
    return port;
  }

  /** The name is that of the whole weight; rows of it follow, where it is not all of them. */
  private Port weight(String name) {
    var init = init();
    if (!tokens.accept(",")) {
      return new Port.Weight(name, init);
    }
    tokens.expect("rows");
    long first = types.integer();
    tokens.expect("count");
    long count = types.integer();
    tokens.expect("of");
    return Port.Weight.of(name, init, new Port.Rows(first, count, types.integer()));
  }

  private Port.Start start() {
    if (!tokens.accept(",")) {
      return new Port.Start.Constant(0);
    }
    return tokens.accept("weights")
        ? new Port.Start.Weights()
        : new Port.Start.Constant(types.real());
  }

  private Init init() {
    tokens.expect(",");
    var kind = tokens.expect(Token.Kind.WORD, "`normal`, `uniform` or `constant`");
    return switch (kind.text()) {
      case "normal" -> new Init.Normal(types.real());
      case "uniform" -> new Init.Uniform(types.real());
      case "constant" -> new Init.Constant(types.real());
      default ->
          throw tokens.failure(
              TextCode.BAD_PORT,
              kind.span(),
              "a weight begins `normal`, `uniform` or `constant`, not `" + kind.text() + "`");
    };
  }

  private Port data(String name) {
    var bound = OptionalLong.empty();
    Port.Feed feed = new Port.Feed.Synthetic();
    while (tokens.accept(",")) {
      if (tokens.accept("bound")) {
        bound = OptionalLong.of(types.integer());
      } else if (tokens.accept("text")) {
        feed = new Port.Feed.Text(types.smallInteger());
      } else if (tokens.accept("positions")) {
        feed = new Port.Feed.Positions();
      } else if (tokens.accept("step_key")) {
        feed = new Port.Feed.StepKey();
      } else {
        throw tokens.expected("`bound`, `text`, `positions` or `step_key`");
      }
    }
    return new Port.Data(name, bound, feed);
  }

  private SyntaxFailure unknown(Token kind) {
    var meant = Suggestions.closest(kind.text(), KINDS);
    return tokens.failure(
        TextCode.BAD_PORT,
        kind.span(),
        "there is no role `"
            + kind.text()
            + "`"
            + meant.map(name -> "; did you mean `" + name + "`?").orElse(""));
  }
}
