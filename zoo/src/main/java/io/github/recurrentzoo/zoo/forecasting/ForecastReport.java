package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
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
 */
public record ForecastReport(
    int seasonality, int horizon, int windows, double interval, List<Target> targets) {

  /** Keeps a copy of the list. */
  public ForecastReport {
    targets = List.copyOf(targets);
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
   * The errors of one target.
   *
   * @param name the column
   * @param network the forecaster
   * @param naive the last known value
   * @param seasonalNaive the value at the same place of the last known season
   * @param coverage the fraction of true values that the intervals hold
   * @param stepCoverage the same for each step of the horizon
   * @param width mean width of the intervals, in the unit of the target
   */
  public record Target(
      String name,
      Method network,
      Method naive,
      Method seasonalNaive,
      double coverage,
      List<Double> stepCoverage,
      double width) {

    /** Keeps a copy of the list. */
    public Target {
      stepCoverage = List.copyOf(stepCoverage);
    }

    /** The three methods by the names that tables give them. */
    public Map<String, Method> methods(ForecastReport report) {
      Map<String, Method> methods = new LinkedHashMap<>();
      methods.put("network", network);
      methods.put("naive", naive);
      methods.put("seasonal naive (" + report.seasonality() + ")", seasonalNaive);
      return methods;
    }

    Map<String, Object> toMap() {
      return JsonTree.object(
          "name", name,
          "network", network.toMap(),
          "naive", naive.toMap(),
          "seasonalNaive", seasonalNaive.toMap(),
          "coverage", coverage,
          "stepCoverage", stepCoverage,
          "width", width);
    }

    /** Whether the network has a lower MAE than both baselines. */
    public boolean beatsBaselines() {
      double mae = network.all().mae();
      return mae < naive.all().mae() && mae < seasonalNaive.all().mae();
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
   * interval} and {@code targets}.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "horizon", horizon,
        "seasonality", seasonality,
        "forecasts", windows,
        "interval", interval,
        "targets", targets.stream().map(Target::toMap).toList());
  }

  /** All of it as tables within 120 columns. */
  @Override
  public String toString() {
    return new ForecastTable(this).toString();
  }
}
