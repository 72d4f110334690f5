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
 * Offloads and makes the training step with as large a cache of weights as bisection finds within a
 * peak of memory. Each size tried is judged by the step that it makes. The peak need not rise with
 * the size: a small cache cuts the layers in two, and with them the stack of their gradients.
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
        "makes the training step with as large a cache of weights as memory allows",
        Set.of(Property.DIFFERENTIATED, Property.LOWERED),
        Set.of(Property.TRAINING_STEP),
        Set.of(Property.TRAINING_STEP));
  }

  @Override
  public Checked<Module> run(Module module) {
    var without = step.apply(module, new CachePlan.None());
    return without.then(uncached -> new Search(module).from(uncached));
  }

  /** What was tried, and the least peak of all of it. */
  private final class Search {
    private final Module module;
    private long leastPeak = Long.MAX_VALUE;

    Search(Module module) {
      this.module = module;
    }

    Checked<Module> from(Module uncached) {
      long all = weightBytes(module);
      var best = cached(all).or(() -> bisected(all)).or(() -> fitting(uncached));
      return best.map(Checked::ok).orElseGet(() -> Checked.failed(tooSmall(leastPeak)));
    }

    private Optional<Module> bisected(long all) {
      Optional<Module> best = Optional.empty();
      long low = 0;
      long high = all;
      while (high - low > Math.max(1, all / FINENESS)) {
        long middle = low + (high - low) / 2;
        var made = cached(middle);
        if (made.isPresent()) {
          best = made;
          low = middle;
        } else {
          high = middle;
        }
      }
      return best;
    }

    private Optional<Module> cached(long size) {
      return step.apply(module, new CachePlan.Size(size)).value().flatMap(this::fitting);
    }

    private Optional<Module> fitting(Module made) {
      long peak = peakBytes.applyAsLong(made);
      leastPeak = Math.min(leastPeak, peak);
      return peak <= limit ? Optional.of(made) : Optional.empty();
    }
  }

  private static long weightBytes(Module module) {
    return module.functions().stream()
        .flatMap(f -> f.inputIndices(Port.Weight.class).stream().map(f.body().params()::get))
        .mapToLong(p -> p.type().bytes())
        .sum();
  }

  private Diagnostic tooSmall(long leastPeak) {
    return Diagnostic.of(
        OffloadCode.PEAK_TOO_SMALL,
        Span.NONE,
        "no cache keeps every device within a peak of "
            + limit
            + " bytes; the nearest legal value is "
            + leastPeak);
  }
}
