package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a rolling-origin backtest of many series found. Each part begins at the same time for all
 * series, so that nothing learned from one is later than what is tested on another.
 *
 * @param folds the parts in the order of time, one at least
 */
public record PanelBacktest(List<Fold> folds) {

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public PanelBacktest {
    folds = List.copyOf(Require.notNull("folds", folds));
    Require.atLeast("folds", 1, folds.size());
  }

  /**
   * One part.
   *
   * @param from the time of its first rows, for people
   * @param to the time of its last rows
   * @param report the errors on it
   */
  public record Fold(String from, String to, PanelReport report) {}

  /**
   * Goes over the end of all series part by part, as if each was the future.
   *
   * @param training trains a forecaster on the rows before a part
   */
  static PanelBacktest run(
      SeriesPanel known,
      ForecastOptions options,
      BacktestOptions backtest,
      Function<SeriesPanel, PanelForecaster> training) {
    List<Instant> times = known.times();
    long tested = (long) backtest.folds() * backtest.rows();
    if (tested >= times.size()) {
      throw new DataException(
          "The series have rows at %d times, but the backtest asks for %d parts of %d and rows to learn from before them. Give more rows, or ask for fewer."
              .formatted(times.size(), backtest.folds(), backtest.rows()));
    }
    backtest.checkHorizon(options.horizon());
    List<Fold> folds = new ArrayList<>();
    PanelForecaster forecaster = null;
    for (int fold = 0; fold < backtest.folds(); fold++) {
      int from = times.size() - (backtest.folds() - fold) * backtest.rows();
      SeriesPanel.Split split = known.splitAt(times.get(from));
      if (forecaster == null || backtest.refit()) {
        forecaster = training.apply(split.past());
      }
      int to = from + backtest.rows();
      SeriesPanel part =
          to == times.size() ? split.test() : split.test().splitAt(times.get(to)).past();
      requireWindow(part, options.horizon(), backtest);
      folds.add(
          new Fold(
              part.label(times.get(from)),
              part.label(times.get(to - 1)),
              forecaster.evaluate(split.past(), part)));
    }
    return new PanelBacktest(folds);
  }

  private static void requireWindow(SeriesPanel part, int horizon, BacktestOptions backtest) {
    int longest = part.longest().size();
    if (longest < horizon) {
      throw new DataException(
          "In a part of %d times no series has more than %d rows, and the horizon is %d. Ask for longer parts."
              .formatted(backtest.rows(), longest, horizon));
    }
  }

  /** Mean MASE and coverage by part, for each target, with means. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    folds.get(0).report().targets().forEach(target -> text.append(table(target).text()));
    return text.toString().stripTrailing();
  }

  private Table table(String target) {
    Table table =
        new Table()
            .head(target + ", mean MASE")
            .right("series", "network", "naive", "seasonal naive", "ETS", "coverage");
    List<double[]> rows = new ArrayList<>();
    for (Fold fold : folds) {
      PanelReport report = fold.report();
      double[] row = {
        report.mean(target, ForecastReport.Target::network).mase(),
        report.mean(target, Baseline.NAIVE).mase(),
        report.mean(target, ForecastReport.Target::seasonalNaive).mase(),
        report.mean(target, Baseline.ETS).mase(),
        report.coverage(target)
      };
      rows.add(row);
      add(table, fold.from() + " to " + fold.to(), report.series().size(), row);
    }
    add(
        table,
        "mean",
        "",
        IntStream.range(0, 5)
            .mapToDouble(
                c ->
                    rows.stream()
                        .mapToDouble(row -> row[c])
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN))
            .toArray());
    return table;
  }

  private static void add(Table table, String name, Object series, double[] row) {
    String coverage = String.format(Locale.ROOT, "%.1f %%", 100 * row[4]);
    table.row(name, series, row[0], row[1], row[2], row[3], coverage);
  }
}
