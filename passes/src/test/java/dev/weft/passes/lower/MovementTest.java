package dev.weft.passes.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovementTest {
  private static final Mesh MESH = new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 4)));
  private static final TensorType TYPE =
      TensorType.of(DType.F64, new Dim("a", 16), new Dim("b", 32));

  private static final Set<String> USED = Set.of("dp", "tp");

  @Test
  void neighboursThatHoldTheSameExchangeSlices() {
    assertThat(exchanged(USED)).containsExactly("shard_slice", "all_to_all", "all_gather");
  }

  /** Such as the places of a pipeline. */
  @Test
  void devicesOfAnotherProgramAreNoSuchNeighbours() {
    assertThat(exchanged(Set.of("dp"))).containsExactly("all_to_all");
  }

  private static List<String> exchanged(Set<String> used) {
    var type = TensorType.of(DType.F64, new Dim("a", 16), new Dim("b", 32), new Dim("c", 8));
    var from = Sharding.of(List.of(List.of("dp"), List.of(), List.of()));
    var to = Sharding.of(List.of(List.of(), List.of("dp"), List.of()));
    var builder = new Builder();
    var value = builder.param(new Param("x", from.local(type, MESH), Optional.of(from)));
    var moved = new Movement(MESH, used, builder, value, from).to(to);
    return builder.build(List.of(moved)).nodes().stream().map(n -> n.op().name()).toList();
  }

  @Test
  void nothingMovesBetweenEqualLayouts() {
    assertThat(move(cut(List.of("dp"), List.of()), cut(List.of("dp"), List.of()))).isEmpty();
  }

  @Test
  void aSumIsScatteredWhereTheTargetIsCutAlongIt() {
    assertThat(move(partial("tp"), cut(List.of(), List.of("tp"))))
        .containsExactly("reduce_scatter");
  }

  @Test
  void aSumIsReducedWhereTheTargetIsWhole() {
    assertThat(move(partial("tp"), cut(List.of(), List.of()))).containsExactly("all_reduce");
  }

  @Test
  void aMaximumIsReducedAndThenSliced() {
    var max = cut(List.of(), List.of()).withPartial(List.of("tp"), Combine.MAX);
    assertThat(move(max, cut(List.of(), List.of("tp"))))
        .containsExactly("all_reduce", "shard_slice");
  }

  @Test
  void oneOfTwoSumsMayStay() {
    assertThat(move(partial("dp", "tp"), partial("dp"))).containsExactly("all_reduce");
  }

  @Test
  void anAxisMovesBetweenDimensionsByAllToAll() {
    assertThat(move(cut(List.of("tp"), List.of()), cut(List.of(), List.of("tp"))))
        .containsExactly("all_to_all");
  }

  /**
   * Experts over replicas and the devices of each (etp=1): all-gathering would move four times as
   * much.
   */
  @Test
  void anAxisThatGoesBehindReplicatedOnesFindsThemSliced() {
    assertThat(move(cut(List.of("dp"), List.of()), cut(List.of(), List.of("tp", "dp"))))
        .containsExactly("shard_slice", "all_to_all");
    assertThat(move(cut(List.of("dp"), List.of("tp")), cut(List.of(), List.of("tp", "dp"))))
        .containsExactly("all_to_all");
  }

  @Test
  void replicatedValuesAreSlicedWithoutCommunication() {
    assertThat(move(cut(List.of(), List.of()), cut(List.of("dp"), List.of("tp"))))
        .containsExactly("shard_slice", "shard_slice");
  }

  @Test
  void theMinorAxisIsGatheredAndTheMajorOneKept() {
    assertThat(move(cut(List.of("dp", "tp"), List.of()), cut(List.of("dp"), List.of())))
        .containsExactly("all_gather");
  }

  @Test
  void theMajorAxisCannotBeGatheredAlone() {
    assertThat(move(cut(List.of("dp", "tp"), List.of()), cut(List.of("tp"), List.of())))
        .containsExactly("all_gather", "shard_slice");
  }

  private static Sharding cut(List<String> a, List<String> b) {
    return Sharding.of(List.of(a, b));
  }

  private static Sharding partial(String... axes) {
    return cut(List.of(), List.of()).withPartial(List.of(axes), Combine.SUM);
  }

  private static List<String> move(Sharding from, Sharding to) {
    var builder = new Builder();
    var value = builder.param(new Param("x", from.local(TYPE, MESH), Optional.of(from)));
    var moved = new Movement(MESH, USED, builder, value, from).to(to);
    assertThat(moved.type()).isEqualTo(to.local(TYPE, MESH));
    return builder.build(List.of(moved)).nodes().stream().map(n -> n.op().name()).toList();
  }
}
