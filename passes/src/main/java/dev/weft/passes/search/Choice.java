package dev.weft.passes.search;

import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.PipelineKnobs;
import dev.weft.ir.plan.Prefetch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One combination of knobs. Their order breaks ties: of two that take equally long the simpler one
 * is better, the one with the shorter pipeline first.
 *
 * @param order empty without a pipeline
 */
record Choice(Layout layout, Saving saving, Optional<Order> order) implements Comparable<Choice> {
  private static final Comparator<Choice> ORDER =
      Comparator.comparing(Choice::layout)
          .thenComparing(Choice::saving)
          .thenComparing(c -> c.order.stream().toList(), Choice::compareOrders);

  @Override
  public int compareTo(Choice other) {
    return ORDER.compare(this, other);
  }

  private static int compareOrders(List<Order> one, List<Order> other) {
    return one.isEmpty() || other.isEmpty()
        ? Integer.compare(one.size(), other.size())
        : one.getFirst().compareTo(other.getFirst());
  }

  Knobs knobs() {
    return new Knobs(
        layout.dp(),
        layout.tp(),
        layout.sp(),
        layout.microBatches(),
        saving.zero(),
        OptionalInt.empty(),
        layout.experts(),
        order.map(o -> o.knobs(layout.pp())).orElse(PipelineKnobs.NONE),
        saving.remat(),
        saving.offload(),
        new CachePlan.None(),
        Prefetch.ON);
  }
}
