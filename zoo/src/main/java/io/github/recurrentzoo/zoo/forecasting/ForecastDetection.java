package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.detection.Limits;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.series.ForecastIntervals;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Marks the rows of a series that lie outside of the interval of a forecast. A row is forecast one
 * step ahead, from all rows before it; where the rows behind the last origin end before the horizon
 * and something must be known ahead, the last ones are steps 2, 3 ... of the last forecast.
 *
 * <p>The half widths are those of the validation rows and do not follow later errors: intervals
 * that follow them would grow wide after an anomaly, and hide the next one.
 */
record ForecastDetection(ForecastParts parts, double level) {
  private static final double SAME = 1e-9;

  ForecastDetection {
    Require.openFraction("level", level);
  }

  /** The score of each target's row: |y - f| / half width. */
  Detection of(TimeSeries series, BiFunction<ForecastWindows, int[], double[][][]> forecasts) {
    ForecastOptions options = parts.encoder().options();
    ForecastWindows windows = new ForecastWindows(parts.encoder(), series);
    int first = parts.encoder().firstOrigin();
    int last = series.size() - 1 - (options.futureCovariates().isEmpty() ? 1 : options.horizon());
    if (last < first) {
      throw new DataException(
          "The series has %d rows; expected %d at least, so that one row can be forecast. Give more rows."
              .formatted(series.size(), series.size() + first - last));
    }
    int[] origins = IntStream.rangeClosed(first, last).toArray();
    double[][][] values = forecasts.apply(windows, origins);
    int targets = options.targets().size();
    double[][] scores = new double[targets][series.size()];
    for (int target = 0; target < targets; target++) {
      Arrays.fill(scores[target], Double.NaN);
      for (int row = first + 1; row < series.size(); row++) {
        int b = Math.min(row - 1, last) - first;
        int step = row - origins[b];
        if (windows.isReal(target, row)) {
          scores[target][row] =
              windows.error(target, step, origins[b], values[b]) / half(target, step);
        }
      }
    }
    return new Detection(
        "outside the %s interval of a forecast one step ahead"
            .formatted(ForecastIntervals.percent(level)),
        series,
        options.targets(),
        scores,
        Math.min(1, targets * (1 - level)));
  }

  private double half(int target, int step) {
    ForecastOptions options = parts.encoder().options();
    int i = target * options.horizon() + step - 1;
    double half;
    if (Math.abs(level - options.predictionInterval()) < SAME) {
      half = parts.measures().halfWidths().get(i);
    } else {
      List<List<Double>> residuals = parts.measures().residuals();
      if (residuals.isEmpty()) {
        throw new DataException(
            "The forecaster keeps no errors of validation rows, as files of earlier versions and forecasters of many series do; expected its own interval, %s. Ask for that, or train anew."
                .formatted(options.predictionInterval()));
      }
      double[] sorted =
          residuals.get(i).stream().mapToDouble(Double::doubleValue).sorted().toArray();
      half = Limits.quantile(sorted, level);
    }
    return Math.max(half, Double.MIN_NORMAL);
  }
}
