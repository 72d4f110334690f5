package dev.weft.testsuite.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.text.Printer;
import dev.weft.ir.verify.Verifier;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.runtime.interp.LoneDevice;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Memory of random programs: what {@code passes.cost} reads in their text is what the interpreter
 * measures, whatever shares a buffer with whatever.
 *
 * <p>{@code -Dweft.property.cases=N} runs N cases, {@code -Dweft.property.seed=S} begins at seed S.
 */
class MemoryPropertyTest {
  private static final int CASES = Integer.getInteger("weft.property.cases", 1500);
  private static final long SEED = Long.getLong("weft.property.seed", 0);

  @Test
  void theInterpreterMeasuresWhatIsPredicted() {
    seeds()
        .forEach(
            seed -> {
              var module = RandomModule.draw(seed);
              assertThat(predicted(module))
                  .as("seed " + seed + "\n" + Printer.print(module))
                  .isEqualTo(measured(module));
            });
  }

  @Test
  void theProgramsAreWellFormedAndHaveEverythingThatSharesMemory() {
    var seen = new HashSet<Class<?>>();
    seeds()
        .limit(300)
        .forEach(
            seed -> {
              var module = RandomModule.draw(seed);
              assertThat(Verifier.verify(module)).isEmpty();
              module.functions().stream()
                  .flatMap(f -> f.body().allNodes())
                  .map(Node::op)
                  .forEach(op -> seen.add(op.getClass()));
            });
    assertThat(seen).contains(Call.class, Pack.class, Repeat.class, Unpack.class);
  }

  private static LongStream seeds() {
    return LongStream.range(SEED, SEED + CASES);
  }

  private static long predicted(Module module) {
    var use = MemoryUse.of(module, 0);
    assertThat(use.terms().total()).isEqualTo(use.peakBytes());
    return use.peakBytes();
  }

  /** All numbers are zeros, as what pads a vector is. */
  private static long measured(Module module) {
    var program = Program.ofDevices(module).getFirst();
    var device = new LoneDevice();
    program.run(device, program.inputTypes().stream().map(Tensor::zeros).toList());
    return device.memory().peakBytes();
  }
}
