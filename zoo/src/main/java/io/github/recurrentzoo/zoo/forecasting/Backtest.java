package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a rolling-origin backtest found.
 *
 * @param folds the parts in the order of time, one at least
 */
public record Backtest(List<Fold> folds) {

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Backtest {
    folds = List.copyOf(Require.notNull("folds", folds));
    Require.atLeast("folds", 1, folds.size());
  }

  /**
   * One part.
   *
   * @param from the time of its first row, for people
   * @param to the time of its last row
   * @param report the errors on it
   */
  public record Fold(String from, String to, ForecastReport report) {}

  /**
   * Goes over the end of a series part by part, as if each was the future.
   *
   * @param training trains a forecaster on the rows before a part
   * @throws DataException if there are too few rows before the first part, or a part is shorter
   *     than the horizon
   */
  static Backtest run(
      TimeSeries known,
      ForecastOptions options,
      BacktestOptions backtest,
      Function<TimeSeries, Forecaster> training) {
    long tested = (long) backtest.folds() * backtest.rows();
    if (tested >= known.size()) {
      throw new DataException(
          "The series has %d rows, but the backtest asks for %d parts of %d rows and rows to learn from before them. Give more rows, or ask for fewer."
              .formatted(known.size(), backtest.folds(), backtest.rows()));
    }
    backtest.checkHorizon(options.horizon());
    List<Backtest.Fold> folds = new ArrayList<>();
    Forecaster forecaster = null;
    for (int fold = 0; fold < backtest.folds(); fold++) {
      int from = known.size() - (backtest.folds() - fold) * backtest.rows();
      TimeSeries past = known.rows(0, from);
      if (forecaster == null || backtest.refit()) {
        forecaster = training.apply(past);
      }
      TimeSeries part = known.rows(from, from + backtest.rows());
      folds.add(
          new Backtest.Fold(
              part.label(0), part.label(part.size() - 1), forecaster.evaluate(past, part)));
    }
    return new Backtest(folds);
  }

  /** MAE and coverage by part, for each target, with means. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < folds.get(0).report().targets().size(); t++) {
      text.append(table(t).text());
    }
    return text.toString().stripTrailing();
  }

  private Table table(int target) {
    Table table =
        new Table()
            .head(folds.get(0).report().targets().get(target).name() + ", MAE")
            .right("network", "naive", "seasonal naive", "ETS", "coverage");
    double[] means = new double[5];
    for (Fold fold : folds) {
      ForecastReport.Target errors = fold.report().targets().get(target);
      double[] row = {
        errors.network().all().mae(),
        errors.naive().all().mae(),
        errors.seasonalNaive().all().mae(),
        errors.baselines().get(Baseline.ETS).all().mae(),
        errors.coverage()
      };
      for (int c = 0; c < row.length; c++) {
        means[c] += row[c] / folds.size();
      }
      add(table, fold.from() + " to " + fold.to(), row);
    }
    add(table, "mean", means);
    return table;
  }

  private static void add(Table table, String name, double[] row) {
    String coverage = String.format(Locale.ROOT, "%.1f %%", 100 * row[4]);
    table.row(name, row[0], row[1], row[2], row[3], coverage);
  }
}
