package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.ForecastErrors;
import java.util.List;
import java.util.Locale;

/** Prints a {@link ForecastReport} within 120 columns. */
final class ForecastTable {
  private static final int STEPS_PER_LINE = 8;

  private final ForecastReport report;
  private final StringBuilder text = new StringBuilder();

  ForecastTable(ForecastReport report) {
    this.report = report;
  }

  @Override
  public String toString() {
    text.setLength(0);
    for (ForecastReport.Target target : report.targets()) {
      if (text.length() > 0) {
        line("");
      }
      errors(target);
      line("");
      steps(target);
      line("");
      interval(target);
    }
    return text.toString().stripTrailing();
  }

  private void errors(ForecastReport.Target target) {
    line(
        "%s: %,d forecasts of %d %s",
        target.name(),
        report.windows(),
        report.horizon(),
        report.horizon() == 1 ? "step" : "steps");
    long values = (long) report.windows() * report.horizon();
    long real = target.network().all().pairs();
    if (real < values) {
      line(
          "%,d of the %,d values forecast are real and count; the others were missing.",
          real, values);
    }
    line("%-24s  %10s  %10s  %8s  %8s", "", "MAE", "RMSE", "MASE", "sMAPE %");
    errors("network", target.network().all());
    errors("naive", target.naive().all());
    errors(seasonalNaive(), target.seasonalNaive().all());
  }

  private String seasonalNaive() {
    return "seasonal naive (" + report.season() + ")";
  }

  private void errors(String method, ForecastErrors errors) {
    line(
        "%-24s  %10s  %10s  %8s  %8s",
        method,
        number(errors.mae()),
        number(errors.rmse()),
        Double.isFinite(errors.mase()) ? number(errors.mase()) : "-",
        String.format(Locale.ROOT, "%.2f", errors.smape()));
  }

  private void steps(ForecastReport.Target target) {
    for (int from = 0; from < report.horizon(); from += STEPS_PER_LINE) {
      int to = Math.min(from + STEPS_PER_LINE, report.horizon());
      StringBuilder head = new StringBuilder();
      for (int k = from; k < to; k++) {
        head.append(String.format(Locale.ROOT, "  %9d", k + 1));
      }
      line("%-24s%s", "MAE at step", head);
      steps("network", target.network().stepMae().subList(from, to));
      steps("naive", target.naive().stepMae().subList(from, to));
      steps(seasonalNaive(), target.seasonalNaive().stepMae().subList(from, to));
    }
  }

  private void steps(String method, List<Double> values) {
    StringBuilder cells = new StringBuilder();
    values.forEach(value -> cells.append(String.format(Locale.ROOT, "  %9s", number(value))));
    line("%-24s%s", method, cells);
  }

  private void interval(ForecastReport.Target target) {
    line(
        "The intervals are to hold %s of the true values and hold %.1f %% (from %.1f to %.1f %% at each step);",
        ForecastIntervals.percent(report.interval()),
        100 * target.coverage(),
        100 * target.stepCoverage().stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        100 * target.stepCoverage().stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    line("they are %s wide on average. %s", number(target.width()), ForecastIntervals.HOW);
  }

  /** Four digits that count, three decimals at most. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size < 10 ? "%.3f" : size < 100 ? "%.2f" : size < 1000 ? "%.1f" : "%.0f";
    return size != 0 && size < 0.01
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, format, value);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
