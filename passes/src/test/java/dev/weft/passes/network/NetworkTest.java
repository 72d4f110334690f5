package dev.weft.passes.network;

import static dev.weft.passes.network.CollectiveKind.ALL_GATHER;
import static dev.weft.passes.network.CollectiveKind.ALL_REDUCE;
import static dev.weft.passes.network.CollectiveKind.ALL_TO_ALL;
import static dev.weft.passes.network.CollectiveKind.REDUCE_SCATTER;
import static dev.weft.passes.network.Links.INNER_BANDWIDTH;
import static dev.weft.passes.network.Links.OUTER_BANDWIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static final long GIB = 1L << 30;
  private static final Network NODES = Links.nodes();
  private static final Group NODE = new Group(8, 1, 64);
  private static final Group ALL = new Group(64, 1, 64);

  @ParameterizedTest
  @EnumSource(CollectiveKind.class)
  void moreBytesTakeLonger(CollectiveKind kind) {
    for (Group group : List.of(NODE, ALL, new Group(8, 8, 64), new Group(6, 3, 64))) {
      for (long bytes = 1; bytes < GIB; bytes *= 2) {
        assertThat(NODES.seconds(kind, bytes, group))
            .isLessThan(NODES.seconds(kind, 2 * bytes, group));
      }
    }
  }

  @Test
  void aCollectivePassesAllOtherMembers() {
    assertThat(NODES.steps(new Group(1, 1, 64))).isZero();
    assertThat(NODES.steps(new Group(2, 4, 64))).isEqualTo(1);
    assertThat(NODES.steps(NODE)).isEqualTo(7);
  }

  @Test
  void aStepToAnotherNodeTakesAsLongAsThree() {
    assertThat(NODES.steps(new Group(16, 1, 64))).isEqualTo(14 + 2 * 3 - 1);
    assertThat(NODES.steps(new Group(4, 8, 64))).isEqualTo(4 * 3 - 1);
    assertThat(NODES.steps(ALL)).isEqualTo(56 + 8 * 3 - 1);
  }

  /** Of eight receivers in four nodes 4 (1 - 0.75^8) = 3.6 are in different ones. */
  @Test
  void whatGoesToANodeOnceSendsLessBetweenNodes() {
    var four = new Group(32, 1, 64);
    double eachExpert = NODES.seconds(ALL_TO_ALL, GIB, four);
    double eachNode = NODES.dispatch(GIB, four, 8);
    assertThat(eachNode / eachExpert).isCloseTo(4 * (1 - Math.pow(0.75, 8)) / 8, within(0.01));
    assertThat(NODES.dispatch(GIB, four, 1)).isCloseTo(eachExpert, within(1e-9));
  }

  @Test
  void withinANodeNothingIsSaved() {
    assertThat(NODES.dispatch(GIB, NODE, 8)).isEqualTo(NODES.seconds(ALL_TO_ALL, GIB, NODE));
    assertThat(NODES.dispatch(GIB, new Group(1, 1, 64), 8)).isZero();
  }

  @Test
  void aSwitchThatAddsTakesNoSteps() {
    var adding = new Network(List.of(Links.adding(), Links.outer(LinkSpec.UNBOUNDED)));
    assertThat(adding.steps(NODE)).isZero();
    assertThat(adding.steps(ALL)).isEqualTo(NODES.steps(ALL));
  }

  @ParameterizedTest
  @EnumSource(CollectiveKind.class)
  void aGroupOfOneSendsNothing(CollectiveKind kind) {
    assertThat(NODES.seconds(kind, GIB, new Group(1, 1, 64))).isZero();
    assertThat(NODES.transfer(GIB, new Group(1, 1, 64))).isZero();
  }

  @ParameterizedTest
  @EnumSource(CollectiveKind.class)
  void aGroupInsideOfANodeNeverUsesTheOuterLevel(CollectiveKind kind) {
    Network alone = new Network(List.of(Links.inner(Topology.SWITCH)));
    for (Group group : List.of(NODE, new Group(4, 2, 64), new Group(2, 4, 64))) {
      assertThat(NODES.seconds(kind, GIB, group)).isEqualTo(alone.seconds(kind, GIB, group));
    }
  }

  @Test
  void theLargestMessagesNearTheRateOfTheLink() {
    double sent = 7.0 / 8 * 64 * GIB;
    double rate = sent / NODES.seconds(ALL_GATHER, 64 * GIB, NODE);
    assertThat(rate).isLessThan(0.8 * INNER_BANDWIDTH).isGreaterThan(0.78 * INNER_BANDWIDTH);
  }

  @Test
  void ringsThroughWholeNodesShareAllPortsOfANode() {
    double sent = 63.0 / 64 * 64 * GIB;
    double rate = sent / NODES.seconds(REDUCE_SCATTER, 64 * GIB, ALL);
    assertThat(rate).isLessThan(0.8 * INNER_BANDWIDTH).isGreaterThan(0.9 * 0.8 * INNER_BANDWIDTH);
  }

  @Test
  void aGroupWithOneMemberInEachNodeHasOnePort() {
    double sent = 7.0 / 8 * 64 * GIB;
    double rate = sent / NODES.seconds(ALL_GATHER, 64 * GIB, new Group(8, 8, 64));
    assertThat(rate).isLessThan(0.9 * OUTER_BANDWIDTH).isGreaterThan(0.88 * OUTER_BANDWIDTH);
  }

  @Test
  void anAllToAllSendsMostOfItsBytesOverOnePort() {
    double far = 56.0 / 64 * 64 * GIB;
    double rate = far / NODES.seconds(ALL_TO_ALL, 64 * GIB, ALL);
    assertThat(rate).isLessThan(0.9 * OUTER_BANDWIDTH).isGreaterThan(0.88 * OUTER_BANDWIDTH);
  }

  @Test
  void anAllReduceIsNoSlowerThanItsTwoHalves() {
    for (Group group : List.of(NODE, ALL, new Group(8, 8, 64), new Group(16, 4, 64))) {
      for (long bytes = 1 << 10; bytes <= GIB; bytes *= 4) {
        double halves =
            NODES.seconds(REDUCE_SCATTER, bytes, group) + NODES.seconds(ALL_GATHER, bytes, group);
        assertThat(NODES.seconds(ALL_REDUCE, bytes, group)).isLessThanOrEqualTo(halves);
      }
    }
  }

  @Test
  void aLongRingWaitsForEachOfItsSteps() {
    double shortRing = NODES.seconds(ALL_GATHER, GIB, new Group(16, 8, 4096));
    double longRing = NODES.seconds(ALL_GATHER, GIB, new Group(512, 8, 4096));
    double moreHops = (512 - 16) * Links.outer(LinkSpec.UNBOUNDED).latency();
    assertThat(longRing - shortRing).isGreaterThan(moreHops + 3e-3).isLessThan(moreHops + 7e-3);
  }

  @Test
  void treesKeepSmallAllReducesFastAtScale() {
    double small = NODES.seconds(ALL_REDUCE, 1 << 10, new Group(4096, 1, 4096));
    assertThat(small).isLessThan(NODES.seconds(REDUCE_SCATTER, 1 << 10, new Group(512, 1, 4096)));
  }

  @Test
  void aSwitchThatAddsSparesOneWay() {
    Network adding = new Network(List.of(Links.adding()));
    Network sending = new Network(List.of(Links.inner(Topology.SWITCH)));
    assertThat(adding.seconds(ALL_REDUCE, GIB, NODE))
        .isLessThan(0.8 * sending.seconds(ALL_REDUCE, GIB, NODE));
    assertThat(adding.seconds(ALL_GATHER, GIB, NODE))
        .isEqualTo(sending.seconds(ALL_GATHER, GIB, NODE));
  }

  @Test
  void aGroupThatDoesNotDivideANodeLiesAcrossTwoSomewhere() {
    double aligned = NODES.seconds(ALL_GATHER, GIB, new Group(4, 1, 64));
    assertThat(NODES.seconds(ALL_GATHER, GIB, new Group(3, 1, 64))).isGreaterThan(aligned);
    assertThat(NODES.seconds(ALL_GATHER, GIB, new Group(3, 1, 3))).isLessThan(aligned);
  }

  @Test
  void aRackOf72GivesWhatDividesTheJob() {
    Group half = new Group(64, 1, 128);
    assertThat(half.within(72)).isEqualTo(64);
    assertThat(new Group(72, 1, 144).within(72)).isEqualTo(72);
    assertThat(new Group(64, 1, 64).within(72)).isEqualTo(64);
    assertThat(new Group(8, 1, 12).within(8)).isEqualTo(8);
    assertThat(new Group(6, 1, 12).within(8)).isEqualTo(3);
  }

  @Test
  void twoDevicesOfAMeshHaveOneWire() {
    Network mesh = new Network(List.of(Links.inner(Topology.FULL_MESH)));
    Network star = new Network(List.of(Links.inner(Topology.SWITCH)));
    Group pair = new Group(2, 1, 8);
    assertThat(mesh.seconds(ALL_GATHER, 64 * GIB, pair) / star.seconds(ALL_GATHER, 64 * GIB, pair))
        .isCloseTo(7, within(0.1));
    assertThat(mesh.seconds(ALL_GATHER, GIB, NODE)).isEqualTo(star.seconds(ALL_GATHER, GIB, NODE));
    assertThat(mesh.transfer(64 * GIB, pair) / star.transfer(64 * GIB, pair))
        .isCloseTo(7, within(0.1));
  }

  @Test
  void aPipelineThatLeavesTheNodeWaitsForItsSlowestTransfer() {
    double inside = NODES.transfer(GIB, new Group(2, 4, 64));
    double between = NODES.transfer(GIB, new Group(2, 8, 64));
    assertThat(inside).isLessThan(between);
    assertThat(NODES.transfer(GIB, new Group(4, 4, 64))).isEqualTo(between);
  }

  @Test
  void threeLevelsAreAsFastAsTheirSlowest() {
    Network racks =
        new Network(
            List.of(
                Links.inner(Topology.SWITCH),
                Links.outer(64),
                Links.outer(LinkSpec.UNBOUNDED).withBandwidth(OUTER_BANDWIDTH / 100)));
    assertThat(racks.seconds(ALL_GATHER, GIB, new Group(64, 1, 512)))
        .isEqualTo(NODES.seconds(ALL_GATHER, GIB, ALL));
    assertThat(racks.seconds(ALL_GATHER, GIB, new Group(512, 1, 512)))
        .isGreaterThan(2 * NODES.seconds(ALL_GATHER, GIB, new Group(512, 1, 512)));
  }

  @Test
  void aFabricThatContendsLosesWithEachNode() {
    var outer = Links.outer(LinkSpec.UNBOUNDED);
    var contended =
        new LinkSpec(
            outer.name(),
            outer.devices(),
            outer.topology(),
            outer.bandwidth(),
            outer.latency(),
            outer.startup(),
            outer.fill(),
            outer.halfFill(),
            outer.gap(),
            outer.efficiency(),
            outer.tree(),
            outer.reduction(),
            1);
    Network fabric = new Network(List.of(Links.inner(Topology.SWITCH), contended));
    double eight = fabric.seconds(ALL_REDUCE, GIB, ALL);
    assertThat(fabric.seconds(ALL_REDUCE, GIB, new Group(512, 1, 512))).isGreaterThan(6 * eight);
  }

  @Test
  void aMeshHasAnEnd() {
    assertThatThrownBy(() -> Links.inner(Topology.FULL_MESH).joining(LinkSpec.UNBOUNDED))
        .hasMessageContaining("by switches");
  }

  @Test
  void aDomainMustHoldMoreThanThoseInsideOfIt() {
    assertThatThrownBy(() -> new Network(List.of(Links.outer(8), Links.inner(Topology.SWITCH))))
        .hasMessageContaining("inner joins 8 devices, the level below it 8");
  }
}
