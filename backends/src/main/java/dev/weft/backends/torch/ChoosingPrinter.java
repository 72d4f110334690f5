package dev.weft.backends.torch;

import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.TopK;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Choices among entries, and what is carried by them. The functions know dimensions by their order:
 * those that both tensors bear, that which the integers count along or stand for, then the row that
 * is moved as it is. Operands and results are permuted to it.
 */
record ChoosingPrinter(Vocabulary vocabulary) {
  Expression topK(TopK op, Operand x, Operand scores) {
    return call(
        "top_k",
        x.expression().text(),
        scores.expression().text(),
        Integer.toString(Layout.position(x.type(), op.axis())),
        Long.toString(op.count()));
  }

  Expression nonzero(Nonzero op, Operand x) {
    return call(
        "nonzero",
        x.expression().text(),
        Integer.toString(Layout.position(x.type(), op.axis())),
        Long.toString(op.slots().size()));
  }

  Expression gather(Gather op, Operand x, Operand ids) {
    var common = ids.type().axes().stream().filter(x.type()::bears).toList();
    var chosen = ids.type().without(common).axes();
    var row = row(x.type(), op.axis(), ids.type());
    var made =
        call(
            "gather_rows",
            Layout.permute(x.expression(), x.type().axes(), join(common, List.of(op.axis()), row))
                .text(),
            Layout.permute(ids.expression(), ids.type().axes(), join(common, chosen)).text(),
            Integer.toString(common.size()));
    return Layout.permute(made, join(common, chosen, row), join(ids.type().axes(), row));
  }

  Expression scatter(Scatter op, Operand y, Operand ids) {
    var axis = op.axis().axis();
    var common = ids.type().axes().stream().filter(op.axes()::contains).toList();
    var chosen = ids.type().without(common).axes();
    var row = row(y.type(), axis, ids.type());
    var made =
        call(
            "scatter_rows",
            Layout.permute(y.expression(), y.type().axes(), join(common, chosen, row)).text(),
            Layout.permute(ids.expression(), ids.type().axes(), join(common, chosen)).text(),
            Long.toString(op.axis().size()),
            Integer.toString(common.size()));
    return Layout.permute(made, join(common, List.of(axis), row), op.axes());
  }

  /** The axes that are neither counted along nor the ids'. */
  private static List<String> row(TensorType type, String axis, TensorType ids) {
    return type.axes().stream().filter(a -> !a.equals(axis) && !ids.bears(a)).toList();
  }

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    var all = new ArrayList<String>();
    for (var part : parts) {
      all.addAll(part);
    }
    return all;
  }

  private Expression call(String function, String... arguments) {
    return Expression.call(vocabulary.function(function), arguments);
  }
}
