package io.github.recurrentzoo.zoo.detection;

import io.github.recurrentzoo.zoo.report.LineChart;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Marked steps of one channel, and the scores below them, for a page or a file.
 *
 * @param detection what was marked
 * @param channel the column to draw
 * @param anomalies whether each row is known to be an anomaly; null if that is not known
 */
public record DetectionPicture(Detection detection, String channel, List<Boolean> anomalies) {
  private static final int TICKS = 6;
  private static final int NARROW_TICKS = 3;
  private static final int MARKED = 1;
  private static final int KNOWN = 2;

  /** A picture without known anomalies. */
  public DetectionPicture(Detection detection, String channel) {
    this(detection, channel, null);
  }

  /** Keeps a copy of the list. */
  public DetectionPicture {
    anomalies = anomalies == null ? null : List.copyOf(anomalies);
  }

  /** The channel with its marked steps, for wide screens and files. */
  public LineChart chart() {
    return chart(0, TICKS).wide();
  }

  /** The last third of it, for narrow screens. */
  public LineChart narrowChart() {
    return chart(detection.size() * 2 / 3, NARROW_TICKS).narrow();
  }

  private LineChart chart(int from, int ticks) {
    double[] values = part(detection.series().column(channel), from);
    LineChart chart = new LineChart(channel, "time", channel);
    ticks(chart, from, ticks);
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    if (anomalies != null) {
      bands(chart, "known anomaly", KNOWN, from, anomalies::get, low, high);
    }
    bands(chart, "marked", MARKED, from, detection::isMarked, low, high);
    chart.line("measured", LineChart.INK, times(from), values);
    return chart.description(
        "%s from %s to %s. %s"
            .formatted(
                channel,
                detection.series().label(from),
                detection.series().label(detection.size() - 1),
                detection.from(from).summary()));
  }

  /** The scores of all steps with the threshold. */
  public LineChart scores() {
    double[] times = times(0);
    double[] threshold = new double[times.length];
    Arrays.fill(threshold, 1);
    LineChart chart =
        new LineChart("Scores: a step above 1 is marked", "time", "score")
            .logarithmic()
            .line("score", 0, times, detection.scores())
            .reference("threshold", LineChart.INK, times, threshold);
    ticks(chart, 0, TICKS);
    return chart.wide();
  }

  /** A band from half a step before the first to half a step behind the last row of each run. */
  private void bands(
      LineChart chart, String name, int style, int from, IntPredicate is, double low, double high) {
    TimeSeries series = detection.series();
    int first = -1;
    for (int row = from; row <= series.size(); row++) {
      boolean inside = row < series.size() && is.test(row);
      if (inside && first < 0) {
        first = row;
      } else if (!inside && first >= 0) {
        double[] x = {
          (millis(series.time(Math.max(first - 1, 0))) + millis(series.time(first))) / 2,
          (millis(series.time(row - 1)) + millis(series.time(Math.min(row, series.size() - 1)))) / 2
        };
        double[] none = {Double.NaN, Double.NaN};
        chart.band(name, style, x, none, new double[] {low, low}, new double[] {high, high});
        first = -1;
      }
    }
  }

  private double[] times(int from) {
    return IntStream.range(from, detection.size())
        .mapToDouble(row -> millis(detection.series().time(row)))
        .toArray();
  }

  private static double[] part(double[] values, int from) {
    return Arrays.copyOfRange(values, from, values.length);
  }

  private void ticks(LineChart chart, int from, int count) {
    TimeSeries series = detection.series();
    int shown = series.size() - from;
    int[] rows =
        IntStream.range(0, count)
            .map(i -> from + i * (shown - 1) / (count - 1))
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
