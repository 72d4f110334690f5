package dev.weft.frontend.check;

import dev.weft.ir.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Refuses inner products that could be read in two ways. Under {@code [i, k]} the inner product of
 * {@code x[i, j] * (g[j] * w[j, k])} sums over {@code j} by the letter, while the factor beside it
 * suggests that it should not.
 *
 * @param wanted the axes of the annotation
 */
record NestedProducts(Set<String> wanted) {

  /** Looks at every product in a term, and at the sums that are factors of one. */
  void require(Term term) {
    switch (term) {
      case Term.Leaf leaf -> {}
      case Term.Constant constant -> {}
      case Term.Linear linear -> require(linear.inner());
      case Term.Apply apply -> require(apply.inner());
      case Term.Pairwise pair -> {
        require(pair.left());
        require(pair.right());
      }
      case Term.Product product -> {
        var parts = new ArrayList<>(product.factors());
        parts.addAll(product.divisors());
        requireApart(parts);
      }
    }
  }

  /**
   * As {@link #require}, in a factor: there one side of a sum may bear what the other sums over.
   */
  private void requireInside(Term term) {
    switch (term) {
      case Term.Leaf leaf -> {}
      case Term.Constant constant -> {}
      case Term.Linear linear -> requireInside(linear.inner());
      case Term.Apply apply -> requireInside(apply.inner());
      case Term.Pairwise pair -> requireApart(List.of(pair.left(), pair.right()));
      case Term.Product product -> require(product);
    }
  }

  private void requireApart(List<Term> parts) {
    for (var part : parts) {
      requireInside(part);
      var summed = TermAxes.summed(part, wanted);
      for (var other : summed.isEmpty() ? List.<Term>of() : parts) {
        if (other != part) {
          requireHidden(summed, part, other);
        }
      }
    }
  }

  /** What one part sums over, another must not show. */
  private void requireHidden(Set<String> summed, Term part, Term other) {
    for (var axis : TermAxes.shown(other, wanted)) {
      if (summed.contains(axis)) {
        throw new Refusal(ambiguous(part, other, axis));
      }
    }
  }

  private static Diagnostic ambiguous(Term part, Term other, String axis) {
    return Diagnostic.of(
            CheckCode.NESTED_PRODUCT,
            part.span(),
            "the inner product would sum over `%s` before what is beside it".formatted(axis))
        .note(other.span(), "this bears `" + axis + "` as well");
  }
}
