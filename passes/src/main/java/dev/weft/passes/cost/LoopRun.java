package dev.weft.passes.cost;

import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the iterations of a repeat until one begins as an earlier one began: from there on they
 * do the same again.
 */
final class LoopRun {
  private final Code body;
  private final List<Term> terms;
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
    this.body = line.inner().orElseThrow();
    this.terms = terms;
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
    long i = 0;
    while (i < iterations) {
      var arguments = new ArrayList<>(carried);
      arguments.addAll(others);
      var instance = Pattern.of(body, arguments, terms);
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
    return carried;
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
