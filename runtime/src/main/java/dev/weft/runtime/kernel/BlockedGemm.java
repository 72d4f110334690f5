package dev.weft.runtime.kernel;

/**
 * Cache-blocked loops that HotSpot turns into vector code: four rows of a against four rows of b,
 * so that each element of c that is loaded takes four products, along columns that fit into the
 * first-level cache.
 *
 * <p>The order of the additions depends on the sizes alone.
 */
final class BlockedGemm implements Gemm {
  /** Columns of a block: 4 rows of b and of c of this many doubles are 32 kB. */
  private static final int COLUMNS = 512;

  /** Rows of b that stay in the second-level cache while the rows of a go by. */
  private static final int DEPTH = 128;

  @Override
  public void multiply(
      int m, int n, int k, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        for (int i = 0; i < m; i++) {
          row(
              columns,
              depth,
              a,
              aStart + i * k + p,
              b,
              bStart + p * n + j,
              n,
              c,
              cStart + i * n + j);
        }
      }
    }
  }

  /** One row of c: adds depth rows of b, scaled. */
  private static void row(
      int columns, int depth, double[] a, int at, double[] b, int bAt, int n, double[] c, int cAt) {
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      addFour(columns, a, at + p, b, bAt + p * n, n, c, cAt);
    }
    for (; p < depth; p++) {
      addOne(columns, a[at + p], b, bAt + p * n, c, cAt);
    }
  }

  private static void addFour(
      int columns, double[] a, int at, double[] b, int bAt, int n, double[] c, int cAt) {
    double a0 = a[at];
    double a1 = a[at + 1];
    double a2 = a[at + 2];
    double a3 = a[at + 3];
    int b1 = bAt + n;
    int b2 = b1 + n;
    int b3 = b2 + n;
    for (int j = 0; j < columns; j++) {
      double sum = Math.fma(a0, b[bAt + j], c[cAt + j]);
      sum = Math.fma(a1, b[b1 + j], sum);
      sum = Math.fma(a2, b[b2 + j], sum);
      c[cAt + j] = Math.fma(a3, b[b3 + j], sum);
    }
  }

  private static void addOne(int columns, double a0, double[] b, int bAt, double[] c, int cAt) {
    for (int j = 0; j < columns; j++) {
      c[cAt + j] = Math.fma(a0, b[bAt + j], c[cAt + j]);
    }
  }
}
