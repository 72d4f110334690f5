package dev.weft.passes.workload;

import dev.weft.passes.price.Kernel;
import java.util.List;

/**
 * What a device does in one stretch of its program.
 *
 * @param kernels in order
 * @param exchanges in order
 */
public record Load(List<Kernel> kernels, List<Exchange> exchanges) {
  public static final Load NONE = new Load(List.of(), List.of());

  public Load {
    kernels = List.copyOf(kernels);
    exchanges = List.copyOf(exchanges);
  }

  /** One after the other. */
  static Load sum(List<Load> loads) {
    return new Load(
        loads.stream().flatMap(l -> l.kernels().stream()).toList(),
        loads.stream().flatMap(l -> l.exchanges().stream()).toList());
  }
}
