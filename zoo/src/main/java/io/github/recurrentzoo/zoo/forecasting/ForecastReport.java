package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a {@link Forecaster} is on rows that it has not learned from, next to forecasts that
 * need no model. A forecast is made after each row whose whole horizon lies within these rows. Only
 * values that are real count ({@link io.github.recurrentzoo.zoo.series.TimeSeries#isReal}); {@link
 * ForecastErrors#pairs} says how many these were.
 *
 * @param seasonality the rows of a season, for the seasonal naive forecast and MASE; 1 for none
 * @param horizon the steps of a forecast
 * @param windows how many forecasts were made
 * @param interval the nominal coverage of the intervals, such as 0.9
 * @param targets the errors, target by target
 * @param untried options of the command line that this forecaster was trained without and that may
 *     help, the most plausible first
 */
public record ForecastReport(
    int seasonality,
    int horizon,
    int windows,
    double interval,
    List<Target> targets,
    List<String> untried) {

  /** Keeps copies of the lists. */
  public ForecastReport {
    targets = List.copyOf(targets);
    untried = List.copyOf(untried);
  }

  /**
   * A sentence on the first target: how good the network is beside the best baseline, and if it is
   * worse, what to try.
   */
  public String verdict() {
    Target first = targets.get(0);
    Baseline best = first.best();
    return ForecastAdvice.sentence(
        "MAE of " + first.name(),
        first.network().all().mae(),
        best.title(seasonality),
        first.baselines().get(best).all().mae(),
        untried);
  }

  /**
   * The errors of one method.
   *
   * @param all over all steps
   * @param stepMae MAE of each step of the horizon
   */
  public record Method(ForecastErrors all, List<Double> stepMae) {

    /** Keeps a copy of the list. */
    public Method {
      stepMae = List.copyOf(stepMae);
    }

    Map<String, Object> toMap() {
      return JsonTree.object(
          "pairs", all.pairs(),
          "mae", all.mae(),
          "rmse", all.rmse(),
          "mase", all.mase(),
          "smape", all.smape(),
          "stepMae", stepMae);
    }
  }

  /**
   * How good the quantiles of one level are.
   *
   * @param level such as 0.1
   * @param pinball the mean pinball loss, max(q e, (q - 1) e) with e the true value less the
   *     quantile, in the unit of the target
   * @param coverage the fraction of true values that do not lie above the quantile; the level, if
   *     it is right
   */
  public record Quantile(double level, double pinball, double coverage) {

    Map<String, Object> toMap() {
      return JsonTree.object("level", level, "pinball", pinball, "coverage", coverage);
    }
  }

  /**
   * The errors of one target.
   *
   * @param name the column
   * @param network the forecaster
   * @param baselines forecasts that need no network, from the same rows
   * @param coverage the fraction of true values that the intervals hold
   * @param stepCoverage the same for each step of the horizon
   * @param width mean width of the intervals, in the unit of the target
   * @param quantiles by level; empty without quantiles
   */
  public record Target(
      String name,
      Method network,
      Map<Baseline, Method> baselines,
      double coverage,
      List<Double> stepCoverage,
      double width,
      List<Quantile> quantiles) {

    /** Keeps copies. */
    public Target {
      stepCoverage = List.copyOf(stepCoverage);
      quantiles = List.copyOf(quantiles);
      baselines = Collections.unmodifiableMap(new EnumMap<>(baselines));
    }

    /** All methods by the names that tables give them. */
    public Map<String, Method> methods(ForecastReport report) {
      Map<String, Method> methods = new LinkedHashMap<>();
      methods.put("network", network);
      baselines.forEach(
          (baseline, method) -> methods.put(baseline.title(report.seasonality()), method));
      return methods;
    }

    /** The last known value. */
    public Method naive() {
      return baselines.get(Baseline.NAIVE);
    }

    /** The value at the same place of the last known season; without a season, the last one. */
    public Method seasonalNaive() {
      return baselines.getOrDefault(Baseline.SEASONAL_NAIVE, naive());
    }

    /** The baseline with the lowest MAE. */
    public Baseline best() {
      return Collections.min(
          baselines.keySet(),
          Comparator.comparingDouble(baseline -> baselines.get(baseline).all().mae()));
    }

    Map<String, Object> toMap() {
      Map<String, Object> map = JsonTree.object("name", name, "network", network.toMap());
      baselines.forEach((baseline, method) -> map.put(baseline.key(), method.toMap()));
      map.put("best", best().key());
      map.put("coverage", coverage);
      map.put("stepCoverage", stepCoverage);
      map.put("width", width);
      if (!quantiles.isEmpty()) {
        map.put("quantiles", quantiles.stream().map(Quantile::toMap).toList());
      }
      return map;
    }

    /** Whether the network has a lower MAE than all baselines. */
    public boolean beatsBaselines() {
      return network.all().mae() < baselines.get(best()).all().mae();
    }
  }

  /**
   * The errors of a target.
   *
   * @param name one of the targets
   * @throws IllegalArgumentException if there is none of that name
   */
  public Target target(String name) {
    return targets.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no target \"" + name + "\""));
  }

  /**
   * All of it as an object of JSON: {@code horizon}, {@code seasonality}, {@code forecasts}, {@code
   * interval}, {@code targets} and {@code verdict}.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "horizon", horizon,
        "seasonality", seasonality,
        "forecasts", windows,
        "interval", interval,
        "targets", targets.stream().map(Target::toMap).toList(),
        "verdict", verdict());
  }

  /** All of it as tables within 120 columns. */
  @Override
  public String toString() {
    return new ForecastTable(this).toString();
  }
}
