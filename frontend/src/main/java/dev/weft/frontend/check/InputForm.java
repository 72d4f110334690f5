package dev.weft.frontend.check;

import dev.weft.frontend.syntax.InputDeclarator;
import dev.weft.frontend.syntax.TextFeed;
import dev.weft.ir.graph.Port;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the port of an input from its declaration. */
record InputForm(Elaboration elaboration, Scope scope, InputDeclarator input) {
  private static final String INTEGER = "i32";
  private static final String FLOAT = "float";

  /** Empty where the declaration is wrong, which is reported. */
  Optional<Port.Data> port() {
    try {
      return switch (input.element().text()) {
        case INTEGER -> integers();
        case FLOAT -> Optional.of(floats());
        default ->
            throw new Refusal(
                Suggest.among(
                    List.of(INTEGER, FLOAT),
                    input.element(),
                    CheckCode.INPUT_FORM,
                    "inputs are `i32` or `float`, not `" + input.element() + "`"));
      };
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Optional.empty();
    }
  }

  private Port.Data floats() {
    if (input.bound().isPresent()) {
      throw new Refusal(
          CheckCode.INPUT_FORM,
          input.span(),
          "`" + input.name() + "` is floating and has no bound");
    }
    input.feed().ifPresent(feed -> refuseText(feed, "is not `i32`"));
    return new Port.Data(input.name().text(), OptionalLong.empty(), OptionalInt.empty());
  }

  private Optional<Port.Data> integers() {
    if (input.bound().isEmpty()) {
      throw new Refusal(
          CheckCode.INPUT_FORM, input.span(), "`" + input.name() + "` needs a bound: `in size`");
    }
    var shift = input.feed().map(this::shift).orElse(OptionalInt.empty());
    var bound = SizeExpression.size(input.bound().get(), scope);
    if (bound.isPresent() && bound.getAsLong() > Integer.MAX_VALUE) {
      throw new Refusal(
          CheckCode.SIZE_RANGE,
          input.bound().get().span(),
          "an `i32` stays below " + Integer.MAX_VALUE + ", not " + bound.getAsLong());
    }
    return bound.isPresent()
        ? Optional.of(new Port.Data(input.name().text(), bound, shift))
        : Optional.empty();
  }

  /** How many tokens further on an input is read that text feeds. */
  private OptionalInt shift(TextFeed feed) {
    var axes = input.axes();
    if (axes.size() != 2 || !axes.getFirst().text().equals(Recipe.BATCH_AXIS)) {
      refuseText(feed, "does not bear [batch, positions]");
    }
    if (feed.shift().isEmpty()) {
      return OptionalInt.of(0);
    }
    long shift = SizeExpression.index(feed.shift().get(), scope).orElseThrow();
    if (shift > Integer.MAX_VALUE) {
      throw new Refusal(CheckCode.SIZE_RANGE, feed.span(), "a shift of " + shift + " tokens");
    }
    return OptionalInt.of((int) shift);
  }

  private void refuseText(TextFeed feed, String why) {
    throw new Refusal(CheckCode.TEXT_INPUT, feed.span(), "`" + input.name() + "` " + why);
  }
}
