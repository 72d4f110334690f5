package dev.weft.passes.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.network.Network;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which links a message between places takes. */
class WaysTest {
  private static final long BYTES = 100_000_000;

  private static Ways ways(int places, int dp, int tp) {
    var pipeline = Jobs.pipeline(Jobs.kind("1f1b"), places, 1);
    var grid = DeviceGrid.of(Jobs.plan(Optional.of(pipeline), dp, tp, 1, 0));
    var links = Jobs.cluster("dgx-a100-80").links();
    return new Ways(grid, new Network(links), links.stream().map(LinkSpec::devices).toList());
  }

  /** Eight devices to a node: places of two devices, four to a node. */
  @Test
  void neighboursWithinANodeAreNearAndOthersFar() {
    var ways = ways(8, 1, 2);
    double near = ways.seconds(BYTES, 0, 1);
    assertThat(ways.seconds(BYTES, 1, 2)).isEqualTo(near);
    assertThat(ways.seconds(BYTES, 3, 2)).isEqualTo(near);
    assertThat(ways.seconds(BYTES, 3, 4)).isGreaterThan(3 * near);
    assertThat(ways.seconds(BYTES, 4, 3)).isEqualTo(ways.seconds(BYTES, 3, 4));
    assertThat(ways.seconds(BYTES, 4, 5)).isEqualTo(near);
    assertThat(ways.seconds(BYTES, 5, 5)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4, 1, 2, near", "2, 1, 4, near", "4, 2, 8, far", "4, 8, 1, far", "2, 8, 4, far"})
  void wholePlacesLieTogetherOrApart(int places, int dp, int tp, String expected) {
    double near = ways(4, 1, 2).seconds(BYTES, 0, 1);
    double seconds = ways(places, dp, tp).seconds(BYTES, 0, 1);
    if (expected.equals("near")) {
      assertThat(seconds).isEqualTo(near);
    } else {
      assertThat(seconds).isGreaterThan(3 * near);
    }
  }
}
