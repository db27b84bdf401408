package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.List;
import java.util.Locale;

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
            .right("network", "naive", "seasonal naive", "coverage");
    double[] means = new double[4];
    for (Fold fold : folds) {
      ForecastReport.Target errors = fold.report().targets().get(target);
      double[] row = {
        errors.network().all().mae(),
        errors.naive().all().mae(),
        errors.seasonalNaive().all().mae(),
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
    String coverage = String.format(Locale.ROOT, "%.1f %%", 100 * row[3]);
    table.row(name, row[0], row[1], row[2], coverage);
  }
}
