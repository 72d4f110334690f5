package dev.weft.ir.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardingTest {
  private static final Mesh MESH = new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 4)));
  private static final TensorType TYPE =
      TensorType.of(DType.F32, new Dim("batch", 16), new Dim("model", 3));
  private static final Sharding CUT = Sharding.of(List.of(List.of("dp", "tp"), List.of()));

  @Test
  void localAndGlobalAreInverse() {
    var local = CUT.local(TYPE, MESH);
    assertThat(local).isEqualTo(TYPE.withDims(List.of(new Dim("batch", 2), new Dim("model", 3))));
    assertThat(CUT.global(local, MESH)).isEqualTo(TYPE);
  }

  @Test
  void aPartialValueHasTheWholeSize() {
    var partial = Sharding.replicated(2).withPartial(List.of("tp", "dp"), Combine.MAX);
    assertThat(partial.local(TYPE, MESH)).isEqualTo(TYPE);
    assertThat(partial.partial()).as("sorted").containsExactly("dp", "tp");
    assertThat(partial.isReplicated()).isFalse();
    assertThat(partial.withoutPartial()).isEqualTo(Sharding.replicated(2));
  }

  @Test
  void refusesAnIndivisibleAxis() {
    var wrong = Sharding.replicated(2).withDim(1, List.of("dp"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrong.local(TYPE, MESH))
        .withMessageContaining("model=3")
        .withMessageContaining("2 parts");
  }

  @Test
  void refusesAMeshAxisTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sharding.of(List.of(List.of("tp"), List.of("tp"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CUT.withPartial(List.of("dp"), Combine.SUM));
  }

  @Test
  void theWayToCombineMattersOnlyWhereSomethingIsPartial() {
    assertThat(new Sharding(List.of(), List.of(), Combine.MAX)).isEqualTo(Sharding.replicated(0));
  }

  @Test
  void printsEveryDimension() {
    assertThat(CUT.withoutPartial()).hasToString("[dp*tp, _]");
    assertThat(Sharding.replicated(1).withPartial(List.of("tp"), Combine.SUM))
        .hasToString("[_] partial sum(tp)");
    assertThat(CUT.axes()).containsExactly("dp", "tp");
    assertThat(CUT.cutting()).containsExactly("dp", "tp");
  }
}
