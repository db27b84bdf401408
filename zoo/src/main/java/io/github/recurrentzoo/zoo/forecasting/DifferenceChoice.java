package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Chooses what the targets are turned into: the difference from whichever plain forecast is best on
 * the rows to learn from, so that the network starts from that one. {@link Difference#NONE} stands
 * for the mean of all rows so far.
 */
final class DifferenceChoice {
  /** The part of the rows that season, lookback and horizon may take together. */
  private static final double MOST = 0.5;

  private final ForecastOptions options;
  private final List<Difference> candidates = new ArrayList<>();

  /**
   * A choice.
   *
   * @param options with the season of the series
   * @param rows of the longest series
   */
  DifferenceChoice(ForecastOptions options, int rows) {
    this.options = options;
    for (Difference each : Difference.values()) {
      boolean fits =
          each.lag(options.seasonality()) + options.lookback() + options.horizon() <= MOST * rows;
      boolean possible =
          switch (each) {
            case NONE -> options.pastCovariates().stream().noneMatch(options.targets()::contains);
            case LAG_1 -> true;
            case SEASONAL, SEASONAL_DRIFT -> options.seasonality() > 1 && fits;
            case LEVEL -> fits;
          };
      if (possible) {
        candidates.add(each);
      }
    }
  }

  /** The best one; of equals the first. One whose differences never change teaches nothing. */
  Difference best(List<TimeSeries> parts) {
    List<Difference> changing =
        candidates.stream().filter(each -> parts.stream().anyMatch(p -> changes(each, p))).toList();
    if (!changing.isEmpty()) {
      candidates.retainAll(changing);
    }
    double[] sums = new double[candidates.size()];
    for (TimeSeries part : parts) {
      for (String target : options.targets()) {
        add(part.column(target), part.isReal(target), sums);
      }
    }
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      best = sums[i] < sums[best] ? i : best;
    }
    return candidates.get(best);
  }

  /** Whether each target less what is known changes, as a straight line does not. */
  private boolean changes(Difference candidate, TimeSeries part) {
    int first = first();
    return options.targets().stream()
        .map(part::column)
        .allMatch(
            values -> {
              double[] numbers =
                  IntStream.range(first, values.length - 1)
                      .mapToDouble(
                          origin ->
                              values[origin + 1] - anchor(candidate, row -> values[row], origin, 1))
                      .toArray();
              return numbers.length > 0 && !Scaler.fitOrIgnore("differences", numbers).ignores();
            });
  }

  /** The first origin, the same for all candidates. */
  private int first() {
    int season = options.seasonality();
    int lookback = options.lookback();
    return candidates.contains(Difference.SEASONAL_DRIFT)
        ? season + lookback - 1
        : Math.max(season, lookback) - 1;
  }

  /** Adds the mean absolute error of each candidate, in that of the last value. */
  private void add(double[] values, boolean[] real, double[] sums) {
    int first = first();
    double[] errors = new double[candidates.size()];
    double naive = 0;
    double before = 0;
    for (int row = 0; row < first && row < values.length; row++) {
      before += values[row];
    }
    IntToDoubleFunction series = row -> values[row];
    for (int origin = first; origin < values.length - options.horizon(); origin++) {
      before += values[origin];
      double mean = before / (origin + 1);
      for (int i = 0; i < errors.length; i++) {
        Difference candidate = candidates.get(i);
        boolean seasonal = candidate.lag(2) == 2;
        double level = // the same for all steps, or what each season adds
            candidate == Difference.NONE
                ? mean
                : seasonal
                    ? candidate.level(series, origin, options.seasonality(), options.lookback())
                    : anchor(candidate, series, origin, 1);
        for (int k = 1; k <= options.horizon(); k++) {
          if (real[origin + k]) {
            double forecast =
                seasonal
                    ? anchor(Difference.SEASONAL, series, origin, k)
                        + level * ((k - 1) / options.seasonality() + 1)
                    : level;
            errors[i] += Math.abs(values[origin + k] - forecast);
          }
        }
      }
      for (int k = 1; k <= options.horizon(); k++) {
        naive += real[origin + k] ? Math.abs(values[origin + k] - values[origin]) : 0;
      }
    }
    for (int i = 0; i < errors.length; i++) {
      sums[i] += naive > 0 ? errors[i] / naive : 0;
    }
  }

  private double anchor(Difference candidate, IntToDoubleFunction series, int origin, int step) {
    return candidate.anchor(series, origin, step, options.seasonality(), options.lookback());
  }
}
