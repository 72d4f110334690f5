package dev.weft.passes.search;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.RematPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How memory is saved.
 *
 * @param remat what the backward computes again
 * @param zero the level of optimizer sharding
 * @param offload what lies on the host
 */
record Saving(RematPlan remat, int zero, Set<Offload> offload) implements Comparable<Saving> {
  static final List<RematPlan> REMATS =
      List.of(new RematPlan.None(), new RematPlan.Selective(), new RematPlan.Full());

  private static final Comparator<Saving> ORDER =
      Comparator.<Saving>comparingInt(s -> s.offload.size())
          .thenComparingInt(s -> REMATS.indexOf(s.remat))
          .thenComparingInt(Saving::zero)
          .thenComparing(s -> EnumSet.copyOf(s.offload).toString());

  Saving {
    offload = offload.isEmpty() ? EnumSet.noneOf(Offload.class) : EnumSet.copyOf(offload);
  }

  @Override
  public int compareTo(Saving other) {
    return ORDER.compare(this, other);
  }

  /** All of one policy of remat; levels of sharding change nothing for one replica. */
  static List<Saving> all(RematPlan remat, int dp) {
    var all = new ArrayList<Saving>();
    int greatest = dp == 1 ? 0 : OptimizerSharding.GREATEST_LEVEL;
    for (int zero = 0; zero <= greatest; zero++) {
      for (var offload : offloads()) {
        all.add(new Saving(remat, zero, offload));
      }
    }
    return all;
  }

  private static List<Set<Offload>> offloads() {
    var kinds = Offload.values();
    var sets = new ArrayList<Set<Offload>>();
    for (int bits = 0; bits < 1 << kinds.length; bits++) {
      var set = EnumSet.noneOf(Offload.class);
      for (var kind : kinds) {
        if ((bits >> kind.ordinal() & 1) == 1) {
          set.add(kind);
        }
      }
      sets.add(set);
    }
    return sets;
  }
}
