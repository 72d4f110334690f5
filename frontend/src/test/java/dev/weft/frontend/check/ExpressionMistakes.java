package dev.weft.frontend.check;

import static dev.weft.frontend.check.CheckCode.AXES_DISAGREE;
import static dev.weft.frontend.check.CheckCode.AXIS_TWICE;
import static dev.weft.frontend.check.CheckCode.BAD_INDEX;
import static dev.weft.frontend.check.CheckCode.DIVISOR_AXES;
import static dev.weft.frontend.check.CheckCode.ELEMENT_TYPE;
import static dev.weft.frontend.check.CheckCode.ELLIPSIS;
import static dev.weft.frontend.check.CheckCode.EXTRA_AXIS;
import static dev.weft.frontend.check.CheckCode.INDEX_RANGE;
import static dev.weft.frontend.check.CheckCode.MISSING_AXIS;
import static dev.weft.frontend.check.CheckCode.NESTED_PRODUCT;
import static dev.weft.frontend.check.CheckCode.NOT_A_TENSOR;
import static dev.weft.frontend.check.CheckCode.OPERANDS;
import static dev.weft.frontend.check.CheckCode.SIZE_CONFLICT;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_AXIS;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_FUNCTION;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_NAME;
import static dev.weft.frontend.check.Mistake.body;

import java.util.stream.Stream;

/** Mistakes in arithmetic, annotations, gathers and renamings. */
final class ExpressionMistakes {
  private ExpressionMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(names(), products(), annotations(), brackets()).flatMap(all -> all);
  }

  private static Stream<Mistake> names() {
    return Stream.of(
        body(UNKNOWN_NAME, "x = x + «tabel»", "nothing is called `tabel`"),
        body(UNKNOWN_NAME, "output «logits»", "nothing is called `logits`"),
        body(
            UNKNOWN_NAME,
            "x = f(x)",
            "block f(a[...]) { return a + mean(«table») }",
            "nothing is called `table`"),
        body(UNKNOWN_AXIS, "param w: [«modle»] x = x * w", "no axis `modle`"),
        body(UNKNOWN_AXIS, "x = softmax(x, over: «sequence»)", "no axis `sequence`"),
        body(UNKNOWN_AXIS, "x = x[«sq» as other]", "no axis `sq`"),
        body(UNKNOWN_FUNCTION, "x = «layernorm»(x)", "is called `layernorm`"),
        body(NOT_A_TENSOR, "x = x + «true»", "`true` is a truth value"),
        body(NOT_A_TENSOR, "x = x * «heads»[key as other]", "bears no axes to rename"),
        body(ELEMENT_TYPE, "x = x + «ids»", "integers take no part in arithmetic"),
        body(ELEMENT_TYPE, "x = x + sum(«ids»)", "`x` needs a tensor of floating-point numbers"));
  }

  private static Stream<Mistake> products() {
    return Stream.of(
        body(
            AXES_DISAGREE,
            "param w: [model, heads]  y = «x * w»  x = x + mean(y)",
            "no operand bears all axes: [batch, seq, model] and [model, heads]"),
        body(
            AXES_DISAGREE,
            "param w: [model, heads]  y = «x + w»  x = x + mean(y)",
            "no operand bears all axes"),
        body(
            AXES_DISAGREE,
            "param w: [model, heads]  y = «maximum(x, w)»  x = x + mean(y)",
            "no operand bears all axes"),
        body(
            NESTED_PRODUCT,
            """
            param g: [model], w: [model, heads]
            y[batch, seq, heads] = x * («g * w»)
            x = x + mean(y)
            """,
            "would sum over `model` before what is beside it"),
        body(
            NESTED_PRODUCT,
            """
            axis left = 3, right = 5
            param a: [model, left], b: [model, right], core: [left, right, heads]
            y[batch, seq, heads] = («x * a») * (x * b) * core
            x = x + mean(y)
            """,
            "would sum over `left`"),
        body(
            DIVISOR_AXES,
            """
            axis left = 3
            param a: [model, left], b: [left, heads], c: [model, left, heads]
            y[batch, seq, heads] = x * a * b / «c»
            x = x + mean(y)
            """,
            "bears all of [model, left, heads]"));
  }

  private static Stream<Mistake> annotations() {
    return Stream.of(
        body(
            MISSING_AXIS,
            "y[batch, seq, heads] = «sum(x, over: model)»  x = x + mean(y)",
            "`heads`"),
        body(
            MISSING_AXIS,
            "param w: [model]  y[batch, heads] = «x * w»  x = x + mean(y)",
            "bears [batch], but not `heads`"),
        body(
            EXTRA_AXIS,
            "y[batch, seq] = «x»  x = x + mean(y)",
            "`x` bears `model`, which the result [batch, seq] does not"),
        body(EXTRA_AXIS, "y[batch, seq] = 2 * «x» + 1  x = x + mean(y)", "`x` bears `model`"),
        body(
            EXTRA_AXIS,
            "param w: [model, heads], b: [model]  y[batch, seq, heads] = x * w + «b»  x = x +"
                + " mean(y)",
            "`b` bears `model`"),
        body(AXIS_TWICE, "x[batch, seq, model, «seq»] = x", "the axis `seq` occurs twice"),
        body(AXIS_TWICE, "param w: [model, «model»]  x = x + mean(w)", "`model` occurs twice"),
        body(
            AXIS_TWICE,
            "x = x + mean(linear(x, to: model))",
            "block linear(a[..., from], to: axis) -> [..., to] { param w: [from, «to»] return a * w"
                + " }",
            "`from` and `to` are both the axis `model` here"),
        body(ELLIPSIS, "y«[..., model]» = x  x = x + y", "no formal here leaves axes open"));
  }

  private static Stream<Mistake> brackets() {
    return Stream.of(
        body(BAD_INDEX, "y = table[«x»]  x = x + mean(y)", "`x` is f32[batch=4, seq=6, model=8]"),
        body(BAD_INDEX, "y = table[«idz»]  x = x + mean(y)", "neither an axis nor a tensor"),
        body(BAD_INDEX, "y = table[«0»]  x = x + mean(y)", "is a number, and no `i32` tensor"),
        body(BAD_INDEX, "y = x[batch, «2»]  x = x + mean(y)", "`2` is not an axis"),
        body(
            INDEX_RANGE,
            "param rows: [key, model]  y = rows[«ids»]  x = x + y",
            "`ids` reaches 15, but the axis `key` has 4 entries"),
        body(
            INDEX_RANGE,
            "param rows: [key, model]  y = rows[«position(seq)»]  x = x + y",
            "`position(seq)` reaches 5, but the axis `key` has 4"),
        body(
            INDEX_RANGE,
            "y = at(x, seq, «6»)  x = x + y",
            "entry 6 of the axis `seq`, which has 6"),
        body(
            SIZE_CONFLICT,
            "y = x[«seq as heads»]  x = x + mean(y)",
            "`seq` has 6 entries, `heads` has 2"),
        body(AXIS_TWICE, "y = x[seq as a, «seq as b»]  x = x + mean(y)", "renamed twice"),
        body(
            OPERANDS, "axis other = seq  y = mean(x, over: seq)  x = x + «y»[seq as other]", "seq"),
        body(OPERANDS, "axis other = batch  y = «x»[seq as model]  x = x + mean(y)", "model")
            .with(Options.NONE.with("model", "6").with("heads", "2")),
        body(
            OPERANDS,
            "y = table[«position(vocab)»]  x = x + mean(y)",
            "the ids bear the table's own axis"));
  }
}
