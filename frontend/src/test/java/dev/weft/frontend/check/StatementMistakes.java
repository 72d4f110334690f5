package dev.weft.frontend.check;

import static dev.weft.frontend.check.CheckCode.AXIS_TWICE;
import static dev.weft.frontend.check.CheckCode.CARRIED_TYPE;
import static dev.weft.frontend.check.CheckCode.DUPLICATE_NAME;
import static dev.weft.frontend.check.CheckCode.IDLE_REPEAT;
import static dev.weft.frontend.check.CheckCode.INITIALIZER;
import static dev.weft.frontend.check.CheckCode.INPUT_FORM;
import static dev.weft.frontend.check.CheckCode.LOSS_NOT_SCALAR;
import static dev.weft.frontend.check.CheckCode.MISPLACED_STATEMENT;
import static dev.weft.frontend.check.CheckCode.NOT_A_TENSOR;
import static dev.weft.frontend.check.CheckCode.NO_LOSS;
import static dev.weft.frontend.check.CheckCode.NO_RETURN;
import static dev.weft.frontend.check.CheckCode.SECOND_LOSS;
import static dev.weft.frontend.check.CheckCode.SIZE_RANGE;
import static dev.weft.frontend.check.CheckCode.TEXT_INPUT;
import static dev.weft.frontend.check.CheckCode.UNLABELLED_REPEAT;
import static dev.weft.frontend.check.CheckCode.UNUSED_NAME;
import static dev.weft.frontend.check.Mistake.body;
import static dev.weft.frontend.check.Mistake.file;

import java.util.stream.Stream;

/** Mistakes in statements. */
final class StatementMistakes {
  private StatementMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(names(), places(), losses(), repeats(), declarations()).flatMap(all -> all);
  }

  private static Stream<Mistake> names() {
    return Stream.of(
        body(DUPLICATE_NAME, "param w, «w»: [model]  x = x * w", "the name of a tensor already"),
        body(DUPLICATE_NAME, "param «x»: [model]", "`x` is the name of a tensor already"),
        body(DUPLICATE_NAME, "«key» = x * 2  x = x + key", "name of an axis or size already"),
        body(
            DUPLICATE_NAME,
            "repeat heads { axis «table» = 3  x = x + x }",
            "the name of a tensor already"),
        body(
            DUPLICATE_NAME,
            "repeat heads { axis a = 3, «a» = 4  x = x + x }",
            "the axis `a` is declared twice"),
        body(DUPLICATE_NAME, "output x  output «x»", "`x` is an output already"),
        body(
            DUPLICATE_NAME,
            "x = f(x)",
            "block f(a[..., n]) { «n» = 2 * a  return n }",
            "the name of an axis or size already"),
        body(UNUSED_NAME, "«y» = x + 1", "`y` is never read"),
        body(UNUSED_NAME, "param «w»: [model]", "`w` is never read"),
        body(UNUSED_NAME, "repeat heads { «y» = 2 * x  x = x + x }", "`y` is never read"));
  }

  private static Stream<Mistake> places() {
    return Stream.of(
        body(MISPLACED_STATEMENT, "«return x»", "`return` has no place in a model"),
        body(
            MISPLACED_STATEMENT,
            "repeat heads { x = x + x  «output x» }",
            "`output` has no place in a repeat"),
        body(
            MISPLACED_STATEMENT,
            "x = f(x)",
            "block f(a[...]) { «loss = mean(a)»  return a }",
            "`loss` has no place in a block"),
        body(
            MISPLACED_STATEMENT,
            "x = f(x)",
            "block f(a[...]) { return a  «b = a» }",
            "has no place after `return`"),
        body(NO_RETURN, "x = x + f(x)", "block «f»(a[...]) { }", "`f` returns nothing"),
        body(NOT_A_TENSOR, "s = 3  output «s»", "`s` is no tensor"));
  }

  private static Stream<Mistake> losses() {
    return Stream.of(
        file(NO_LOSS, "model «m»(n = 4) { param a: [n]  output a }", "`m` has no loss"),
        body(SECOND_LOSS, "loss = mean(x)", "has a loss already"),
        body(LOSS_NOT_SCALAR, "", "").withLoss("«x»", "the loss is f32[batch=4, seq=6, model=8]"),
        body(NOT_A_TENSOR, "output x", "").withLoss("«3»", "the loss depends on nothing"));
  }

  private static Stream<Mistake> repeats() {
    return Stream.of(
        body(
            CARRIED_TYPE,
            "y = mean(x, over: seq)  repeat heads { «y» = x + y }  x = x + y",
            "`y` enters the repeat as f32[batch=4, model=8] and leaves an iteration as f32[batch=4,"
                + " seq"),
        body(
            CARRIED_TYPE,
            "s = 0  repeat heads { «s» = s + x }  x = x + s",
            "`s` enters the repeat as f32[]"),
        body(CARRIED_TYPE, "y = x + 1  repeat heads { «y» = true }  x = x + y", "a truth value"),
        body(UNLABELLED_REPEAT, "repeat «2 * heads» { x = x + x }", "`2 * heads` is no bare name"),
        body(IDLE_REPEAT, "repeat «heads» { _y = x + x }", "rebinds no name from outside"),
        body(
            AXIS_TWICE,
            "repeat heads { param «w»: [heads]  x = x + mean(w) }",
            "the axis `heads` of the repeat around it"));
  }

  private static Stream<Mistake> declarations() {
    return Stream.of(
        body(INPUT_FORM, "input «a: i32[batch]»  x = x + mean(table[a])", "needs a bound"),
        body(INPUT_FORM, "input «a: float[batch] in vocab»  x = x + mean(a)", "has no bound"),
        body(INPUT_FORM, "input a: «i64»[batch] in vocab  x = x + mean(table[a])", "not `i64`"),
        body(
            TEXT_INPUT,
            "input a: i32[batch] in vocab «from text»  x = x + mean(table[a])",
            "does not bear [batch, positions]"),
        body(TEXT_INPUT, "input a: float[batch, seq] «from text»  x = x + mean(a)", "is not `i32`"),
        body(
            SIZE_RANGE,
            "input a: i32[batch] in «3_000_000_000»  x = x + mean(x)  output a",
            "an `i32` stays below"),
        body(INITIALIZER, "param w: [model] = «zeroes»  x = x * w", "is called `zeroes`"),
        body(INITIALIZER, "param w: [model] = «gauss»(1)  x = x * w", "is called `gauss`"),
        body(INITIALIZER, "param w: [model] = «3»  x = x * w", "`3` is no initial value"),
        body(INITIALIZER, "param w: [model] = normal(«-1»)  x = x * w", "`std` is -1"));
  }
}
