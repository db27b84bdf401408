package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How good a {@link Forecaster} of many series is on rows that it has not learned from: series by
 * series, and as a mean over the series.
 *
 * @param series the reports by the name of the series, in the order of the panel
 * @param unknown the series among them, or too short, that the network has not learned
 * @param tooShort series without a window and a horizon to test on, which are in no figure
 */
public record PanelReport(
    Map<String, ForecastReport> series, List<String> unknown, List<String> tooShort) {
  private static final int SHOWN = 20;

  /** Keeps copies. */
  public PanelReport {
    series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
    unknown = List.copyOf(unknown);
    tooShort = List.copyOf(tooShort);
  }

  /**
   * The figures of one method, as means over the series.
   *
   * @param mae MAE, in the unit of the series
   * @param mase MASE, of the series that changed before the test
   */
  public record Mean(double mae, double mase) {}

  /** The targets. */
  public List<String> targets() {
    return series.values().iterator().next().targets().stream()
        .map(ForecastReport.Target::name)
        .toList();
  }

  /** The means of a method, by the name of a target. */
  public Mean mean(String target, Function<ForecastReport.Target, ForecastReport.Method> method) {
    return new Mean(
        average(target, each -> method.apply(each).all().mae()),
        average(target, each -> method.apply(each).all().mase()));
  }

  /** The mean coverage of the intervals. */
  public double coverage(String target) {
    return average(target, ForecastReport.Target::coverage);
  }

  private double average(String target, ToDoubleFunction<ForecastReport.Target> figure) {
    return series.values().stream()
        .map(report -> report.target(target))
        .mapToDouble(figure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** How many series the network forecasts with a lower MAE than both baselines. */
  public long better(String target) {
    return series.values().stream()
        .filter(report -> report.target(target).beatsBaselines())
        .count();
  }

  /** The means of all methods. */
  Table means(String target) {
    ForecastReport first = series.values().iterator().next();
    Table table =
        new Table()
            .caption(
                String.format(
                    Locale.ROOT,
                    "%s: means over %,d series, forecasts of %d %s",
                    target,
                    series.size(),
                    first.horizon(),
                    first.horizon() == 1 ? "step" : "steps"))
            .head("")
            .right("MAE", "MASE");
    row(table, "network", mean(target, ForecastReport.Target::network));
    row(table, "naive", mean(target, ForecastReport.Target::naive));
    row(
        table,
        "seasonal naive (" + first.seasonality() + ")",
        mean(target, ForecastReport.Target::seasonalNaive));
    return table;
  }

  private static void row(Table table, String name, Mean mean) {
    table.row(name, mean.mae(), mean.mase());
  }

  /** MAE by series: all, or those with the highest MASE. */
  Table bySeries(String target) {
    boolean all = series.size() <= SHOWN;
    List<Map.Entry<String, ForecastReport>> shown = new ArrayList<>(series.entrySet());
    if (!all) {
      shown.sort(
          Comparator.comparingDouble(
              each -> -each.getValue().target(target).network().all().mase()));
      shown = shown.subList(0, SHOWN);
    }
    Table table =
        new Table()
            .caption(
                all
                    ? target + ", MAE by series"
                    : "%s, MAE of the %d series with the highest MASE".formatted(target, SHOWN))
            .head("series")
            .right("network", "naive", "seasonal naive", "MASE", "coverage");
    for (Map.Entry<String, ForecastReport> each : shown) {
      ForecastReport.Target errors = each.getValue().target(target);
      table.row(
          each.getKey(),
          errors.network().all().mae(),
          errors.naive().all().mae(),
          errors.seasonalNaive().all().mae(),
          errors.network().all().mase(),
          String.format(Locale.ROOT, "%.1f %%", 100 * errors.coverage()));
    }
    return table;
  }

  /** All of it as an object of JSON: means, and {@code series} by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> means = new LinkedHashMap<>();
    for (String target : targets()) {
      means.put(
          target,
          JsonTree.object(
              "network", map(mean(target, ForecastReport.Target::network)),
              "naive", map(mean(target, ForecastReport.Target::naive)),
              "seasonalNaive", map(mean(target, ForecastReport.Target::seasonalNaive)),
              "coverage", coverage(target),
              "better", better(target)));
    }
    Map<String, Object> single = new LinkedHashMap<>();
    series.forEach((name, report) -> single.put(name, report.toMap()));
    return JsonTree.object(
        "means", means, "unknown", unknown, "tooShort", tooShort, "series", single);
  }

  private static Map<String, Object> map(Mean mean) {
    return JsonTree.object("mae", mean.mae(), "mase", mean.mase());
  }

  /** All of it as tables within 120 columns. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String target : targets()) {
      text.append(means(target).text());
      text.append(bySeries(target).text());
      text.append(
          String.format(
              Locale.ROOT,
              "Coverage is %.1f %% on average. The network beats both baselines in %d of %d series.%n",
              100 * coverage(target),
              better(target),
              series.size()));
    }
    if (!unknown.isEmpty()) {
      text.append("Not seen in training: ").append(some(unknown)).append(".\n");
    }
    if (!tooShort.isEmpty()) {
      text.append("Too short to be tested: ").append(some(tooShort)).append(".\n");
    }
    return text.toString().stripTrailing();
  }

  private static String some(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + " and others";
  }
}
