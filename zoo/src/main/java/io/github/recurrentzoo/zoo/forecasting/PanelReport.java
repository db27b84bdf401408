package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.Baseline;
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
 * @param unknown the series that the network has not learned
 * @param untested series that are in no figure, and why, such as "too short"
 * @param smoothing the share of exponential smoothing in the network's forecasts
 */
public record PanelReport(
    Map<String, ForecastReport> series,
    List<String> unknown,
    Map<String, String> untested,
    double smoothing) {
  private static final double ROUNDING = 1e-6;
  private static final int SHOWN = 20;

  /** Keeps copies. */
  public PanelReport {
    series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
    unknown = List.copyOf(unknown);
    untested = Collections.unmodifiableMap(new LinkedHashMap<>(untested));
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
    return first().targets().stream().map(ForecastReport.Target::name).toList();
  }

  /** The baselines, which all series have. */
  public List<Baseline> baselines() {
    return List.copyOf(first().targets().get(0).baselines().keySet());
  }

  /** The means of a baseline. */
  public Mean mean(String target, Baseline baseline) {
    return mean(target, each -> each.baselines().get(baseline));
  }

  /** The baseline with the lowest mean MASE. */
  public Baseline best(String target) {
    return Collections.min(
        baselines(), Comparator.comparingDouble(baseline -> mean(target, baseline).mase()));
  }

  private ForecastReport first() {
    return series.values().iterator().next();
  }

  /**
   * A sentence on the first target: how good the network is beside the best baseline, and if it is
   * worse, what to try.
   */
  public String verdict() {
    String target = targets().get(0);
    Baseline best = best(target);
    return ForecastAdvice.sentence(
        "mean MASE of " + target,
        mean(target, ForecastReport.Target::network).mase(),
        best.title(first().seasonality()),
        mean(target, best).mase(),
        series.values().stream()
            .filter(report -> report.target(target).best() == best)
            .findFirst()
            .orElse(first())
            .untried());
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

  /** The quantiles of a target: means of their pinball losses and coverages; empty without any. */
  public List<ForecastReport.Quantile> quantiles(String target) {
    List<ForecastReport.Quantile> quantiles = new ArrayList<>();
    List<ForecastReport.Quantile> levels = first().target(target).quantiles();
    for (int i = 0; i < levels.size(); i++) {
      int at = i;
      quantiles.add(
          new ForecastReport.Quantile(
              levels.get(i).level(),
              average(target, each -> each.quantiles().get(at).pinball()),
              average(target, each -> each.quantiles().get(at).coverage())));
    }
    return quantiles;
  }

  private double average(String target, ToDoubleFunction<ForecastReport.Target> figure) {
    return series.values().stream()
        .map(report -> report.target(target))
        .mapToDouble(figure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** How many series are forecast with a lower MAE than by all baselines, rounding aside. */
  public long better(String target) {
    return series.values().stream()
        .map(report -> report.target(target))
        .filter(
            errors ->
                errors.network().all().mae()
                    < (1 - ROUNDING) * errors.baselines().get(errors.best()).all().mae())
        .count();
  }

  /** What forecasts, for the tables. */
  private String forecaster() {
    return smoothing == 0 ? "network" : smoothing == 1 ? "ETS alone" : "network and ETS";
  }

  /** The means of all methods. */
  Table means(String target) {
    Table table =
        new Table()
            .caption(
                String.format(
                    Locale.ROOT,
                    "%s: means over %,d series, forecasts of %d %s",
                    target,
                    series.size(),
                    first().horizon(),
                    first().horizon() == 1 ? "step" : "steps"))
            .head("")
            .right("MAE", "MASE");
    row(table, forecaster(), mean(target, ForecastReport.Target::network));
    for (Baseline baseline : baselines()) {
      row(table, baseline.title(first().seasonality()), mean(target, baseline));
    }
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
            .right(forecaster(), "MASE", "coverage", "best baseline")
            .left("by");
    for (Map.Entry<String, ForecastReport> each : shown) {
      ForecastReport.Target errors = each.getValue().target(target);
      table.row(
          each.getKey(),
          errors.network().all().mae(),
          errors.network().all().mase(),
          String.format(Locale.ROOT, "%.1f %%", 100 * errors.coverage()),
          errors.baselines().get(errors.best()).all().mae(),
          errors.best().title(each.getValue().seasonality()));
    }
    return table;
  }

  /** All of it as an object of JSON: means, and {@code series} by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> means = new LinkedHashMap<>();
    for (String target : targets()) {
      Map<String, Object> figures =
          JsonTree.object("network", map(mean(target, ForecastReport.Target::network)));
      baselines().forEach(baseline -> figures.put(baseline.key(), map(mean(target, baseline))));
      figures.put("best", best(target).key());
      figures.put("coverage", coverage(target));
      figures.put("better", better(target));
      if (!quantiles(target).isEmpty()) {
        figures.put(
            "quantiles", quantiles(target).stream().map(ForecastReport.Quantile::toMap).toList());
      }
      means.put(target, figures);
    }
    Map<String, Object> single = new LinkedHashMap<>();
    series.forEach((name, report) -> single.put(name, report.toMap()));
    return JsonTree.object(
        "means", means,
        "verdict", verdict(),
        "unknown", unknown,
        "untested", untested,
        "smoothing", smoothing,
        "series", single);
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
      if (!quantiles(target).isEmpty()) {
        text.append(ForecastTable.quantiles(quantiles(target)).text());
      }
      text.append(
          String.format(
              Locale.ROOT,
              "Coverage is %.1f %% on average. The forecasts beat all baselines in %d of %d series.%n",
              100 * coverage(target),
              better(target),
              series.size()));
    }
    if (smoothing > 0) {
      text.append(share()).append('\n');
    }
    text.append(verdict()).append('\n');
    if (!unknown.isEmpty()) {
      text.append("Not seen in training: ").append(some(unknown)).append(".\n");
    }
    untested.values().stream()
        .distinct()
        .forEach(
            reason -> {
              List<String> names =
                  untested.keySet().stream()
                      .filter(name -> untested.get(name).equals(reason))
                      .toList();
              text.append("Not tested, %s: %s.%n".formatted(reason, some(names)));
            });
    return text.toString().stripTrailing();
  }

  /** What the forecasts are made of. */
  String share() {
    return String.format(
        Locale.ROOT,
        "The forecasts are to %.0f %% the network's and to %.0f %% those of exponential smoothing.",
        100 * (1 - smoothing),
        100 * smoothing);
  }

  private static String some(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + " and others";
  }
}
