package dev.weft.passes.search;

import dev.weft.ir.plan.PipelineKnobs;
import dev.weft.ir.plan.PlaceKnobs;
import dev.weft.ir.plan.ScheduleChoice;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.passes.schedule.StageShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The order of work along a pipeline.
 *
 * @param chunks stages of each place
 */
record Order(ScheduleKind kind, int chunks) implements Comparable<Order> {
  private static final Comparator<Order> ORDER =
      Comparator.comparingInt(Order::chunks).thenComparing(o -> rank(o.kind()));

  /** The usual one first. */
  private static int rank(ScheduleKind kind) {
    return kind == ScheduleKind.ONE_F_ONE_B ? -1 : kind.ordinal();
  }

  @Override
  public int compareTo(Order other) {
    return ORDER.compare(this, other);
  }

  /** All that leave each stage a layer at least. */
  static List<Order> all(int pp, int layers) {
    var all = new ArrayList<Order>();
    for (var kind : ScheduleKind.values()) {
      var legal = StageShape.of(kind).chunks();
      int least = legal.orElse(1);
      int greatest = Math.min(legal.orElse(layers), layers / pp);
      for (int chunks = least; chunks <= greatest; chunks++) {
        all.add(new Order(kind, chunks));
      }
    }
    all.sort(Comparator.naturalOrder());
    return all;
  }

  PipelineKnobs knobs(int pp) {
    return new PipelineKnobs(
        pp,
        OptionalInt.of(chunks),
        Optional.of(new ScheduleChoice.Given(new SchedulePlan.Named(kind))),
        PlaceKnobs.ALIKE);
  }
}
