package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.Clusters;
import org.junit.jupiter.api.Test;

/** What jobs measured of their network, as the links of a cluster. */
class MeasuredLinksTest {
  private static final Cluster CLUSTER = Clusters.named("aws-p5").orThrow();

  private static Cluster measured(String all, String node) {
    var notes =
        "measured busbw GB/s over all ranks AR/AG/RS=%s, intra-node %s".formatted(all, node);
    return MeasuredLinks.of(notes).orElseThrow().applied(CLUSTER, 64);
  }

  @Test
  void switchesThatDoNotMulticastDoNotAdd() {
    assertThat(measured("50/30/30", "425/242/241").links().getFirst().reduction()).isZero();
    assertThat(measured("50/30/30", "458/260/259").links().getFirst())
        .isEqualTo(CLUSTER.links().getFirst());
  }

  @Test
  void aBrokenLinkHasWhatWasMeasured() {
    var node = measured("40/30/30", "45/42/42").links().getFirst();
    assertThat(node.bandwidth() * node.efficiency()).isEqualTo(42e9);
  }

  @Test
  void theFabricLosesWhatTheAllReduceLost() {
    var slow = measured("25/13/13", "458/260/259").links().getLast();
    var quick = measured("100/60/60", "458/260/259").links().getLast();
    assertThat(slow.scaleLoss()).isGreaterThan(quick.scaleLoss());
    assertThat(slow.bandwidth()).isEqualTo(quick.bandwidth());
  }

  @Test
  void otherNotesSayNothing() {
    assertThat(MeasuredLinks.of("mem_reserved_GB=50")).isEmpty();
  }
}
