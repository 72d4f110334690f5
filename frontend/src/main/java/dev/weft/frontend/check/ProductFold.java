package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a product two factors at a time, those first whose product is smallest. An axis is summed
 * as soon as neither another factor nor the result bears it; where nothing is summed the step is
 * element-wise.
 *
 * <p>A divisor divides the product where the result bears its axes, and else the last factor that
 * does.
 */
final class ProductFold {
  /** A pair is looked for among the first so many factors. */
  private static final int WINDOW = 8;

  /** Two places in the list of factors, the first before the second. */
  private record Pair(int first, int second) {
    List<Operand> others(List<Operand> factors) {
      var others = new ArrayList<>(factors);
      others.remove(second);
      others.remove(first);
      return others;
    }
  }

  private final Term.Product product;
  private final Wanted wanted;
  private final Emitter emitter;

  ProductFold(Term.Product product, Wanted wanted, Emitter emitter) {
    this.product = product;
    this.wanted = wanted;
    this.emitter = emitter;
  }

  Value fold(List<Operand> factors, List<Operand> divisors) {
    if (!product.sums() || wanted instanceof Wanted.Everything) {
      var all = new ArrayList<>(factors);
      all.addAll(divisors);
      TermChecks.requireContained(product, all, wanted);
    }
    var left = new ArrayList<>(factors);
    var last = new ArrayList<Operand>();
    for (var divisor : divisors) {
      if (divides(divisor)) {
        last.add(divisor);
      } else {
        divideFactor(left, divisor);
      }
    }
    return divided(left, last);
  }

  /** Whether a divisor can wait for the sum. */
  private boolean divides(Operand divisor) {
    return !product.sums()
        || switch (wanted) {
          case Wanted.Everything all -> true;
          case Wanted.Axes(var axes) -> axes.containsAll(divisor.value().type().axes());
        };
  }

  private void divideFactor(List<Operand> factors, Operand divisor) {
    for (int i = factors.size() - 1; i >= 0; i--) {
      var axes = factors.get(i).value().type().axes();
      if (axes.containsAll(divisor.value().type().axes())) {
        factors.set(i, emitter.step(Binary.DIV, factors.get(i), divisor));
        return;
      }
    }
    throw new Refusal(
        CheckCode.DIVISOR_AXES,
        divisor.span(),
        "neither the result nor one factor bears all of "
            + TermChecks.axes(divisor.value().type()));
  }

  private Value divided(List<Operand> factors, List<Operand> divisors) {
    if (divisors.isEmpty()) {
      return multiplied(paired(factors, 2));
    }
    var dividend = paired(factors, 1).getFirst();
    for (var divisor : divisors.subList(0, divisors.size() - 1)) {
      dividend = emitter.step(Binary.DIV, dividend, divisor);
    }
    return emitter.last(Binary.DIV, dividend, divisors.getLast());
  }

  private Value multiplied(List<Operand> two) {
    var a = two.getFirst();
    var b = two.getLast();
    return emitter.last(op(a, b, List.of()), a, b);
  }

  /** The factors, the pair with the smallest product made one until so many are left. */
  private List<Operand> paired(List<Operand> factors, int left) {
    var paired = new ArrayList<>(factors);
    while (paired.size() > left) {
      var pair = smallest(paired);
      var a = paired.get(pair.first());
      var b = paired.get(pair.second());
      paired.set(pair.first(), emitter.step(op(a, b, pair.others(paired)), a, b));
      paired.remove(pair.second());
    }
    return paired;
  }

  private Pair smallest(List<Operand> factors) {
    var best = new Pair(0, 1);
    double least = elements(best, factors);
    int window = Math.min(WINDOW, factors.size());
    for (int i = 0; i < window; i++) {
      for (int j = i + 1; j < window; j++) {
        var pair = new Pair(i, j);
        double elements = elements(pair, factors);
        if (elements < least) {
          best = pair;
          least = elements;
        }
      }
    }
    return best;
  }

  /** The number of elements of a pair's product. */
  private double elements(Pair pair, List<Operand> factors) {
    var a = factors.get(pair.first());
    var b = factors.get(pair.second());
    var axes = step(a, b, pair.others(factors)).orElseGet(() -> List.copyOf(union(a, b)));
    double elements = 1;
    for (var axis : axes) {
      var bearer = a.value().type().bears(axis) ? a : b;
      elements *= bearer.value().type().dim(axis).size();
    }
    return elements;
  }

  private Op op(Operand a, Operand b, List<Operand> others) {
    return step(a, b, others).<Op>map(Contract::new).orElse(Binary.MUL);
  }

  private static Set<String> union(Operand a, Operand b) {
    return TermAxes.union(a.value().type().axes(), b.value().type().axes());
  }

  /**
   * The axes of a step that sums, in the order of the annotation; empty where nothing is summed.
   */
  private Optional<List<String>> step(Operand a, Operand b, List<Operand> others) {
    var all = union(a, b);
    return switch (wanted) {
      case Wanted.Everything everything -> Optional.empty();
      case Wanted.Axes(var axes) -> {
        var kept = needed(axes, others).stream().filter(all::contains).toList();
        yield kept.size() == all.size() ? Optional.empty() : Optional.of(kept);
      }
    };
  }

  private static Set<String> needed(Set<String> wanted, List<Operand> others) {
    var needed = new LinkedHashSet<>(wanted);
    others.forEach(o -> needed.addAll(o.value().type().axes()));
    return needed;
  }
}
