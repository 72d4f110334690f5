package dev.weft.passes.network;

import static dev.weft.passes.network.CollectiveKind.ALL_GATHER;
import static dev.weft.passes.network.CollectiveKind.ALL_REDUCE;
import static dev.weft.passes.network.CollectiveKind.REDUCE_SCATTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.SpecKind;
import dev.weft.passes.cluster.Specs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every shipped link and cluster, whatever its constants are. */
class ShippedLinksTest {
  private static final long LARGEST = 16L << 30;

  static List<String> links() {
    return Specs.names(SpecKind.LINK);
  }

  static List<String> clusters() {
    return Clusters.names();
  }

  @ParameterizedTest
  @MethodSource("links")
  void nothingIsFasterThanTheWire(String name) {
    LinkSpec link = Specs.named(LinkSpec.class, name).orThrow();
    Network network = new Network(List.of(link));
    for (int size = 2; size <= Math.min(link.devices(), 64); size++) {
      Group group = new Group(size, 1, size);
      double sent = LARGEST * (size - 1.0) / size;
      double least = sent / link.bandwidth();
      for (CollectiveKind kind : CollectiveKind.values()) {
        assertThat(network.seconds(kind, LARGEST, group))
            .as("%s of %d", kind, size)
            .isGreaterThan(least);
      }
      assertThat(network.transfer(LARGEST, group)).isGreaterThan(LARGEST / link.bandwidth());
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void moreBytesTakeLonger(String name) {
    Network network = network(name);
    for (Group group : groups()) {
      for (CollectiveKind kind : CollectiveKind.values()) {
        for (long bytes = 256; bytes < LARGEST; bytes *= 16) {
          assertThat(network.seconds(kind, bytes, group))
              .as("%s of %s", kind, group)
              .isLessThan(network.seconds(kind, bytes + bytes / 8, group));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void anAllReduceIsNoSlowerThanItsTwoHalves(String name) {
    Network network = network(name);
    for (Group group : groups()) {
      for (long bytes = 256; bytes < LARGEST; bytes *= 16) {
        double halves =
            network.seconds(REDUCE_SCATTER, bytes, group)
                + network.seconds(ALL_GATHER, bytes, group);
        assertThat(network.seconds(ALL_REDUCE, bytes, group))
            .as("%d bytes in %s", bytes, group)
            .isLessThanOrEqualTo(halves * (1 + 1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void moreMembersOfTheSameDistanceTakeNoLessTime(String name) {
    Network network = network(name);
    for (int stride : new int[] {1, 8, 64}) {
      double before = 0;
      for (int size = 8; size <= 512; size *= 2) {
        double now = network.seconds(ALL_GATHER, 1 << 20, new Group(size, stride, 32_768));
        assertThat(now).as("%d members, %d apart", size, stride).isGreaterThan(before);
        before = now;
      }
    }
  }

  private static List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (int size : new int[] {2, 3, 8, 16, 64, 512}) {
      for (int stride : new int[] {1, 2, 5, 8, 64}) groups.add(new Group(size, stride, 32_768));
    }
    return groups;
  }

  private static Network network(String name) {
    Cluster cluster = Clusters.named(name).orThrow();
    return new Network(cluster.links(cluster.nodeOf(0)));
  }
}
