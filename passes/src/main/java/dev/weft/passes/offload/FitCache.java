package dev.weft.passes.offload;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/**
 * Offloads and makes the training step with the largest cache of weights that leaves the step
 * within a peak of memory. The size is found by bisection, and each one tried is judged by the step
 * that it makes.
 *
 * @param limit bytes that no device may exceed
 * @param step what makes the step with a cache
 * @param peakBytes the most memory that a device needs for a step
 */
public record FitCache(
    long limit,
    BiFunction<Module, CachePlan, Checked<Module>> step,
    ToLongFunction<Module> peakBytes)
    implements Pass {
  /** Sizes are tried to this part of all weights. */
  private static final int FINENESS = 1024;

  @Override
  public PassInfo info() {
    return new PassInfo(
        "fit-cache",
        "makes the training step with the largest cache of weights that memory allows",
        Set.of(Property.DIFFERENTIATED, Property.LOWERED),
        Set.of(Property.TRAINING_STEP),
        Set.of(Property.TRAINING_STEP));
  }

  @Override
  public Checked<Module> run(Module module) {
    var without = step.apply(module, new CachePlan.None());
    if (without.value().isEmpty()) {
      return without;
    }
    long all = weightBytes(module);
    var largest = fitting(module, all);
    if (largest.isPresent()) {
      return Checked.ok(largest.get());
    }
    var best = without.value().filter(this::fits);
    long low = 0;
    long high = all;
    while (high - low > Math.max(1, all / FINENESS)) {
      long middle = low + (high - low) / 2;
      var made = fitting(module, middle);
      if (made.isPresent()) {
        best = made;
        low = middle;
      } else {
        high = middle;
      }
    }
    return best.map(Checked::ok)
        .orElseGet(() -> Checked.failed(tooSmall(without.value().orElseThrow())));
  }

  private Optional<Module> fitting(Module module, long size) {
    return step.apply(module, new CachePlan.Size(size)).value().filter(this::fits);
  }

  private boolean fits(Module step) {
    return peakBytes.applyAsLong(step) <= limit;
  }

  private static long weightBytes(Module module) {
    return module.functions().stream()
        .flatMap(f -> f.inputIndices(Port.Weight.class).stream().map(f.body().params()::get))
        .mapToLong(p -> p.type().bytes())
        .sum();
  }

  private Diagnostic tooSmall(Module without) {
    return Diagnostic.of(
            OffloadCode.PEAK_TOO_SMALL,
            Span.NONE,
            "a peak of "
                + limit
                + " bytes is exceeded by a step that keeps no weight on the device")
        .note("without a cache the step takes " + peakBytes.applyAsLong(without) + " bytes");
  }
}
