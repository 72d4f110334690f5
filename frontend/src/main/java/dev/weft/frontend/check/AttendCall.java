package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.optional;
import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.op.AttentionShape.Mask;
import dev.weft.ir.op.Rename;
import dev.weft.ir.type.Dim;

/**
 * {@code attend(q, k, v, over: seq, on: key, causal: false, scale: 1/sqrt(key), bias: b, dropout:
 * 0)}.
 *
 * <p>The op wants the positions of queries and keys apart; where both are along {@code over}, those
 * of keys and values get an axis of their own.
 */
record AttendCall() implements Builtin {
  @Override
  public String name() {
    return "attend";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("q", Kind.FLOATS),
        required("k", Kind.FLOATS),
        required("v", Kind.FLOATS),
        required("over", Kind.AXIS),
        optional("on", Kind.AXIS),
        optional("query", Kind.AXIS),
        optional("causal", Kind.TRUTH),
        optional("scale", Kind.NUMBER),
        optional("bias", Kind.FLOATS),
        optional("dropout", Kind.NUMBER));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var over = arguments.axis("over");
    for (var name : new String[] {"k", "v"}) {
      site.requireAxis(arguments.operand(name), over, arguments.span("over"));
    }
    var roles = AttentionRoles.of(arguments, site);
    boolean self = arguments.operand("q").value().type().bears(over.axis());
    var source = self ? site.fresh(over.axis(), "_source", over.size()) : over;
    if (self) {
      requireFreeBias(arguments, over);
    }
    var shape =
        new AttentionShape(
            roles.query().axis(),
            source.axis(),
            roles.key().axis(),
            roles.value().axis(),
            roles.heads(),
            roles.kvHeads(),
            arguments.truth("causal", false) ? Mask.CAUSAL : Mask.NONE,
            arguments.number("scale", 1 / Math.sqrt(roles.key().size())));
    var q = arguments.operand("q");
    var k = renamed(arguments.operand("k"), over, source, site);
    var v = renamed(arguments.operand("v"), over, source, site);
    var bias = arguments.optionalOperand("bias");
    var dropping = Dropping.of(arguments, "dropout", site);
    if (dropping.isPresent()) {
      var written = new DroppedAttention(shape, dropping.get(), site);
      return written.emit(q, k, v, bias, roles.query(), source);
    }
    var op = new Attention(shape);
    return bias.isPresent()
        ? site.lastOfSeveral(op, q, k, v, bias.get())
        : site.lastOfSeveral(op, q, k, v);
  }

  private static Operand renamed(Operand operand, Dim from, Dim to, CallSite site) {
    return from.equals(to)
        ? operand
        : site.emitter().reshaped(new Rename(from.axis(), to.axis()), operand);
  }

  private static void requireFreeBias(Arguments arguments, Dim over) {
    var bias = arguments.optionalOperand("bias");
    if (bias.isPresent() && bias.get().value().type().bears(over.axis())) {
      throw new Refusal(
          CheckCode.ROLES,
          bias.get().span(),
          "`%s` is along both the queries' and the keys' positions: rename it in `k`, `v` and the bias"
              .formatted(over.axis()));
    }
  }
}
