package dev.weft.bench.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The constants that devices are shipped with are those that the measurements give. */
class ComputeFitTest {
  private static final ComputeFit FIT = fit();

  private static ComputeFit fit() {
    try {
      return new ComputeFit(Path.of(System.getProperty("weft.root")).resolve("bench/data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void streams() throws ReflectiveOperationException {
    assertShipped(FIT.streams(), DeviceSpec::stream);
  }

  @Test
  void multiplications() throws ReflectiveOperationException {
    assertShipped(FIT.gemms(), DeviceSpec::matrix);
  }

  @Test
  void attention() throws ReflectiveOperationException {
    assertShipped(FIT.attentions(), DeviceSpec::attention);
  }

  /** What the other devices teach prices a device nearly as well as what it teaches itself. */
  @Test
  void theShapeOfMultiplicationsIsThatOfOtherDevices() {
    assertThat(FIT.heldOut()).allMatch(one -> one.spread().median() < 0.08);
  }

  private static void assertShipped(List<Learned> all, Function<DeviceSpec, Record> engine)
      throws ReflectiveOperationException {
    assertThat(all).isNotEmpty();
    for (var one : all) {
      var shipped = engine.apply(Specs.named(DeviceSpec.class, one.device().name()).orThrow());
      for (var part : shipped.getClass().getRecordComponents()) {
        double found = ((Number) part.getAccessor().invoke(one.engine())).doubleValue();
        double written = ((Number) part.getAccessor().invoke(shipped)).doubleValue();
        assertThat(written)
            .as("%s of %s", part.getName(), one.device().name())
            .isCloseTo(found, within(0.01 * found + 1e-9));
      }
    }
  }
}
