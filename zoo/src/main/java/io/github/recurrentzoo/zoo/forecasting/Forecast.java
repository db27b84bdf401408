package io.github.recurrentzoo.zoo.forecasting;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/**
 * A forecast of all targets for all steps of the horizon.
 *
 * @param origin the time of the last row that was known
 * @param originLabel the same in the form that the series has
 * @param times of the steps
 * @param labels the times in the form that the series has
 * @param interval the fraction of true values that the intervals are to hold
 * @param targets in the order of {@link ForecastOptions#targets()}
 */
public record Forecast(
    ZonedDateTime origin,
    String originLabel,
    List<ZonedDateTime> times,
    List<String> labels,
    double interval,
    List<Target> targets) {

  /** Keeps copies of the lists. */
  public Forecast {
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
   */
  public record Target(
      String name, double lastKnown, List<Double> values, List<Double> lower, List<Double> upper) {

    /** Keeps copies of the lists. */
    public Target {
      values = List.copyOf(values);
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
    }
  }

  /** The interval for people: 90 %. */
  public String intervalInPercent() {
    return ForecastIntervals.percent(interval);
  }

  /** A table: time, forecast and interval of each step. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    int width = labels.stream().mapToInt(String::length).max().orElse(0);
    for (Target target : targets) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %10s   interval of %s%n",
              target.name(),
              "forecast",
              intervalInPercent()));
      for (int k = 0; k < labels.size(); k++) {
        table.append(
            String.format(
                Locale.ROOT,
                "%-" + width + "s  %10s   %s to %s%n",
                labels.get(k),
                ForecastTable.number(target.values().get(k)),
                ForecastTable.number(target.lower().get(k)),
                ForecastTable.number(target.upper().get(k))));
      }
    }
    return table.toString().stripTrailing();
  }
}
