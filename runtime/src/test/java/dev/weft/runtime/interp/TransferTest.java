package dev.weft.runtime.interp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values on the host count there, and come back as they were. */
class TransferTest {
  private static final TensorType TYPE = TensorType.of(DType.F64, new Dim("a", 4));
  private static final long BYTES = 32;

  @Test
  void aValueThatIsAwayCountsOnTheHost() {
    var builder = new Builder();
    var x = builder.param("x", TYPE);
    var away = builder.emit("x", new ToHost(), x);
    var other = builder.emit("other", Affine.scale(2), builder.param("y", TYPE));
    var back = builder.emit("x", new ToDevice(), away);
    var device = new LoneDevice();
    var inputs = List.of(Tensor.of(TYPE, 1, 2, 3, 4), Tensor.of(TYPE, 5, 6, 7, 8));
    var results =
        Program.of(OpCase.function("f", builder, List.of(back, other))).run(device, inputs);
    assertThat(results.getFirst().toArray()).containsExactly(1, 2, 3, 4);
    assertThat(results.getFirst().type().space()).isEqualTo(MemorySpace.DEVICE);
    assertThat(device.memory().peakHostBytes()).isEqualTo(BYTES);
    assertThat(device.memory().peakBytes()).isEqualTo(2 * BYTES);
  }

  @Test
  void anOpRunsWhereItsOperandsAre() {
    var builder = new Builder();
    var host = builder.emit("x", new ToHost(), builder.param("x", TYPE));
    var doubled = builder.emit("doubled", Affine.scale(2), host);
    var device = new LoneDevice();
    var inputs = List.of(Tensor.of(TYPE, 1, 2, 3, 4));
    var result =
        Program.of(OpCase.function("f", builder, List.of(doubled))).run(device, inputs).getFirst();
    assertThat(result.type().space()).isEqualTo(MemorySpace.HOST);
    assertThat(result.toArray()).containsExactly(2, 4, 6, 8);
    assertThat(device.memory().peakHostBytes()).isEqualTo(2 * BYTES);
  }
}
