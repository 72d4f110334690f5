package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.TrafficUse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The larger the cache of offloaded weights, the fewer bytes come to the devices: from a fetch for
 * every use down to one of every weight in a step. (An update on the device would fetch it again.)
 */
class CacheTrafficTest {
  private static final Example GPT2 = Example.ALL.getFirst();
  private static final int SIZES = 12;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offload=params+optimizer",
        "dp=2,zero=3,offload=params+optimizer,micro=2",
        "dp=2,zero=3,offload=params+optimizer,micro=4,remat=full",
        "pp=2,offload=params+optimizer,micro=4"
      })
  void aLargerCacheNeverMovesMore(String knobs) {
    var none = step(knobs);
    long weights = weightBytes(none);
    var moved = new ArrayList<>(List.of(toDevices(none)));
    for (long size = weights / SIZES; size < weights; size += weights / SIZES) {
      moved.add(toDevices(step(knobs + ",cache=" + size)));
    }
    moved.add(toDevices(step(knobs + ",cache=" + weights)));
    assertThat(moved.reversed()).isSorted();
    assertThat(moved.getFirst()).isGreaterThan(moved.getLast());
    assertThat(moved.getLast()).isEqualTo(weights);
  }

  private static Module step(String knobs) {
    var options = GPT2.small().with("layers", "6");
    return Compilation.of(GPT2.source(), options, PlanChoice.knobs(knobs))
        .then(Compilation::step)
        .orThrow();
  }

  /** Of all devices in one step. */
  private static long toDevices(Module step) {
    return TrafficUse.ofAllDevices(step).byKind().getOrDefault("to_device", Sent.NONE).bytes();
  }

  /** What the hosts of all devices hold of the weights. */
  private static long weightBytes(Module step) {
    return IntStream.range(0, step.mesh().devices())
        .mapToObj(step::program)
        .mapToLong(
            program ->
                program.inputIndices(Port.Weight.class).stream()
                    .mapToLong(i -> program.body().params().get(i).type().bytes())
                    .sum())
        .sum();
  }
}
