package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Normalize;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Ops of the serial model: as PyTorch's own functions where it has one, so that the explicit
 * program is compared with something else than itself. Results that only a backward program reads
 * are left out.
 */
final class ReferencePrinter implements NodePrinter {
  private final Vocabulary vocabulary;
  private final OpPrinter ops;
  private final AttentionPrinter attention;

  ReferencePrinter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.ops = new OpPrinter(vocabulary);
    this.attention = new AttentionPrinter(vocabulary);
  }

  @Override
  public Printed print(Node node, List<Operand> in) {
    return switch (node.op()) {
      case Normalize op -> first(normalize(op, in.getFirst()));
      case Attention op -> {
        var printed = attention.attention(node, op.shape(), in);
        yield new Printed(printed.call(), printed.views().subList(0, 1));
      }
      case CrossEntropy op -> first(crossEntropy(op, in.get(0), in.get(1)));
      default -> ops.print(node, in);
    };
  }

  private Expression normalize(Normalize op, Operand x) {
    var name = op.centering() == Centering.MEAN ? "layer_norm" : "rms_norm";
    return Expression.call(
        vocabulary.function(name),
        x.expression().text(),
        Integer.toString(Layout.position(x.type(), op.axis())),
        Literal.number(op.eps()));
  }

  private Expression crossEntropy(CrossEntropy op, Operand logits, Operand labels) {
    var order = logits.type().without(List.of(op.axis())).axes();
    return Expression.call(
        vocabulary.function("cross_entropy"),
        logits.expression().text(),
        Layout.permute(labels.expression(), labels.type().axes(), order).text(),
        Integer.toString(Layout.position(logits.type(), op.axis())));
  }

  private static Printed first(Expression call) {
    return new Printed(call, List.of(UnaryOperator.identity()));
  }
}
