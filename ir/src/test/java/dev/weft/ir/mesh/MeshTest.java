package dev.weft.ir.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeshTest {
  private static final Mesh MESH =
      new Mesh(List.of(new MeshAxis("pp", 2), new MeshAxis("dp", 3), new MeshAxis("tp", 4)));

  static List<List<String>> axisLists() {
    return List.of(
        List.of(),
        List.of("pp"),
        List.of("dp"),
        List.of("tp"),
        List.of("pp", "tp"),
        List.of("tp", "pp"),
        List.of("dp", "pp", "tp"));
  }

  @Test
  void countsDevices() {
    assertThat(MESH.devices()).isEqualTo(24);
    assertThat(Mesh.SINGLE.devices()).isEqualTo(1);
    assertThat(MESH.size("dp")).isEqualTo(3);
    assertThat(MESH.size("absent")).isEqualTo(1);
    assertThat(MESH.size(List.of("pp", "tp"))).isEqualTo(8);
  }

  @Test
  void theLastAxisIsMinor() {
    assertThat(IntStream.range(0, 24).map(d -> MESH.coordinate(d, "tp")).limit(6))
        .containsExactly(0, 1, 2, 3, 0, 1);
    assertThat(MESH.coordinate(23, "pp")).isEqualTo(1);
    assertThat(MESH.coordinate(23, "dp")).isEqualTo(2);
    assertThat(MESH.coordinate(14, "dp")).isZero();
    assertThat(MESH.coordinate(14, "absent")).isZero();
  }

  @Test
  void groupsAlongTheAxesInTheOrderGiven() {
    assertThat(MESH.group(1, List.of("tp"))).containsExactly(0, 1, 2, 3);
    assertThat(MESH.group(5, List.of("pp"))).containsExactly(5, 17);
    assertThat(MESH.group(0, List.of("pp", "dp"))).containsExactly(0, 4, 8, 12, 16, 20);
    assertThat(MESH.group(0, List.of("dp", "pp"))).containsExactly(0, 12, 4, 16, 8, 20);
  }

  @ParameterizedTest
  @MethodSource("axisLists")
  void everyDeviceStandsAtItsCoordinateInItsGroup(List<String> axes) {
    for (int device = 0; device < MESH.devices(); device++) {
      var group = MESH.group(device, axes);
      assertThat(group).hasSize(MESH.size(axes)).doesNotHaveDuplicates();
      assertThat(group.get(MESH.coordinate(device, axes))).isEqualTo(device);
    }
  }

  @ParameterizedTest
  @MethodSource("axisLists")
  void theGroupsPartitionTheDevices(List<String> axes) {
    var groups = MESH.groups(axes);
    assertThat(groups.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(IntStream.range(0, MESH.devices()).boxed().toList());
    for (var group : groups) {
      assertThat(group).allSatisfy(d -> assertThat(MESH.group(d, axes)).isEqualTo(group));
    }
  }

  @Test
  void refusesWhatCannotBe() {
    var dp = new MeshAxis("dp", 2);
    assertThatIllegalArgumentException().isThrownBy(() -> new Mesh(List.of(dp, dp)));
    assertThatIllegalArgumentException().isThrownBy(() -> new MeshAxis("dp", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new MeshAxis("", 1));
  }
}
