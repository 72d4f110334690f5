package dev.weft.runtime.interp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.kernel.Gemm;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.sample.Difference;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.sample.OpCases;
import dev.weft.runtime.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every op, on random shapes and orders of axes, gives on the grid what it gives on the oracle. */
class KernelsAgainstOracleTest {
  private static final double TOLERANCE = 1e-13;
  private static final int SEEDS = 60;

  /** Ops of devices among others, and the loop, which have tests of their own. */
  private static final Set<Class<?>> ELSEWHERE =
      Set.of(
          AllGather.class,
          AllReduce.class,
          AllToAll.class,
          Call.class,
          Receive.class,
          ReduceScatter.class,
          Send.class,
          SharedSum.class,
          ToDevice.class,
          ToHost.class,
          ShardSlice.class,
          Reshard.class,
          Repeat.class);

  @Test
  void everyOpGivesTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (var sample : OpCases.all(seed)) {
        assertThat(difference(sample, Gemm.JAVA))
            .as("seed %d: %s", seed, sample)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  @Test
  void noOpIsLeftOut() {
    var seen = new HashSet<Class<?>>(ELSEWHERE);
    OpCases.all(0).forEach(sample -> seen.add(sample.op().getClass()));
    assertThat(seen).contains(Primitive.class.getPermittedSubclasses());
  }

  @Test
  void wrongKernelIsCaught() {
    Gemm wrong =
        (m, n, k, a, aStart, b, bStart, c, cStart) -> {
          Gemm.JAVA.multiply(m, n, k, a, aStart, b, bStart, c, cStart);
          c[cStart] += 1e-9;
        };
    long caught = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      for (var sample : OpCases.all(seed)) {
        if (sample.op() instanceof Contract && difference(sample, wrong) > TOLERANCE) {
          caught++;
        }
      }
    }
    assertThat(caught).isPositive();
  }

  private static double difference(OpCase sample, Gemm gemm) {
    var function = sample.function();
    var views = sample.operands().stream().map(KernelsAgainstOracleTest::asView).toList();
    var results = Program.of(function, gemm).run(new LoneDevice(), views);
    return Difference.of(results, Oracle.run(function, sample.operands()));
  }

  /** The same tensor in the middle of a larger storage. */
  private static Tensor asView(Tensor tensor) {
    var room = TensorType.of(tensor.type().dtype(), new Dim("room", tensor.size() + 3));
    var around =
        Tensor.generate(room, i -> i < 2 || i == tensor.size() + 2 ? 77 : tensor.get(i - 2));
    return around.view(tensor.type(), 2);
  }
}
