package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How far forecasts f are from the truth y, over all n pairs.
 *
 * @param pairs n
 * @param mae mean |y - f|, in the unit of the series
 * @param rmse root of the mean (y - f)^2, in the unit of the series
 * @param mase MAE divided by the mean |y_t - y_{t-m}| of the rows learned from, m being the season:
 *     below 1 is better than the seasonal naive forecast was there (Hyndman and Koehler, 2006)
 * @param smape mean of 200 |y - f| / (|y| + |f|), in percent, from 0 to 200; a pair of zeros counts
 *     as 0. It says little where values come near zero, as temperatures in Celsius do
 */
public record ForecastErrors(long pairs, double mae, double rmse, double mase, double smape) {

  /** Adds up errors, pair by pair. */
  public static final class Sum {
    private final double scale;
    private long pairs;
    private double absolute;
    private double squared;
    private double relative;

    /**
     * Starts with no pairs.
     *
     * @param scale what MASE is measured in: {@link #scale(double[], int)} of the rows learned from
     */
    public Sum(double scale) {
      this.scale = scale;
    }

    /**
     * Adds a pair.
     *
     * @param truth y
     * @param forecast f
     */
    public void add(double truth, double forecast) {
      double error = Math.abs(truth - forecast);
      pairs++;
      absolute += error;
      squared += error * error;
      if (error > 0) {
        relative += 200 * error / (Math.abs(truth) + Math.abs(forecast));
      }
    }

    /** The errors of all pairs so far, of which there must be one. */
    public ForecastErrors errors() {
      if (pairs == 0) {
        throw new IllegalStateException("There are no pairs of truth and forecast to measure");
      }
      return new ForecastErrors(
          pairs,
          absolute / pairs,
          Math.sqrt(squared / pairs),
          absolute / pairs / scale,
          relative / pairs);
    }
  }

  /**
   * The mean absolute change from one season to the next: mean |y_t - y_{t-m}|.
   *
   * @param values the rows learned from, more than m
   * @param season m, in rows; 1 for none
   */
  public static double scale(double[] values, int season) {
    boolean[] real = new boolean[values.length];
    Arrays.fill(real, true);
    return scale(values, real, season);
  }

  /**
   * The mean absolute change of real values from one season to the next. Where the value of one
   * season before is not real, the last real one a whole number of seasons before counts.
   *
   * @param values the rows learned from, more than m
   * @param real which of them are real
   * @param season m, in rows; 1 for none
   * @throws DataException if no two real values are a whole number of seasons apart
   */
  public static double scale(double[] values, boolean[] real, int season) {
    return findScale(values, real, season)
        .orElseThrow(
            () ->
                new DataException(
                    "Of the %d rows to learn from, no two real numbers are a season of %d rows apart, so that there is no error of the seasonal naive forecast to compare with. Give more rows, or another season."
                        .formatted(values.length, season)));
  }

  /** As {@link #scale(double[], boolean[], int)}; empty if no two such values are there. */
  public static OptionalDouble findScale(double[] values, boolean[] real, int season) {
    double sum = 0;
    int pairs = 0;
    for (int t = season; t < values.length; t++) {
      int before = t - season;
      while (before >= 0 && !real[before]) {
        before -= season;
      }
      if (real[t] && before >= 0) {
        sum += Math.abs(values[t] - values[before]);
        pairs++;
      }
    }
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
  }
}
