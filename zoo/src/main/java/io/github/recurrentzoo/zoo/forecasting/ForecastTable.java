package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.series.ForecastIntervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

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
      if (!target.quantiles().isEmpty()) {
        line("");
        text.append(quantiles(target.quantiles()).text());
      }
    }
    line("%s", report.verdict());
    return text.toString().stripTrailing();
  }

  private void errors(ForecastReport.Target target) {
    Table table =
        new Table()
            .caption(
                String.format(
                    Locale.ROOT,
                    "%s: %,d forecasts of %d %s",
                    target.name(),
                    report.windows(),
                    report.horizon(),
                    report.horizon() == 1 ? "step" : "steps"))
            .head("")
            .right("MAE", "RMSE", "MASE", "sMAPE %");
    for (Map.Entry<String, ForecastReport.Method> method : target.methods(report).entrySet()) {
      ForecastErrors errors = method.getValue().all();
      table.row(method.getKey(), errors.mae(), errors.rmse(), errors.mase(), errors.smape());
    }
    text.append(table.text());
    long values = (long) report.windows() * report.horizon();
    long real = target.network().all().pairs();
    if (real < values) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,d of the %,d values forecast are real and count; the others were missing.%n",
              real,
              values));
    }
  }

  private void steps(ForecastReport.Target target) {
    for (int from = 0; from < report.horizon(); from += STEPS_PER_LINE) {
      int to = Math.min(from + STEPS_PER_LINE, report.horizon());
      Table table = new Table().head("MAE at step");
      IntStream.rangeClosed(from + 1, to).forEach(step -> table.right(Integer.toString(step)));
      for (Map.Entry<String, ForecastReport.Method> method : target.methods(report).entrySet()) {
        List<Object> row = new ArrayList<>(List.of(method.getKey()));
        row.addAll(method.getValue().stepMae().subList(from, to));
        table.row(row.toArray());
      }
      text.append(table.text());
    }
  }

  private void interval(ForecastReport.Target target) {
    line(
        "Coverage is %.1f %% (nominal %s; by step from %.1f to %.1f %%).",
        100 * target.coverage(),
        ForecastIntervals.percent(report.interval()),
        100 * target.stepCoverage().stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        100 * target.stepCoverage().stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    line(
        "The intervals are %s wide on average. %s",
        Table.number(target.width()), ForecastIntervals.HOW);
  }

  /** Level, pinball loss and coverage. */
  static Table quantiles(List<ForecastReport.Quantile> quantiles) {
    Table table = new Table().head("quantile").right("pinball loss", "values at or below it, %");
    for (ForecastReport.Quantile each : quantiles) {
      table.row(Double.toString(each.level()), each.pinball(), 100 * each.coverage());
    }
    return table;
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
