package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.TensorType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold of the operands of arithmetic, and how to say what does not. */
final class TermChecks {
  private TermChecks() {}

  static void requireFloats(Term term) {
    leaves(term)
        .filter(leaf -> !leaf.value().type().dtype().isFloat())
        .findFirst()
        .ifPresent(
            leaf -> {
              throw new Refusal(
                  CheckCode.ELEMENT_TYPE,
                  leaf.span(),
                  "`%s` is %s: integers take no part in arithmetic"
                      .formatted(leaf.span().text(), leaf.value().type()));
            });
  }

  /** Element-wise, one operand bears all axes, or the annotation does. */
  static void requireContained(Term term, List<Operand> operands, Wanted wanted) {
    var all = new LinkedHashSet<String>();
    operands.forEach(o -> all.addAll(o.value().type().axes()));
    boolean contained =
        operands.stream().anyMatch(o -> o.value().type().axes().containsAll(all))
            || (wanted instanceof Wanted.Axes(var axes) && axes.containsAll(all));
    if (!contained) {
      throw new Refusal(disagree(term, operands));
    }
  }

  private static Diagnostic disagree(Term term, List<Operand> operands) {
    var types = operands.stream().map(o -> axes(o.value().type())).toList();
    var diagnostic =
        Diagnostic.of(
            CheckCode.AXES_DISAGREE,
            term.span(),
            "no operand bears all axes: " + String.join(" and ", types));
    for (var operand : operands) {
      diagnostic = diagnostic.note(operand.span(), "bears " + axes(operand.value().type()));
    }
    return diagnostic;
  }

  /** A kept axis that the annotation does not bear, shown where it comes from. */
  static Diagnostic extraAxis(Term term, String axis, Set<String> wanted) {
    var culprit = bearer(term, axis);
    var span = culprit.map(Term.Leaf::span).orElse(term.span());
    return Diagnostic.of(
        CheckCode.EXTRA_AXIS,
        span,
        "`%s` bears `%s`, which the result %s does not".formatted(span.text(), axis, list(wanted)));
  }

  /** The first tensor with an axis that no product around it sums. */
  private static Optional<Term.Leaf> bearer(Term term, String axis) {
    return switch (term) {
      case Term.Leaf leaf -> leaf.value().type().bears(axis) ? Optional.of(leaf) : Optional.empty();
      case Term.Constant constant -> Optional.empty();
      case Term.Linear linear -> bearer(linear.inner(), axis);
      case Term.Apply apply -> bearer(apply.inner(), axis);
      case Term.Pairwise pair -> bearer(pair.left(), axis).or(() -> bearer(pair.right(), axis));
      case Term.Product product when product.sums() -> Optional.empty();
      case Term.Product product ->
          Stream.concat(product.factors().stream(), product.divisors().stream())
              .flatMap(t -> bearer(t, axis).stream())
              .findFirst();
    };
  }

  static Stream<Term.Leaf> leaves(Term term) {
    return switch (term) {
      case Term.Leaf leaf -> Stream.of(leaf);
      case Term.Constant constant -> Stream.of();
      case Term.Linear linear -> leaves(linear.inner());
      case Term.Apply apply -> leaves(apply.inner());
      case Term.Pairwise pair -> Stream.concat(leaves(pair.left()), leaves(pair.right()));
      case Term.Product product ->
          Stream.concat(product.factors().stream(), product.divisors().stream())
              .flatMap(TermChecks::leaves);
    };
  }

  static String axes(TensorType type) {
    return list(type.axes());
  }

  static String list(Collection<String> axes) {
    return axes.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
