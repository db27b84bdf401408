package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The intervals of a forecast, by split-conformal prediction (Vovk et al. 2005; Lei et al. 2018),
 * for each target and each step by itself: with n absolute residuals |y - f| of real values of the
 * validation rows, which the network has not learned from, the half width is the smallest of them
 * that ceil((n + 1) c) do not exceed, where c is the fraction that the interval is to hold.
 *
 * <p>If residuals came in any order alike, an interval would hold a new true value with probability
 * c or a little more. In a time series they need not: neighbouring windows overlap, errors change
 * with the season and grow as time goes on, and the validation rows also chose the best epoch. So
 * the coverage on later rows is reported beside c.
 *
 * @param halfWidths of each target and step, in the units of the targets
 */
public record ForecastIntervals(List<Double> halfWidths) {
  /** How they come about, for people. */
  public static final String HOW =
      "Half widths are, step by step, quantiles of the absolute errors on the validation rows, and follow those that become known.";

  /** A fraction in percent, with two decimals at most: 90 %, 97.5 %. */
  public static String percent(double fraction) {
    return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(100 * fraction)
        + " %";
  }

  /** Keeps a copy. */
  public ForecastIntervals {
    halfWidths = List.copyOf(halfWidths);
  }

  /**
   * The half widths.
   *
   * @param residuals |y - f| by target and step, then window
   * @param level c
   * @throws DataException if there are too few windows for c
   */
  public static ForecastIntervals of(double[][] residuals, double level) {
    return new ForecastIntervals(
        Arrays.stream(residuals).map(numbers -> quantile(numbers, level)).toList());
  }

  private static double quantile(double[] residuals, double level) {
    int n = residuals.length;
    // Rounding must not turn (n + 1) c = 9.000000000000002 into 10.
    int rank = Math.max(1, (int) Math.ceil((n + 1) * level - 1e-9));
    if (rank > n) {
      int least = (int) Math.ceil(level / (1 - level) - 1e-9);
      throw new DataException(
          "An interval that holds %s of the true values needs %d forecasts of validation rows at least, but there are %d. Give more rows or a larger fraction for validation, or ask for a narrower interval."
              .formatted(level, least, n));
    }
    return DoubleStream.of(residuals).sorted().toArray()[rank - 1];
  }
}
