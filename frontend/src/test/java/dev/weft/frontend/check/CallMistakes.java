package dev.weft.frontend.check;

import static dev.weft.frontend.check.CheckCode.ARGUMENT_KIND;
import static dev.weft.frontend.check.CheckCode.AXIS_TWICE;
import static dev.weft.frontend.check.CheckCode.CALL_DEPTH;
import static dev.weft.frontend.check.CheckCode.COUNT;
import static dev.weft.frontend.check.CheckCode.DROPOUT_RATE;
import static dev.weft.frontend.check.CheckCode.DUPLICATE_NAME;
import static dev.weft.frontend.check.CheckCode.ELEMENT_TYPE;
import static dev.weft.frontend.check.CheckCode.FORMAL_AXES;
import static dev.weft.frontend.check.CheckCode.INDEX_RANGE;
import static dev.weft.frontend.check.CheckCode.MISSING_ARGUMENT;
import static dev.weft.frontend.check.CheckCode.NOT_A_TENSOR;
import static dev.weft.frontend.check.CheckCode.OPERANDS;
import static dev.weft.frontend.check.CheckCode.RECURSIVE_BLOCK;
import static dev.weft.frontend.check.CheckCode.REPEATED_ARGUMENT;
import static dev.weft.frontend.check.CheckCode.ROLES;
import static dev.weft.frontend.check.CheckCode.SIZE_CONFLICT;
import static dev.weft.frontend.check.CheckCode.TOO_MANY_ARGUMENTS;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_ARGUMENT;
import static dev.weft.frontend.check.Mistake.body;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Mistakes in calls of built-in functions and of blocks. */
final class CallMistakes {
  private CallMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(arguments(), builtins(), attention(), blocks()).flatMap(all -> all);
  }

  private static Stream<Mistake> arguments() {
    return Stream.of(
        body(MISSING_ARGUMENT, "x = «softmax(x)»", "`softmax` needs `over`, an axis"),
        body(MISSING_ARGUMENT, "x = «maximum(x)»", "`maximum` needs `b`"),
        body(UNKNOWN_ARGUMENT, "x = softmax(x, over: seq, «axis»: seq)", "takes no `axis`"),
        body(REPEATED_ARGUMENT, "x = softmax(x, seq, «over: seq»)", "`over` of `softmax`"),
        body(TOO_MANY_ARGUMENTS, "x = relu(x, «x»)", "`relu` takes 1 argument: x"),
        body(ARGUMENT_KIND, "x = softmax(x, over: «x + 1»)", "`over` takes an axis, not `x + 1`"),
        body(ARGUMENT_KIND, "x = normalize(x, over: model, eps: «true»)", "`eps` takes a number"),
        body(
            ARGUMENT_KIND,
            "x = normalize(x, over: model, centered: «1»)",
            "takes `true` or `false`"),
        body(ARGUMENT_KIND, "x = x + sum(«2»)", "`x` takes a tensor of floating-point"));
  }

  private static Stream<Mistake> builtins() {
    return Stream.of(
        body(OPERANDS, "x = x + sum(x, over: «[batch, heads]»)", "is no axis of `x`"),
        body(OPERANDS, "x = softmax(x, over: «heads»)", "`heads` is no axis of `x`"),
        body(DROPOUT_RATE, "x = dropout(x, rate: «1»)", "the rate of dropout is 1.0"),
        body(DROPOUT_RATE, "x = dropout(x, rate: «rate - 1»)", "the rate of dropout is -0.5"),
        body(COUNT, "x = top(x, count: «0», over: model)", "a whole number from 1 to 8"),
        body(COUNT, "x = top(x, count: «9», over: model)", "the size of the axis `model`"),
        body(COUNT, "x = top(x, count: «1.5», over: model)", "a whole number from 1 to 8"),
        body(OPERANDS, "x = top(x, count: 1, over: «heads»)", "is no axis of `x`"),
        body(AXIS_TWICE, "s = nonzero(x, over: seq, as: «model»)", "`model` twice"),
        body(
            OPERANDS,
            "axis n = 2  s = nonzero(x, over: seq, as: n)  x = x + sum(gather(x, s, over: «heads»))",
            "is no axis of `x`"),
        body(
            INDEX_RANGE,
            "axis n = 2  s = nonzero(x, over: model, as: n)  x = x + sum(gather(x, «s», over: seq))",
            "reaches"),
        body(OPERANDS, "x = x + dropout(«mean(x)», rate: rate)", "along some axis, not f32[]"),
        body(OPERANDS, "x = «rotary(x, over: seq, on: seq)»", "cannot turn by itself"),
        body(OPERANDS, "x = rotary(«x», over: seq, on: model)", "odd size")
            .with(Options.NONE.with("model", "9").with("heads", "3")),
        body(
            OPERANDS,
            "b = «relative_bucket(seq, batch, buckets: 1)»  param t: [heads]  x = x + mean(t[b])",
            "each direction needs 2 buckets"),
        body(
            AXIS_TWICE,
            "param t: [vocab]  x = x + mean(t[relative_bucket(seq, «seq»)])",
            "both positions are along `seq`"),
        body(
            ELEMENT_TYPE,
            "x = x + mean(cross_entropy(x, «x», over: model))",
            "`labels` needs an `i32` tensor"),
        body(
            INDEX_RANGE,
            "x = x + mean(cross_entropy(x, «ids», over: model))",
            "reaches 15, but the axis `model` has 8"),
        body(
            SIZE_CONFLICT,
            "y = split(x, model, as: «[heads, vocab]»)  x = x + mean(y)",
            "the axis `model` has 8 entries, and its parts together 32"),
        body(
            SIZE_CONFLICT,
            "y = merge(x, [seq, model], as: «vocab»)  x = x + mean(y)",
            "the merged axes 48"),
        body(
            SIZE_CONFLICT,
            "y = concat(x, x, over: [seq, seq], as: «vocab»)  x = x + mean(y)",
            "the joined axes 12"),
        body(AXIS_TWICE, "y = split(x, model, as: «[key, key]»)  x = x + mean(y)", "`key` twice"),
        body(
            AXIS_TWICE,
            "axis both = batch * seq  y = merge(x, «[batch, batch]», as: both)  x = x + mean(y)",
            "`batch` twice"),
        body(
            ARGUMENT_KIND, "y = concat(x, x, over: «seq», as: seq)  x = x + y", "one axis of `a`"));
  }

  private static Stream<Mistake> attention() {
    var projections =
        """
        axis kv = 1, past = 5
        param wq: [model, heads, key], wk: [model, kv, key], old: [batch, past, heads, key]
        q[batch, seq, heads, key] = x * wq
        """;
    return Stream.of(
        body(
            ROLES,
            projections
                + "a = attend(«q», old[heads as h], old, over: past, on: key)"
                + use("a", "wk"),
            "the queries' position is one of"),
        body(
            ROLES,
            projections + "a = attend(q, «x», q, over: seq)" + use("a", "old", "wk"),
            "the last axis of the queries is no axis of the keys"),
        body(
            ROLES,
            projections
                + "a = «attend(q, sum(q, over: heads), q, over: seq, on: key)»"
                + use("a", "old", "wk"),
            "axes of the queries alone: [heads=2]"),
        body(
            ROLES,
            projections
                + "a = attend(q, q, q, over: seq, on: key, bias: «mean(q, over: key)»)"
                + use("a", "old", "wk"),
            "along both the queries' and the keys' positions"),
        body(
            ROLES,
            projections
                + "a = attend(q, q, «sum(q, over: key)», over: seq, on: key)"
                + use("a", "old", "wk"),
            "not `key`, nor one axis of their own"),
        body(
            OPERANDS,
            projections + "a = attend(q, old, old, over: «seq», on: key)" + use("a", "wk"),
            "`seq` is no axis of `old`"),
        body(
            OPERANDS,
            projections
                + "a = attend(q, q, «mean(q, over: batch)», over: seq, on: key)"
                + use("a", "old", "wk"),
            "needs the axes"));
  }

  /** Reads names, so that nothing is said about their being unused. */
  private static String use(String... names) {
    var uses = Stream.of(names).map(name -> "\nx = x + mean(" + name + ")");
    return String.join("", uses.toList());
  }

  private static Stream<Mistake> blocks() {
    var open = "block f(a[..., n], b[..., m]) { return mean(a) + mean(b) }";
    return Stream.of(
        body(MISSING_ARGUMENT, "x = x + «f(x)»", open, "the block `f` needs `b`"),
        body(MISSING_ARGUMENT, "x = «mlp(x)»", "the block `mlp` needs `ffn`"),
        body(NOT_A_TENSOR, "x = x + f(x, «3»)", open, "`3` is no tensor"),
        body(ARGUMENT_KIND, "x = mlp(x, ffn: «2 * model»)", "`2 * model` is no axis"),
        body(ARGUMENT_KIND, "x = layer_norm(x, eps: «x»)", "`x` is no number"),
        body(
            ARGUMENT_KIND,
            "x = attention(x, heads: heads, key: key, causal: «1»)",
            "neither `true` nor `false`"),
        body(FORMAL_AXES, "x = x + f(x, «mean(x, over: seq)»)", open, "another argument"),
        body(
            FORMAL_AXES,
            "x = x + attention(«mean(x, over: seq)», heads: heads, key: key)",
            "bears [batch, model]"),
        body(
            FORMAL_AXES,
            "x = x + mean(f(x, «table»))",
            "block f(a[batch, seq, n], b[m, seq]) { return mean(a) + mean(b) }",
            "bears `model` where `seq` is `seq`"),
        body(
            FORMAL_AXES,
            "x = f(x, «model»)",
            "block f(a[batch, seq, n], seq: axis) { return 2 * a }",
            "is not the axis `seq` bound before"),
        body(
            RECURSIVE_BLOCK,
            "x = f(x)",
            "block f(a[...]) { return g(a) } block g(a[...]) { return «f(a)» }",
            "the block `f` calls itself"),
        body(
            DUPLICATE_NAME,
            "x = f(x, x)",
            "block f(a[...], «a»[...]) { return a }",
            "`a` is a formal of `f` already"),
        body(CALL_DEPTH, "x = f0(x)", chain(70), "calls of blocks go deeper than 64"),
        body(CALL_DEPTH, "x = f0(x)", doubling(20), "more than 10000 times"));
  }

  /** Blocks each of which calls the next. */
  private static String chain(int length) {
    return blocks(length, "f%d(a)");
  }

  /** Blocks each of which calls the next twice. */
  private static String doubling(int length) {
    return blocks(length, "f%1$d(f%1$d(a))");
  }

  private static String blocks(int length, String call) {
    var blocks =
        IntStream.range(0, length)
            .mapToObj(i -> "block f" + i + "(a[...]) { return " + call.formatted(i + 1) + " }\n");
    return String.join("", blocks.toList()) + "block f" + length + "(a[...]) { return 2 * a }";
  }
}
