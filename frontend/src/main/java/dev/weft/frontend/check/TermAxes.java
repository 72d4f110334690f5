package dev.weft.frontend.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which axes a term bears, and which of them it keeps when those around want certain axes.
 *
 * <p>A product sums over each axis of its factors that nobody wants. An inner product is wanted by
 * the annotation and by the factors beside it. Two inner products side by side want nothing of each
 * other where each of them multiplies along the axis, as in {@code (n * a) * (n * b) * core}: there
 * each sums for itself.
 */
final class TermAxes {
  /** What {@link #kept} answered: sums and products nest, and each level asks more than once. */
  private final Map<Term, Map<Set<String>, Set<String>>> answers = new IdentityHashMap<>();

  /** Every axis of every tensor in a term, in order of occurrence. */
  static Set<String> all(Term term) {
    var axes = new LinkedHashSet<String>();
    switch (term) {
      case Term.Leaf leaf -> axes.addAll(leaf.value().type().axes());
      case Term.Constant constant -> {}
      case Term.Linear linear -> axes.addAll(all(linear.inner()));
      case Term.Apply apply -> axes.addAll(all(apply.inner()));
      case Term.Pairwise pair -> {
        axes.addAll(all(pair.left()));
        axes.addAll(all(pair.right()));
      }
      case Term.Product product -> {
        product.factors().forEach(f -> axes.addAll(all(f)));
        product.divisors().forEach(d -> axes.addAll(all(d)));
      }
    }
    return axes;
  }

  /** The axes that remain of a term when the given ones are wanted. */
  Set<String> kept(Term term, Set<String> wanted) {
    var relevant = new LinkedHashSet<>(all(term));
    relevant.retainAll(wanted);
    var known = answers.computeIfAbsent(term, t -> new HashMap<>());
    var answer = known.get(relevant);
    if (answer == null) {
      answer = find(term, relevant);
      known.put(relevant, answer);
    }
    return answer;
  }

  private Set<String> find(Term term, Set<String> wanted) {
    return switch (term) {
      case Term.Leaf leaf -> all(leaf);
      case Term.Constant constant -> Set.of();
      case Term.Linear linear -> kept(linear.inner(), wanted);
      case Term.Apply apply -> kept(apply.inner(), wanted);
      case Term.Pairwise pair -> sides(pair.left(), pair.right(), wanted);
      case Term.Product product -> product(product, wanted);
    };
  }

  private Set<String> sides(Term left, Term right, Set<String> wanted) {
    var beside = besidePair(left, right, wanted);
    return union(kept(left, beside), kept(right, beside));
  }

  /** What the two sides of a sum are wanted to keep: an axis of one is an axis of the other. */
  Set<String> besidePair(Term left, Term right, Set<String> wanted) {
    Set<String> before;
    Set<String> now = new LinkedHashSet<>(wanted);
    do {
      before = now;
      now = union(before, union(kept(left, before), kept(right, before)));
    } while (!now.equals(before));
    return now;
  }

  private Set<String> product(Term.Product product, Set<String> wanted) {
    var around = around(product, wanted);
    var kept = new LinkedHashSet<String>();
    for (int i = 0; i < product.factors().size(); i++) {
      kept.addAll(kept(product.factors().get(i), around.get(i)));
    }
    product.divisors().forEach(d -> kept.addAll(kept(d, wanted)));
    if (product.sums()) {
      kept.retainAll(wanted);
    }
    return kept;
  }

  /** For each factor of a product, the axes that it is wanted to keep. */
  List<Set<String>> around(Term.Product product, Set<String> wanted) {
    var factors = product.factors();
    var shown = new ArrayList<Set<String>>();
    factors.forEach(f -> shown.add(difference(all(f), multiplied(f))));
    boolean changed;
    do {
      changed = false;
      for (int i = 0; i < factors.size(); i++) {
        changed |= shown.get(i).addAll(kept(factors.get(i), beside(shown, i, wanted)));
      }
    } while (changed);
    var around = new ArrayList<Set<String>>();
    for (int i = 0; i < factors.size(); i++) {
      around.add(beside(shown, i, wanted));
    }
    return around;
  }

  private static Set<String> beside(List<Set<String>> shown, int index, Set<String> wanted) {
    var beside = new LinkedHashSet<>(wanted);
    for (int j = 0; j < shown.size(); j++) {
      if (j != index) {
        beside.addAll(shown.get(j));
      }
    }
    return beside;
  }

  /** The axes along which some product in a term multiplies: two or more of its factors bear them. */
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

  private static Set<String> difference(Set<String> a, Set<String> b) {
    var difference = new LinkedHashSet<>(a);
    difference.removeAll(b);
    return difference;
  }
}
