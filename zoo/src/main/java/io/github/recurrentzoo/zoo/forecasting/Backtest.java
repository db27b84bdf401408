package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.internal.Require;
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
    int targets = folds.get(0).report().targets().size();
    for (int i = 0; i < targets; i++) {
      int target = i;
      text.append(
          String.format(
              Locale.ROOT,
              "%-40s  %10s  %10s  %14s  %10s%n",
              folds.get(0).report().targets().get(i).name() + ", MAE",
              "network",
              "naive",
              "seasonal naive",
              "coverage"));
      double[] sums = new double[4];
      for (Fold fold : folds) {
        ForecastReport.Target errors = fold.report().targets().get(target);
        double[] row = {
          errors.network().all().mae(),
          errors.naive().all().mae(),
          errors.seasonalNaive().all().mae(),
          errors.coverage()
        };
        for (int c = 0; c < row.length; c++) {
          sums[c] += row[c] / folds.size();
        }
        line(text, fold.from() + " to " + fold.to(), row);
      }
      line(text, "mean", sums);
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String name, double[] row) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-40s  %10s  %10s  %14s  %8.1f %%%n",
            name,
            ForecastTable.number(row[0]),
            ForecastTable.number(row[1]),
            ForecastTable.number(row[2]),
            100 * row[3]));
  }
}
