package dev.weft.passes.cost;

import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the iterations of a repeat until one begins as an earlier one began: from there on they
 * do the same again. What runs ahead of the next iteration comes before the rest of this one.
 */
final class LoopRun {
  private final Optional<Code> early;
  private final Code rest;
  private final List<Term> terms;

  /** Of what runs ahead. */
  private final List<Term> arriving;

  private final List<Spot> others = new ArrayList<>();
  private final long iterations;
  private final int carriedCount;
  private final Ledger ledger;
  private final Effects effects;
  private List<Spot> carried;

  /**
   * A loop whose stacked results are counted and whose consumed operands are dropped.
   *
   * @param terms of the arguments of an iteration
   * @param operands of the repeat
   */
  LoopRun(Code.Line line, List<Term> terms, List<Spot> operands, Ledger ledger, Effects effects) {
    var repeat = (Repeat) line.node().op();
    this.early = line.early();
    this.rest = line.inner().orElseThrow();
    this.terms = terms;
    this.arriving =
        early.stream().flatMap(c -> Arrays.stream(c.yields()).mapToObj(c::term)).toList();
    this.iterations = repeat.axis().size();
    this.carriedCount = repeat.carried();
    this.ledger = ledger;
    this.effects = effects;
    this.carried = operands.subList(0, carriedCount);
    for (int i = carriedCount; i < operands.size(); i++) {
      boolean whole = i < carriedCount + repeat.invariant() || iterations == 1;
      others.add(whole ? operands.get(i) : operands.get(i).slice());
    }
  }

  /**
   * How an iteration begins.
   *
   * @param shared the buffers that others hold; those that are the iteration's alone are as good as
   *     any
   */
  private record Start(Pattern pattern, List<Buffer> shared) {}

  /** Where the last carried values lie. */
  List<Spot> run() {
    Map<Start, Long> starts = new HashMap<>();
    var coming = ahead(0);
    long i = 0;
    while (i < iterations) {
      var arrived = coming;
      coming = ahead(i + 1);
      release(arrived, arriving);
      var instance = rest(arrived);
      Long before = starts.put(start(instance), i);
      if (before != null) {
        i += (iterations - i) / (i - before) * (i - before);
        starts.clear();
        if (i == iterations) {
          break;
        }
      }
      iterate(instance);
      i++;
    }
    release(coming, arriving);
    return carried;
  }

  /** What has run ahead for an iteration, held until the rest of it takes it. */
  private List<Spot> ahead(long iteration) {
    if (early.isEmpty() || iteration >= iterations) {
      return List.of();
    }
    // What is carried waits meanwhile.
    hold(carried, terms);
    var instance = Pattern.of(early.get(), others, terms.subList(carriedCount, terms.size()));
    var effect = effects.of(instance.pattern());
    ledger.during(effect, instance.buffers());
    var brought = effect.results(instance.buffers());
    hold(brought, arriving);
    release(carried, terms);
    return brought;
  }

  private void hold(List<Spot> spots, List<Term> terms) {
    for (int i = 0; i < spots.size(); i++) {
      ledger.hold(spots.get(i).buffer(), terms.get(i));
    }
  }

  private void release(List<Spot> spots, List<Term> terms) {
    for (int i = 0; i < spots.size(); i++) {
      ledger.release(spots.get(i).buffer(), terms.get(i));
    }
  }

  private Pattern.Instance rest(List<Spot> arrived) {
    var arguments = new ArrayList<>(carried);
    arguments.addAll(others);
    arguments.addAll(arrived);
    var all = new ArrayList<>(terms);
    all.addAll(arriving);
    return Pattern.of(rest, arguments, all);
  }

  private void iterate(Pattern.Instance instance) {
    var effect = effects.of(instance.pattern());
    ledger.during(effect, instance.buffers());
    carried = effect.results(instance.buffers()).subList(0, carriedCount);
  }

  private static Start start(Pattern.Instance instance) {
    var shared = instance.buffers().stream().filter(b -> b.terms() != 0).toList();
    return new Start(instance.pattern(), shared);
  }
}
