package io.github.recurrentzoo.zoo.sequences;

import java.util.Arrays;

/**
 * Dynamic time warping within a band: the least sum of squared distances over all ways to go
 * through two sequences together,
 *
 * <pre>
 * D(i, j) = |a_i - b_j|^2 + min( D(i-1, j), D(i, j-1), D(i-1, j-1) )      |i n/m - j| &lt;= r
 * </pre>
 *
 * with r a tenth of the longer one. Source: Sakoe and Chiba, Dynamic programming algorithm
 * optimization for spoken word recognition, 1978.
 */
final class WarpedDistance {
  /** The width of the band on each side, as a fraction of the longer sequence. */
  static final double BAND = 0.1;

  private WarpedDistance() {}

  /**
   * The distance D(m, n).
   *
   * @param a [m][D]
   * @param b [n][D]
   * @param least infinity is given for distances that are not below it
   */
  static double of(double[][] a, double[][] b, double least) {
    int m = a.length;
    int n = b.length;
    double slope = (double) n / m;
    double radius = Math.max(1, Math.max(Math.ceil(BAND * Math.max(m, n)), Math.ceil(slope)));
    double[] before = new double[n + 1];
    double[] row = new double[n + 1];
    Arrays.fill(before, Double.POSITIVE_INFINITY);
    before[0] = 0;
    for (int i = 1; i <= m; i++) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
      int from = (int) Math.max(1, Math.ceil(i * slope - radius));
      int to = (int) Math.min(n, Math.floor(i * slope + radius));
      double smallest = Double.POSITIVE_INFINITY;
      for (int j = from; j <= to; j++) {
        double best = Math.min(before[j - 1], Math.min(before[j], row[j - 1]));
        row[j] = best + squared(a[i - 1], b[j - 1]);
        smallest = Math.min(smallest, row[j]);
      }
      if (smallest >= least) {
        return Double.POSITIVE_INFINITY;
      }
      double[] swapped = before;
      before = row;
      row = swapped;
    }
    return before[n];
  }

  /** |a - b|^2; values that are missing, NaN, add nothing. */
  static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      double difference = a[c] - b[c];
      if (!Double.isNaN(difference)) {
        sum += difference * difference;
      }
    }
    return sum;
  }
}
