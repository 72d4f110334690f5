package dev.weft.frontend.check;

import static dev.weft.frontend.check.CheckCode.INEXACT_DIVISION;
import static dev.weft.frontend.check.CheckCode.NOT_AN_INTEGER;
import static dev.weft.frontend.check.CheckCode.NOT_A_SIZE;
import static dev.weft.frontend.check.CheckCode.NUMBER_RANGE;
import static dev.weft.frontend.check.CheckCode.SIZE_RANGE;
import static dev.weft.frontend.check.CheckCode.TOO_LARGE;
import static dev.weft.frontend.check.CheckCode.UNBOUND_AXIS;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_SIZE;
import static dev.weft.frontend.check.Mistake.body;
import static dev.weft.frontend.check.Mistake.file;

import java.util.stream.Stream;

/** Mistakes in sizes and numbers. */
final class SizeMistakes {
  private SizeMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(
        file(UNBOUND_AXIS, model("n = 4", "axis «seq»"), "nothing gives the axis `seq` a size"),
        body(
            UNBOUND_AXIS,
            "x = f(x)",
            "block f(a[...]) { axis «open»  return 2 * a }",
            "only a model has open axes"),
        file(
            INEXACT_DIVISION,
            model("n = 10, m = 4", "axis k = «n / m»"),
            "`n / m` is 10 / 4, which leaves 2"),
        file(
            INEXACT_DIVISION,
            model("n = 10, m = 4 - 4 + 1", "axis k = «n / (m - 1)»"),
            "division of 10 by zero"),
        file(INEXACT_DIVISION, model("n = 12, m = 3, k = n / m", ""), "12 / 5, which leaves 2")
            .with(Options.NONE.with("m", "5")),
        file(SIZE_RANGE, model("n = «0»", ""), "`0`, and must be at least 1"),
        file(SIZE_RANGE, model("n = 4", "axis k = «n - 8»"), "`n - 8` is -4"),
        file(SIZE_RANGE, model("n = «2_000_000_000_000»", ""), "too large"),
        file(SIZE_RANGE, model("n = 4", "axis k = «n * 1_000_000_000_000»"), "too large"),
        file(SIZE_RANGE, model("n = 4", ""), "must be at least 1")
            .with(Options.NONE.with("n", "-3")),
        body(SIZE_RANGE, "repeat «heads - 2» as r { x = x + x }", "`heads - 2` is 0"),
        file(NOT_AN_INTEGER, model("n = 4", "axis k = «2.5»"), "`2.5` is not whole"),
        file(
            NOT_AN_INTEGER, model("n = 2, r = 0.5", "axis k = «r»"), "`r` is a number, not a size"),
        body(NOT_AN_INTEGER, "param w: [«rate»]", "`rate` is a number, not a size"),
        file(NOT_AN_INTEGER, model("n = 4", ""), "`1e-3` is not whole")
            .with(Options.NONE.with("n", "1e-3")),
        file(UNKNOWN_SIZE, model("n = «m», m = 2", ""), "no size `m` is known here"),
        file(UNKNOWN_SIZE, model("n = 4", ""), "no size `four`")
            .with(Options.NONE.with("n", "four")),
        body(UNKNOWN_SIZE, "repeat «layer» { x = x + x }", "no size `layer`"),
        file(NOT_A_SIZE, model("n = «true»", ""), "`true` is not a size"),
        file(NOT_A_SIZE, model("n = 4", "axis k = «square(n)»"), "`square(n)` is not a size"),
        file(
            TOO_LARGE,
            "model m(n = 1_000_000_000_000) { axis k = n  param «w»: [n, k]  loss = mean(w) }",
            "`w` is f32[n=1000000000000, k=1000000000000]"),
        body(
            TOO_LARGE,
            """
            axis wide = 4_000_000_000, long = 4_000_000_000
            param a: [wide], b: [long]
            y[wide, long] = «a * b»
            x = x + mean(y)
            """,
            "mul of f32[wide=4000000000] and f32[long=4000000000]"),
        body(NUMBER_RANGE, "x = x * «1e999»", "`1e999` is out of range"),
        body(NUMBER_RANGE, "x = x * («1 / 0»)", "Infinity"),
        body(NUMBER_RANGE, "x = x * «log(-1)»", "NaN"));
  }

  /** A model with sizes and axes of which nothing else is asked. */
  private static String model(String sizes, String axes) {
    return "model m(" + sizes + ") { " + axes + "  param w: [n] = ones  loss = mean(w) }";
  }
}
