package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.Baseline;

/**
 * The forecasts of one target that need no network. Only real values count, and only those up to
 * the origin of a forecast.
 */
final class BaselineForecasts {
  /** A forecast of the window at a place, for a step, from 1. */
  @FunctionalInterface
  interface Answers {
    double at(int window, int step);
  }

  private final ForecastWindows windows;
  private final int target;
  private final ForecastOptions options;
  private final int season;
  private final int[] origins;

  /**
   * Those of some windows.
   *
   * @param windows of one series
   * @param origins in ascending order; the rows up to the first one are what ETS is fitted to
   */
  BaselineForecasts(ForecastWindows windows, int target, ForecastOptions options, int[] origins) {
    this.windows = windows;
    this.target = target;
    this.options = options;
    this.season = options.seasonality();
    this.origins = origins;
  }

  Answers of(Baseline baseline) {
    return switch (baseline) {
      case NAIVE -> (b, k) -> naive(origins[b]);
      case SEASONAL_NAIVE -> (b, k) -> seasonalNaive(origins[b], k);
      case SEASONAL_MEAN -> seasonalMean();
      case DRIFT -> (b, k) -> drift(origins[b], k);
      case ETS -> smoothing();
    };
  }

  /** The last real value. */
  private double naive(int origin) {
    return windows.known(target, origin).applyAsDouble(origin);
  }

  /** The last real value at the same place of a season, or the last real value if there is none. */
  private double seasonalNaive(int origin, int step) {
    int row = origin + step - season * ((step + season - 1) / season);
    while (row >= 0 && !windows.isReal(target, row)) {
      row -= season;
    }
    return row < 0 ? naive(origin) : windows.target(target)[row];
  }

  /** On from the last real value, on the line from the first one. */
  private double drift(int origin, int step) {
    int first = 0;
    while (first < origin && !windows.isReal(target, first)) {
      first++;
    }
    int last = origin;
    while (last > first && !windows.isReal(target, last)) {
      last--;
    }
    double[] values = windows.target(target);
    double slope = last == first ? 0 : (values[last] - values[first]) / (last - first);
    return values[last] + slope * (origin + step - last);
  }

  private Answers seasonalMean() {
    double[][] means = new double[origins.length][season];
    double[] sums = new double[season];
    int[] counts = new int[season];
    int next = 0;
    for (int b = 0; b < origins.length; b++) {
      for (; next <= origins[b]; next++) {
        if (windows.isReal(target, next)) {
          sums[next % season] += windows.target(target)[next];
          counts[next % season]++;
        }
      }
      for (int place = 0; place < season; place++) {
        means[b][place] = counts[place] == 0 ? Double.NaN : sums[place] / counts[place];
      }
    }
    return (b, k) -> {
      double mean = means[b][(origins[b] + k) % season];
      return Double.isNaN(mean) ? naive(origins[b]) : mean;
    };
  }

  private Answers smoothing() {
    double[][] forecasts = PanelSmoothing.forecasts(windows, options, target, 0, origins);
    return (b, k) -> forecasts[b][k - 1];
  }
}
