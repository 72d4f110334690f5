package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import java.util.ArrayList;
import java.util.List;

/** Normalization, softmax and rotary embedding, as calls into {@code ops.py}. */
record FusedPrinter(Vocabulary vocabulary) {
  Printed normalize(Node node, Normalize op, Operand x) {
    var name = op.centering() == Centering.MEAN ? "normalize" : "rms_normalize";
    return Printed.of(
        node,
        Expression.call(
            vocabulary.function(name),
            x.expression().text(),
            Integer.toString(Layout.position(x.type(), op.axis())),
            Literal.number(op.eps())));
  }

  /** The operands of the cotangent, aligned to the normalized tensor. */
  Expression normalizeGrad(NormalizeGrad op, Operand y, Operand r, Operand dy) {
    var name = op.centering() == Centering.MEAN ? "normalize_bwd" : "rms_normalize_bwd";
    var axes = y.type().axes();
    return Expression.call(
        vocabulary.function(name),
        Layout.permute(dy.expression(), dy.type().axes(), axes).text(),
        y.expression().text(),
        Layout.permute(r.expression(), r.type().axes(), y.type().without(List.of(op.axis())).axes())
            .text(),
        Integer.toString(Layout.position(y.type(), op.axis())));
  }

  Expression softmax(Softmax op, Operand x) {
    return Expression.call(
        "torch.softmax",
        x.expression().text(),
        Integer.toString(Layout.position(x.type(), op.axis())));
  }

  Expression softmaxGrad(SoftmaxGrad op, Operand y, Operand dy) {
    return Expression.call(
        vocabulary.function("softmax_bwd"),
        Layout.permute(dy.expression(), dy.type().axes(), y.type().axes()).text(),
        y.expression().text(),
        Integer.toString(Layout.position(y.type(), op.axis())));
  }

  Expression rope(Rope op, Operand x, Operand positions) {
    var rest = x.type().without(List.of(op.feature())).axes();
    var arguments = new ArrayList<String>();
    arguments.add(x.expression().text());
    arguments.add(Layout.align(positions.expression(), positions.type(), rest).text());
    arguments.add(Integer.toString(Layout.position(x.type(), op.feature())));
    arguments.add(Literal.number(op.base()));
    var name = op.direction() == RopeDirection.FORWARD ? "rope" : "rope_back";
    return Expression.call(vocabulary.function(name), arguments);
  }

  /** With the key, and the positions along each dimension, as tuples. */
  Expression dropout(Dropout op, List<Operand> in) {
    int keys = Dropout.keys(in.stream().map(Operand::type).toList());
    return Expression.call(
        vocabulary.function("dropout"),
        in.getFirst().expression().text(),
        Literal.number(op.rate()),
        Integer.toString(op.site()),
        texts(in.subList(1, 1 + keys)),
        texts(in.subList(1 + keys, in.size())));
  }

  private static String texts(List<Operand> operands) {
    return Literal.tuple(operands.stream().map(o -> o.expression().text()).toList());
  }
}
