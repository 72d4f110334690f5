package dev.weft.runtime.kernel;

/** The matrix product: the seam where a native library comes in. */
public interface Gemm {
  /** The product in plain Java. */
  Gemm JAVA = new BlockedGemm();

  /**
   * c += a b, all dense and row-major.
   *
   * @param m rows of a and c
   * @param n columns of b and c
   * @param k columns of a, rows of b
   * @param aStart index of the first element of a, and so on
   */
  void multiply(
      int m, int n, int k, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart);
}
