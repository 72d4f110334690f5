package dev.weft.runtime.kernel;

/**
 * Cache-blocked loops that HotSpot turns into vector code: two rows of c against four rows of b, so
 * that each number that is loaded takes part in several products, along columns that fit into the
 * first-level cache.
 *
 * <p>The order of the additions depends on the sizes alone.
 */
final class BlockedGemm implements Gemm {
  /** Columns of a block: four rows of b and two of c of this many doubles are 24 kB. */
  private static final int COLUMNS = 512;

  /** Rows of b that stay in the second-level cache while the rows of a go by. */
  private static final int DEPTH = 128;

  @Override
  public void multiply(
      int m, int n, int k, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
    int width = Math.min(COLUMNS, n);
    var block = new Block(a, b, n, new double[width], new double[width]);
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        for (int i = 0; i < m; i += 2) {
          int aAt = aStart + i * k + p;
          int cAt = cStart + i * n + j;
          boolean both = i + 1 < m;
          System.arraycopy(c, cAt, block.first, 0, columns);
          System.arraycopy(c, both ? cAt + n : cAt, block.second, 0, columns);
          block.add(columns, depth, aAt, both ? aAt + k : aAt, bStart + p * n + j);
          System.arraycopy(block.first, 0, c, cAt, columns);
          if (both) {
            System.arraycopy(block.second, 0, c, cAt + n, columns);
          }
        }
      }
    }
  }

  /**
   * Two rows of c in arrays of their own: HotSpot makes vector code of loops over separate arrays.
   *
   * @param n the length of a whole row of b
   */
  private record Block(double[] a, double[] b, int n, double[] first, double[] second) {
    /** Adds the rows of b from {@code bAt} on, scaled by the numbers of two rows of a. */
    void add(int columns, int depth, int aFirst, int aSecond, int bAt) {
      int p = 0;
      for (; p + 4 <= depth; p += 4) {
        addFour(columns, a, aFirst + p, aSecond + p, b, bAt + p * n, n, first, second);
      }
      for (; p < depth; p++) {
        addOne(columns, a[aFirst + p], b, bAt + p * n, first);
        addOne(columns, a[aSecond + p], b, bAt + p * n, second);
      }
    }

    private static void addFour(
        int columns,
        double[] a,
        int aFirst,
        int aSecond,
        double[] b,
        int b0,
        int n,
        double[] first,
        double[] second) {
      double f0 = a[aFirst];
      double f1 = a[aFirst + 1];
      double f2 = a[aFirst + 2];
      double f3 = a[aFirst + 3];
      double s0 = a[aSecond];
      double s1 = a[aSecond + 1];
      double s2 = a[aSecond + 2];
      double s3 = a[aSecond + 3];
      int b1 = b0 + n;
      int b2 = b1 + n;
      int b3 = b2 + n;
      for (int j = 0; j < columns; j++) {
        double x0 = b[b0 + j];
        double x1 = b[b1 + j];
        double x2 = b[b2 + j];
        double x3 = b[b3 + j];
        first[j] = Math.fma(f3, x3, Math.fma(f2, x2, Math.fma(f1, x1, Math.fma(f0, x0, first[j]))));
        second[j] =
            Math.fma(s3, x3, Math.fma(s2, x2, Math.fma(s1, x1, Math.fma(s0, x0, second[j]))));
      }
    }

    private static void addOne(int columns, double factor, double[] b, int bAt, double[] row) {
      for (int j = 0; j < columns; j++) {
        row[j] = Math.fma(factor, b[bAt + j], row[j]);
      }
    }
  }
}
