package dev.weft.passes.simulate;

import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention as products with a softmax between them (Vaswani et al. 2017), its scores in memory.
 * The scale, the mask and the softmax are one kernel; dropout is another.
 */
final class WrittenOut {
  private WrittenOut() {}

  /**
   * The kernels that do what a fused one does.
   *
   * @param dropout whether probabilities are dropped
   */
  static List<Kernel> kernels(AttentionKernel fused, boolean dropout) {
    return fused.isBackward() ? backward(fused, dropout) : forward(fused, dropout);
  }

  private static List<Kernel> forward(AttentionKernel a, boolean dropout) {
    var kernels = new ArrayList<Kernel>();
    kernels.add(gemm(a, a.queries(), a.sources(), a.key(), Layout.TN));
    kernels.add(stream(a, 2));
    if (dropout) {
      kernels.add(stream(a, 2.5));
    }
    kernels.add(gemm(a, a.queries(), a.value(), a.sources(), Layout.NN));
    return kernels;
  }

  private static List<Kernel> backward(AttentionKernel a, boolean dropout) {
    var kernels = new ArrayList<Kernel>();
    kernels.add(gemm(a, a.queries(), a.sources(), a.value(), Layout.TN));
    kernels.add(gemm(a, a.sources(), a.value(), a.queries(), Layout.NT));
    if (dropout) {
      kernels.add(stream(a, 2.5));
    }
    kernels.add(stream(a, 3));
    kernels.add(gemm(a, a.queries(), a.key(), a.sources(), Layout.NN));
    kernels.add(gemm(a, a.sources(), a.key(), a.queries(), Layout.NT));
    return kernels;
  }

  private static Gemm gemm(AttentionKernel a, long m, long n, long k, Layout layout) {
    return new Gemm(a.dtype(), a.batch() * a.heads(), m, n, k, layout, false);
  }

  /** Reads and writes all scores, so many times altogether. */
  private static Stream stream(AttentionKernel a, double times) {
    long scores = scores(a);
    return new Stream(Math.round(times * scores * a.dtype().bytes()), 5 * scores);
  }

  static long scores(AttentionKernel a) {
    return a.batch() * a.heads() * a.queries() * a.sources();
  }

  /**
   * Bytes that are kept for the backward: the probabilities, and with dropout also the mask and
   * what is left (Korthikanti et al. 2022, section 4.1).
   */
  static long savedBytes(AttentionKernel a, boolean dropout) {
    long each = dropout ? 2L * a.dtype().bytes() + 1 : a.dtype().bytes();
    return scores(a) * each;
  }
}
