package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.ForecastIntervals;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A forecast of all targets for all steps of the horizon.
 *
 * @param origin the time of the last row that was known
 * @param originLabel the same in the form that the series has
 * @param times of the steps
 * @param labels the times in the form that the series has
 * @param interval the nominal coverage of the intervals, such as 0.9
 * @param levels of the quantiles, in ascending order; empty without quantiles
 * @param targets in the order of {@link ForecastOptions#targets()}
 */
public record Forecast(
    ZonedDateTime origin,
    String originLabel,
    List<ZonedDateTime> times,
    List<String> labels,
    double interval,
    List<Double> levels,
    List<Target> targets) {

  /** Keeps copies of the lists. */
  public Forecast {
    levels = List.copyOf(levels);
    times = List.copyOf(times);
    labels = List.copyOf(labels);
    targets = List.copyOf(targets);
  }

  /**
   * The forecast of one target, in its unit, step by step.
   *
   * @param name the column
   * @param lastKnown its value at the origin
   * @param values the forecast
   * @param lower the lower ends of the intervals
   * @param upper the upper ends of the intervals
   * @param quantiles the quantiles of each level
   */
  public record Target(
      String name,
      double lastKnown,
      List<Double> values,
      List<Double> lower,
      List<Double> upper,
      List<List<Double>> quantiles) {

    /** Keeps copies of the lists. */
    public Target {
      values = List.copyOf(values);
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
      quantiles = quantiles.stream().map(List::copyOf).toList();
    }

    Map<String, Object> toMap(List<Double> levels) {
      Map<String, Object> map =
          JsonTree.object(
              "name",
              name,
              "lastKnown",
              lastKnown,
              "values",
              values,
              "lower",
              lower,
              "upper",
              upper);
      if (!levels.isEmpty()) {
        Map<String, Object> byLevel = new LinkedHashMap<>();
        for (int i = 0; i < levels.size(); i++) {
          byLevel.put(levels.get(i).toString(), quantiles.get(i));
        }
        map.put("quantiles", byLevel);
      }
      return map;
    }
  }

  /** The interval for people: 90 %. */
  public String intervalInPercent() {
    return ForecastIntervals.percent(interval);
  }

  /**
   * All of it as an object of JSON: {@code origin}, {@code times}, {@code interval} and {@code
   * targets}.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "origin",
        originLabel(),
        "times",
        labels,
        "interval",
        interval,
        "targets",
        targets.stream().map(target -> target.toMap(levels)).toList());
  }

  /** A table: time, forecast and interval of each step. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Target target : targets) {
      Table table =
          new Table()
              .head(target.name())
              .right("forecast")
              .left("interval of " + intervalInPercent());
      levels.forEach(level -> table.right("quantile " + level));
      for (int k = 0; k < labels.size(); k++) {
        List<Object> row = new ArrayList<>();
        row.add(labels.get(k));
        row.add(target.values().get(k));
        row.add(Table.number(target.lower().get(k)) + " to " + Table.number(target.upper().get(k)));
        for (List<Double> quantile : target.quantiles()) {
          row.add(quantile.get(k));
        }
        table.row(row.toArray());
      }
      text.append(table.text());
    }
    return text.toString().stripTrailing();
  }
}
