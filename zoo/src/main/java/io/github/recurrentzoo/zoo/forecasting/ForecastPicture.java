package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.LineChart;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forecasts of one target, for a page.
 *
 * @param title above the picture
 * @param unit of the target; may be empty
 * @param series as it was measured
 * @param target the column to draw
 * @param rows how many rows at its end are drawn
 * @param past forecasts of rows that are known by now
 * @param next the forecast of what follows; null if there is none
 */
public record ForecastPicture(
    String title,
    String unit,
    TimeSeries series,
    String target,
    int rows,
    List<Forecast> past,
    Forecast next) {
  private static final int TICKS = 6;
  private static final int NARROW_TICKS = 3;

  /** Keeps a copy of the list. */
  public ForecastPicture {
    past = List.copyOf(past);
  }

  /** The whole of it, for wide screens and files. */
  public LineChart chart() {
    return draw(Math.max(0, series.size() - rows), TICKS).wide();
  }

  /** Its last part, for narrow screens: two horizons at least, and what follows. */
  public LineChart narrowChart() {
    int horizon = next == null ? 0 : next.times().size();
    int shown = Math.max(2 * horizon, rows / 3);
    return draw(Math.max(0, series.size() - Math.min(shown, rows)), NARROW_TICKS).narrow();
  }

  private LineChart draw(int first, int count) {
    double[] column = series.column(target);
    double[] times = new double[column.length - first];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = millis(series.time(first + i));
      values[i] = column[first + i];
    }
    List<Forecast> seen = past.stream().filter(f -> millis(f.origin()) >= times[0]).toList();
    LineChart chart = new LineChart(title, "time", unit.isEmpty() ? target : target + ", " + unit);
    ticks(chart, first, count);
    for (Forecast forecast : seen) {
      add(chart, "forecast and its interval of " + forecast.intervalInPercent(), 0, forecast);
    }
    if (next != null) {
      add(chart, "forecast after the end of the series", 1, next);
    }
    chart.line("measured", LineChart.INK, times, values);
    chart.mark(times[times.length - 1], "end of the series");
    return chart.description(
        "The series as it was measured, from %s to %s, with %d forecasts, each made from the rows before it%s."
            .formatted(
                series.label(first),
                series.label(series.size() - 1),
                seen.size(),
                next == null
                    ? ""
                    : next.times().size() == 1
                        ? ", and the forecast of the step that follows"
                        : ", and the forecast of the %d steps that follow"
                            .formatted(next.times().size())));
  }

  /** Each forecast fans out from the last value that was known. */
  private void add(LineChart chart, String name, int style, Forecast forecast) {
    Forecast.Target of =
        forecast.targets().stream()
            .filter(t -> t.name().equals(target))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "A forecast has no target \"" + target + "\" to draw"));
    int steps = forecast.times().size();
    double[] x = new double[steps + 1];
    double[] y = new double[steps + 1];
    double[] lower = new double[steps + 1];
    double[] upper = new double[steps + 1];
    x[0] = millis(forecast.origin());
    y[0] = lower[0] = upper[0] = of.lastKnown();
    for (int k = 0; k < steps; k++) {
      x[k + 1] = millis(forecast.times().get(k));
      y[k + 1] = of.values().get(k);
      lower[k + 1] = of.lower().get(k);
      upper[k + 1] = of.upper().get(k);
    }
    chart.band(name, style, x, y, lower, upper);
    for (int i = 0; i < of.quantiles().size(); i++) {
      double[] quantile = new double[steps + 1];
      quantile[0] = of.lastKnown();
      for (int k = 0; k < steps; k++) {
        quantile[k + 1] = of.quantiles().get(i).get(k);
      }
      chart.reference("quantile " + forecast.levels().get(i), 2 + i, x, quantile);
    }
  }

  private void ticks(LineChart chart, int first, int count) {
    int shown = series.size() - first;
    int[] rows =
        IntStream.range(0, count)
            .map(i -> first + i * (shown - 1) / (count - 1))
            .distinct()
            .toArray();
    chart.ticks(
        IntStream.of(rows).mapToDouble(row -> millis(series.time(row))).toArray(),
        IntStream.of(rows).mapToObj(series::label).toList());
  }

  private static double millis(ZonedDateTime time) {
    return time.toInstant().toEpochMilli();
  }
}
