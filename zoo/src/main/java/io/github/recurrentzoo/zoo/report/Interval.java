package io.github.recurrentzoo.zoo.report;

/**
 * An interval for a fraction of all rows of a kind, made from n rows of which a fraction p is
 * right, by Wilson (1927):
 *
 * <pre>
 * (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2/4n^2)) / (1 + z^2/n),  z = 1.96
 * </pre>
 *
 * If rows are drawn independently, it holds the true fraction for about 95 % of all draws.
 *
 * @param lower in [0, 1]
 * @param upper in [0, 1]
 */
public record Interval(double lower, double upper) {
  private static final double Z = 1.959963984540054; // 97.5 % of a normal distribution are below

  /** The interval of a fraction of n rows. */
  public static Interval wilson(double fraction, int rows) {
    double n = rows;
    double centre = fraction + Z * Z / (2 * n);
    double half = Z * Math.sqrt(fraction * (1 - fraction) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new Interval(Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale));
  }

  /** Whether it is too wide, more than 0.2, for two models to be compared. */
  public boolean isWide() {
    return upper - lower > 0.2;
  }
}
