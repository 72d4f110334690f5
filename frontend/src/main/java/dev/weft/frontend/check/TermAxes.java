package dev.weft.frontend.check;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which axes a term bears, which remain of it under an annotation, and over which it sums. */
final class TermAxes {
  private TermAxes() {}

  /** Every axis of every tensor in a term, in order of occurrence. */
  static Set<String> all(Term term) {
    var axes = new LinkedHashSet<String>();
    TermChecks.leaves(term).forEach(leaf -> axes.addAll(leaf.value().type().axes()));
    return axes;
  }

  /** The axes that remain when products keep the wanted ones alone. */
  static Set<String> kept(Term term, Set<String> wanted) {
    return switch (term) {
      case Term.Leaf leaf -> all(leaf);
      case Term.Constant constant -> Set.of();
      case Term.Linear linear -> kept(linear.inner(), wanted);
      case Term.Apply apply -> kept(apply.inner(), wanted);
      case Term.Pairwise pair -> union(kept(pair.left(), wanted), kept(pair.right(), wanted));
      case Term.Product product -> kept(product, wanted);
    };
  }

  private static Set<String> kept(Term.Product product, Set<String> wanted) {
    var kept = new LinkedHashSet<String>();
    product.factors().forEach(f -> kept.addAll(kept(f, wanted)));
    product.divisors().forEach(d -> kept.addAll(kept(d, wanted)));
    if (product.sums()) {
      kept.retainAll(wanted);
    }
    return kept;
  }

  /**
   * What a term shows to those beside it: the axes that remain of it, and those that it has in one
   * place only, though it sums over them.
   */
  static Set<String> shown(Term term, Set<String> wanted) {
    var shown = new LinkedHashSet<>(all(term));
    shown.removeAll(multiplied(term));
    shown.addAll(kept(term, wanted));
    return shown;
  }

  /** The axes over which the products in a term sum. */
  static Set<String> summed(Term term, Set<String> wanted) {
    return switch (term) {
      case Term.Leaf leaf -> Set.of();
      case Term.Constant constant -> Set.of();
      case Term.Linear linear -> summed(linear.inner(), wanted);
      case Term.Apply apply -> summed(apply.inner(), wanted);
      case Term.Pairwise pair -> union(summed(pair.left(), wanted), summed(pair.right(), wanted));
      case Term.Product product -> summed(product, wanted);
    };
  }

  private static Set<String> summed(Term.Product product, Set<String> wanted) {
    var summed = new LinkedHashSet<String>();
    for (var factor : product.factors()) {
      summed.addAll(summed(factor, wanted));
      if (product.sums()) {
        summed.addAll(kept(factor, wanted));
      }
    }
    product.divisors().forEach(d -> summed.addAll(summed(d, wanted)));
    summed.removeAll(wanted);
    return summed;
  }

  /**
   * The axes along which some product in a term multiplies: two or more of its factors bear them.
   */
  private static Set<String> multiplied(Term term) {
    return switch (term) {
      case Term.Leaf leaf -> Set.of();
      case Term.Constant constant -> Set.of();
      case Term.Linear linear -> multiplied(linear.inner());
      case Term.Apply apply -> multiplied(apply.inner());
      case Term.Pairwise pair -> union(multiplied(pair.left()), multiplied(pair.right()));
      case Term.Product product -> multiplied(product);
    };
  }

  private static Set<String> multiplied(Term.Product product) {
    var once = new LinkedHashSet<String>();
    var found = new LinkedHashSet<String>();
    for (var factor : product.factors()) {
      all(factor).stream().filter(axis -> !once.add(axis)).forEach(found::add);
      found.addAll(multiplied(factor));
    }
    return found;
  }

  static Set<String> union(Collection<String> a, Collection<String> b) {
    var union = new LinkedHashSet<>(a);
    union.addAll(b);
    return union;
  }
}
