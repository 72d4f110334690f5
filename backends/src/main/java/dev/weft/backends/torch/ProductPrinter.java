package dev.weft.backends.torch;

import dev.weft.ir.op.Contract;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Contractions: a matrix product where it is one, else an einsum with one letter for each axis. */
record ProductPrinter(Vocabulary vocabulary) {
  Expression contract(Contract op, List<Operand> operands) {
    if (operands.size() == 1) {
      return alone(op, operands.getFirst());
    }
    var a = operands.get(0);
    var b = operands.get(1);
    return elementwise(op, a, b)
        .or(() -> matrix(op, a, b))
        .or(() -> matrix(op, b, a))
        .orElseGet(() -> einsum(op, operands));
  }

  private static Expression alone(Contract op, Operand x) {
    var lost = x.type().axes().stream().filter(a -> !op.axes().contains(a)).toList();
    var rest = x.type().without(lost);
    var sum =
        lost.isEmpty()
            ? x.expression()
            : x.expression().method("sum(" + Layout.positions(x.type(), lost) + ")");
    return Layout.permute(sum, rest.axes(), op.axes());
  }

  private static Optional<Expression> elementwise(Contract op, Operand a, Operand b) {
    boolean sumsNothing =
        op.axes().containsAll(a.type().axes()) && op.axes().containsAll(b.type().axes());
    return sumsNothing
        ? Optional.of(
            Expression.infix(
                Layout.align(a.expression(), a.type(), op.axes()),
                "*",
                Expression.PRODUCT,
                Layout.align(b.expression(), b.type(), op.axes())))
        : Optional.empty();
  }

  /** {@code x @ w} or {@code x @ w.T}, where w is a matrix and the last axis of x is summed. */
  private static Optional<Expression> matrix(Contract op, Operand x, Operand w) {
    if (w.type().rank() != 2 || x.type().rank() < 2) {
      return Optional.empty();
    }
    var kept = new ArrayList<>(x.type().axes());
    var summed = kept.removeLast();
    int at = w.type().indexOf(summed);
    if (at < 0) {
      return Optional.empty();
    }
    kept.add(w.type().axes().get(1 - at));
    if (!kept.equals(op.axes())) {
      return Optional.empty();
    }
    var right = at == 0 ? w.expression() : w.expression().method("T");
    return Optional.of(Expression.infix(x.expression(), "@", Expression.PRODUCT, right));
  }

  private static Expression einsum(Contract op, List<Operand> operands) {
    var letters = letters(operands.stream().map(Operand::type).toList());
    var words = operands.stream().map(x -> spell(x.type().axes(), letters));
    var formula = words.collect(Collectors.joining(",")) + "->" + spell(op.axes(), letters);
    return Expression.call(
        "einsum",
        "\"" + formula + "\"",
        operands.get(0).expression().text(),
        operands.get(1).expression().text());
  }

  private static String spell(List<String> axes, Map<String, Character> letters) {
    var word = new StringBuilder();
    axes.forEach(axis -> word.append(letters.get(axis)));
    return word.toString();
  }

  /** A letter of the axis's own name where one is free, else any. */
  private static Map<String, Character> letters(List<TensorType> types) {
    var letters = new LinkedHashMap<String, Character>();
    for (var type : types) {
      for (var axis : type.axes()) {
        if (!letters.containsKey(axis)) {
          letters.put(axis, free(axis + "abcdefghijklmnopqrstuvwxyz", letters));
        }
      }
    }
    return letters;
  }

  private static char free(String candidates, Map<String, Character> taken) {
    return (char)
        candidates
            .toLowerCase(java.util.Locale.ROOT)
            .chars()
            .filter(c -> c >= 'a' && c <= 'z' && !taken.containsValue((char) c))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("more than 26 axes in one product"));
  }
}
