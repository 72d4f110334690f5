package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a product two factors at a time, from the left. An axis is summed as soon as neither a
 * later factor nor the result bears it; where nothing is summed the step is element-wise.
 *
 * <p>A divisor divides the product where the result bears its axes, and else the last factor that
 * does.
 */
final class ProductFold {
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
      if (divides(divisor, factors)) {
        last.add(divisor);
      } else {
        divideFactor(left, divisor);
      }
    }
    return divided(left, last);
  }

  /** Whether a divisor can wait for the sum. */
  private boolean divides(Operand divisor, List<Operand> factors) {
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
      return multiplied(factors);
    }
    var dividend = factors.getFirst();
    if (factors.size() > 1) {
      dividend = partial(factors.getFirst(), factors, factors.size());
    }
    for (var divisor : divisors.subList(0, divisors.size() - 1)) {
      dividend = emitter.step(Binary.DIV, dividend, divisor);
    }
    return emitter.last(Binary.DIV, dividend, divisors.getLast());
  }

  private Value multiplied(List<Operand> factors) {
    int last = factors.size() - 1;
    var before = partial(factors.getFirst(), factors, last);
    var step = step(before, factors.get(last), List.of());
    return step.isEmpty()
        ? emitter.last(Binary.MUL, before, factors.get(last))
        : emitter.last(new Contract(step.get()), before, factors.get(last));
  }

  /** The product of the factors before an index. */
  private Operand partial(Operand first, List<Operand> factors, int end) {
    var product = first;
    for (int i = 1; i < end; i++) {
      var step = step(product, factors.get(i), factors.subList(i + 1, factors.size()));
      product =
          step.isEmpty()
              ? emitter.step(Binary.MUL, product, factors.get(i))
              : emitter.step(new Contract(step.get()), product, factors.get(i));
    }
    return product;
  }

  /**
   * The axes of a step that sums, in the order of the annotation; empty where nothing is summed.
   */
  private Optional<List<String>> step(Operand a, Operand b, List<Operand> later) {
    var all = TermAxes.union(a.value().type().axes(), b.value().type().axes());
    return switch (wanted) {
      case Wanted.Everything everything -> Optional.empty();
      case Wanted.Axes(var axes) -> {
        var needed = needed(axes, later);
        var kept = needed.stream().filter(all::contains).toList();
        yield kept.size() == all.size() ? Optional.empty() : Optional.of(kept);
      }
    };
  }

  private static Set<String> needed(Set<String> wanted, List<Operand> later) {
    var needed = new LinkedHashSet<>(wanted);
    later.forEach(o -> needed.addAll(o.value().type().axes()));
    return needed;
  }
}
