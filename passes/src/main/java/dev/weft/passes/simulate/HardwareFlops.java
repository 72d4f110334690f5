package dev.weft.passes.simulate;

import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.Stream;
import dev.weft.passes.workload.Load;

/**
 * The floating-point operations that a device makes, with all that is computed again; attention
 * counts as if no mask left out anything, as it does in the flops of a model.
 */
record HardwareFlops(Job job) {
  /** Of one device for all stages of one micro-batch. */
  double ofMicroBatch() {
    return job.workload().sections().stream()
        .mapToDouble(
            s -> s.layers() * (of(s.forward()) + of(s.inputGradient()) + of(s.weightGradient())))
        .sum();
  }

  private static double of(Load load) {
    return load.kernels().stream().mapToDouble(HardwareFlops::of).sum();
  }

  private static double of(Kernel kernel) {
    return switch (kernel) {
      case Gemm gemm -> gemm.flops();
      case AttentionKernel attention ->
          attention.isCausal() ? 2 * attention.flops() : attention.flops();
      case Stream _ -> 0;
    };
  }
}
