package dev.weft.backends.torch;

import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Split;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.stream.Collectors;

/** Views, joins and reductions of tensors. */
record ShapePrinter(Vocabulary vocabulary) {
  Expression broadcast(Broadcast op, Operand x) {
    var target = op.dims().stream().map(d -> d.axis()).toList();
    var aligned = Layout.align(x.expression(), x.type(), target);
    return aligned.method("expand" + Literal.shape(op.dims()).replace(",)", ")"));
  }

  Expression split(Split op, Operand x) {
    int at = x.type().indexOf(op.axis());
    return x.expression().method("unflatten(" + at + ", " + Literal.shape(op.dims()) + ")");
  }

  Expression merge(Merge op, Operand x) {
    int first = x.type().indexOf(op.axes().getFirst());
    int last = first + op.axes().size() - 1;
    return x.expression().method("flatten(" + first + ", " + last + ")");
  }

  Expression slice(Slice op, Operand x) {
    int at = x.type().indexOf(op.axis());
    long end = op.start() + op.to().size();
    return x.expression().index(":, ".repeat(at) + op.start() + ":" + end);
  }

  Expression pad(Pad op, Operand x) {
    return Expression.call(
        vocabulary.function("pad"),
        x.expression().text(),
        Integer.toString(x.type().indexOf(op.axis())),
        Long.toString(op.start()),
        Long.toString(op.to().size()));
  }

  Expression concat(Concat op, List<Operand> parts) {
    int at = parts.getFirst().type().indexOf(op.from().getFirst());
    var joined = parts.stream().map(p -> p.expression().text()).collect(Collectors.joining(", "));
    return Expression.call("torch.cat", "(" + joined + ")", Integer.toString(at));
  }

  Expression iota(Iota op) {
    var size = Long.toString(op.axis().size());
    return op.offset().isEmpty()
        ? Expression.call(vocabulary.function("iota"), size)
        : Expression.call(vocabulary.function("iota"), size, vocabulary.group(op.offset()));
  }

  Expression reduce(Reduce op, Operand x) {
    var dims = Layout.positions(x.type(), op.axes());
    return switch (op.function()) {
      case SUM -> x.expression().method("sum(" + dims + ")");
      case MAX -> x.expression().method("amax(" + dims + ")");
      case MEAN -> mean(op, x, dims);
    };
  }

  /** Where an axis is cut, this device's share of the mean. */
  private static Expression mean(Reduce op, Operand x, String dims) {
    if (op.count() == localCount(op, x.type())) {
      return x.expression().method("mean(" + dims + ")");
    }
    var sum = x.expression().method("sum(" + dims + ")");
    return Expression.infix(
        sum, "/", Expression.PRODUCT, Expression.atom(Long.toString(op.count())));
  }

  private static long localCount(Reduce op, TensorType type) {
    return op.axes().stream().mapToLong(a -> type.dim(a).size()).reduce(1, (a, b) -> a * b);
  }
}
