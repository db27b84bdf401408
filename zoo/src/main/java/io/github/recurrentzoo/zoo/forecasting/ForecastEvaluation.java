package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import java.util.ArrayList;
import java.util.List;

/** Measures forecasts, and those that need no model, at the same origins. */
final class ForecastEvaluation {
  private final ForecastWindows windows;
  private final ForecastOptions options;
  private final ForecastIntervals intervals;
  private final List<Double> scales;
  private final int[] origins;

  /**
   * An evaluation.
   *
   * @param scales what the MASE of each target is measured in
   * @param origins all with a whole horizon behind them
   */
  ForecastEvaluation(
      ForecastWindows windows,
      ForecastOptions options,
      ForecastIntervals intervals,
      List<Double> scales,
      int[] origins) {
    this.windows = windows;
    this.options = options;
    this.intervals = intervals;
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
        options.season(), options.horizon(), origins.length, options.interval(), targets);
  }

  private ForecastReport.Target target(int target, double[][][] forecasts) {
    double[] values = windows.target(target);
    int horizon = options.horizon();
    List<Double> stepCoverage = new ArrayList<>();
    double width = 0;
    double covered = 0;
    for (int k = 1; k <= horizon; k++) {
      double half = intervals.halfWidths().get(target * horizon + k - 1);
      int inside = 0;
      for (int b = 0; b < origins.length; b++) {
        double error = values[origins[b] + k] - forecasts[b][target][k - 1];
        inside += Math.abs(error) <= half ? 1 : 0;
      }
      stepCoverage.add((double) inside / origins.length);
      covered += stepCoverage.get(k - 1) / horizon;
      width += 2 * half / horizon;
    }
    int season = options.season();
    return new ForecastReport.Target(
        options.targets().get(target),
        method(target, (b, k) -> forecasts[b][target][k - 1]),
        method(target, (b, k) -> Baseline.NAIVE.forecast(values, origins[b], k, season)),
        method(target, (b, k) -> Baseline.SEASONAL_NAIVE.forecast(values, origins[b], k, season)),
        covered,
        stepCoverage,
        width);
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
        double truth = values[origins[b] + k];
        step.add(truth, answers.at(b, k));
        all.add(truth, answers.at(b, k));
      }
      steps.add(step.errors().mae());
    }
    return new ForecastReport.Method(all.errors(), steps);
  }
}
