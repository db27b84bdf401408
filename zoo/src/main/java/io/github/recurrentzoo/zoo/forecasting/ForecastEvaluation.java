package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

  /**
   * The report on forecasts [B][target][step - 1].
   *
   * @param provenance of the network
   */
  ForecastReport report(double[][][] forecasts, TimeStep step, Provenance provenance) {
    List<ForecastReport.Target> targets = new ArrayList<>();
    for (int i = 0; i < options.targets().size(); i++) {
      targets.add(target(i, forecasts));
    }
    return new ForecastReport(
        options.seasonality(),
        options.horizon(),
        origins.length,
        options.predictionInterval(),
        targets,
        ForecastAdvice.untried(options, step, provenance, targets.get(0).best()));
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
        baselines(target),
        (double) inside / all,
        stepCoverage,
        width,
        quantiles(target, forecasts));
  }

  private List<ForecastReport.Quantile> quantiles(int target, double[][][] forecasts) {
    List<ForecastReport.Quantile> quantiles = new ArrayList<>();
    for (int i = 0; i < options.quantiles().size(); i++) {
      double level = options.quantiles().get(i);
      double loss = 0;
      long below = 0;
      long all = 0;
      for (int b = 0; b < origins.length; b++) {
        for (int k = 1; k <= options.horizon(); k++) {
          if (windows.isReal(target, origins[b] + k)) {
            double error =
                windows.target(target)[origins[b] + k]
                    - forecasts[b][target][(i + 1) * options.horizon() + k - 1];
            loss += Math.max(level * error, (level - 1) * error);
            below += error <= 0 ? 1 : 0;
            all++;
          }
        }
      }
      quantiles.add(new ForecastReport.Quantile(level, loss / all, (double) below / all));
    }
    return quantiles;
  }

  private Map<Baseline, ForecastReport.Method> baselines(int target) {
    BaselineForecasts forecasts = new BaselineForecasts(windows, target, options, origins);
    Map<Baseline, ForecastReport.Method> methods = new EnumMap<>(Baseline.class);
    for (Baseline baseline : Baseline.values()) {
      if (baseline.differs(options.seasonality())) {
        methods.put(baseline, method(target, forecasts.of(baseline)));
      }
    }
    return methods;
  }

  /** Whether each target has a real value at each step behind some of the origins. */
  static boolean hasTruth(TimeSeries series, ForecastOptions options, int[] origins) {
    return options.targets().stream()
        .map(series::isReal)
        .allMatch(
            real ->
                IntStream.rangeClosed(1, options.horizon())
                    .allMatch(k -> Arrays.stream(origins).anyMatch(origin -> real[origin + k])));
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

  private ForecastReport.Method method(int target, BaselineForecasts.Answers answers) {
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
