package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures forecasts, and those that need no model, at the same origins. Only real values count, as
 * truth and as what a forecast without a model repeats.
 */
final class ForecastEvaluation {
  private final ForecastWindows windows;
  private final ForecastOptions options;
  private final double[][] halves;
  private final List<Double> scales;
  private final int[] origins;

  /**
   * An evaluation.
   *
   * @param halves the half widths of the intervals, [window][target and step]
   * @param scales what the MASE of each target is measured in
   * @param origins all with a whole horizon behind them
   */
  ForecastEvaluation(
      ForecastWindows windows,
      ForecastOptions options,
      double[][] halves,
      List<Double> scales,
      int[] origins) {
    this.windows = windows;
    this.options = options;
    this.halves = halves;
    this.scales = scales;
    this.origins = origins;
  }

  /** The report on forecasts [B][target][step - 1]. */
  ForecastReport report(double[][][] forecasts) {
    List<ForecastReport.Target> targets = new ArrayList<>();
    for (int i = 0; i < options.targets().size(); i++) {
      targets.add(target(i, forecasts));
    }
    return new ForecastReport(
        options.seasonality(),
        options.horizon(),
        origins.length,
        options.predictionInterval(),
        targets);
  }

  private ForecastReport.Target target(int target, double[][][] forecasts) {
    requireTruth(target);
    int horizon = options.horizon();
    List<Double> stepCoverage = new ArrayList<>();
    double width = 0;
    long inside = 0;
    long all = 0;
    for (int k = 1; k <= horizon; k++) {
      long stepInside = 0;
      long pairs = 0;
      for (int b = 0; b < origins.length; b++) {
        double half = halves[b][target * horizon + k - 1];
        width += 2 * half / horizon / origins.length;
        if (windows.isReal(target, origins[b] + k)) {
          double error = windows.error(target, k, origins[b], forecasts[b]);
          stepInside += error <= half ? 1 : 0;
          pairs++;
        }
      }
      stepCoverage.add((double) stepInside / pairs);
      inside += stepInside;
      all += pairs;
    }
    return new ForecastReport.Target(
        options.targets().get(target),
        method(target, (b, k) -> forecasts[b][target][k - 1]),
        method(target, (b, k) -> naive(target, origins[b], k)),
        method(target, (b, k) -> seasonalNaive(target, origins[b], k)),
        (double) inside / all,
        stepCoverage,
        width);
  }

  private void requireTruth(int target) {
    for (int k = 1; k <= options.horizon(); k++) {
      int step = k;
      if (Arrays.stream(origins).noneMatch(origin -> windows.isReal(target, origin + step))) {
        throw new DataException(
            "Column \"%s\": of the %d values at step %d of the forecasts to test, not one is real; all were missing and are interpolated. Give rows with values to test on."
                .formatted(options.targets().get(target), origins.length, k));
      }
    }
  }

  /** The last real value. */
  private double naive(int target, int origin, int step) {
    return Baseline.NAIVE.forecast(
        windows.known(target, origin), origin, step, options.seasonality());
  }

  /** The last real value at the same place of a season, or the last real value if there is none. */
  private double seasonalNaive(int target, int origin, int step) {
    int season = options.seasonality();
    int row = origin + step - season * ((step + season - 1) / season);
    while (row >= 0 && !windows.isReal(target, row)) {
      row -= season;
    }
    return row < 0 ? naive(target, origin, step) : windows.target(target)[row];
  }

  /** The forecast of a window for a step, from 1. */
  @FunctionalInterface
  private interface Answers {
    double at(int window, int step);
  }

  private ForecastReport.Method method(int target, Answers answers) {
    double[] values = windows.target(target);
    ForecastErrors.Sum all = new ForecastErrors.Sum(scales.get(target));
    List<Double> steps = new ArrayList<>();
    for (int k = 1; k <= options.horizon(); k++) {
      ForecastErrors.Sum step = new ForecastErrors.Sum(scales.get(target));
      for (int b = 0; b < origins.length; b++) {
        if (windows.isReal(target, origins[b] + k)) {
          double truth = values[origins[b] + k];
          step.add(truth, answers.at(b, k));
          all.add(truth, answers.at(b, k));
        }
      }
      steps.add(step.errors().mae());
    }
    return new ForecastReport.Method(all.errors(), steps);
  }
}
