package io.github.recurrentzoo.zoo.detection;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How well marked steps agree with known anomalies. Steps without a score are left out.
 *
 * <p>An event is a run of steps that are known to be anomalies; it is found if one of its steps is
 * marked. Of the ranges of marked steps, those are right that meet an event.
 *
 * @param steps how many were looked at
 * @param anomalous how many of them are known to be anomalies
 * @param marked how many are marked
 * @param right how many are both
 * @param events how many events there are
 * @param found how many of them are found
 * @param ranges how many ranges of marked steps there are
 * @param rightRanges how many of them meet an event
 * @param averagePrecision the area under the curve of precision over recall as the threshold falls:
 *     the sum of (R_n - R_{n-1}) P_n over the different scores; NaN without an anomaly. A score
 *     that knows nothing has the fraction of anomalies
 */
public record DetectionMeasures(
    int steps,
    int anomalous,
    int marked,
    int right,
    int events,
    int found,
    int ranges,
    int rightRanges,
    double averagePrecision) {

  /**
   * Counts.
   *
   * @param anomalies whether each step of the detection is known to be an anomaly
   * @throws IllegalArgumentException if there are more or fewer of them than steps
   */
  public static DetectionMeasures of(Detection detection, boolean[] anomalies) {
    if (anomalies.length != detection.size()) {
      throw new IllegalArgumentException(
          "There are %d labels for %d steps".formatted(anomalies.length, detection.size()));
    }
    double[] scores = detection.scores();
    int[] rows =
        IntStream.range(0, scores.length).filter(row -> !Double.isNaN(scores[row])).toArray();
    int anomalous = (int) Arrays.stream(rows).filter(row -> anomalies[row]).count();
    int marked = (int) Arrays.stream(rows).filter(row -> scores[row] > 1).count();
    int right = (int) Arrays.stream(rows).filter(row -> anomalies[row] && scores[row] > 1).count();
    int[] events = runs(anomalies, scores, row -> scores[row] > 1);
    boolean[] marks = new boolean[scores.length];
    Arrays.stream(rows).forEach(row -> marks[row] = scores[row] > 1);
    int[] ranges = runs(marks, scores, row -> anomalies[row]);
    return new DetectionMeasures(
        rows.length,
        anomalous,
        marked,
        right,
        events[0],
        events[1],
        ranges[0],
        ranges[1],
        averagePrecision(rows, scores, anomalies));
  }

  /**
   * Several as one: counts are added up, the area is the mean.
   *
   * @param parts one at least
   */
  public static DetectionMeasures pooled(List<DetectionMeasures> parts) {
    return new DetectionMeasures(
        sum(parts, DetectionMeasures::steps),
        sum(parts, DetectionMeasures::anomalous),
        sum(parts, DetectionMeasures::marked),
        sum(parts, DetectionMeasures::right),
        sum(parts, DetectionMeasures::events),
        sum(parts, DetectionMeasures::found),
        sum(parts, DetectionMeasures::ranges),
        sum(parts, DetectionMeasures::rightRanges),
        parts.stream().mapToDouble(DetectionMeasures::averagePrecision).average().orElseThrow());
  }

  private static int sum(List<DetectionMeasures> parts, ToIntFunction<DetectionMeasures> count) {
    return parts.stream().mapToInt(count).sum();
  }

  /** How many runs of true there are that hold a step with a score, and in how many one is met. */
  private static int[] runs(boolean[] steps, double[] scores, IntPredicate isMet) {
    int count = 0;
    int met = 0;
    for (int row = 0; row < steps.length; row++) {
      if (!steps[row] || (row > 0 && steps[row - 1])) {
        continue;
      }
      int end = row;
      while (end < steps.length && steps[end]) {
        end++;
      }
      if (IntStream.range(row, end).allMatch(step -> Double.isNaN(scores[step]))) {
        continue;
      }
      count++;
      met += IntStream.range(row, end).anyMatch(isMet) ? 1 : 0;
    }
    return new int[] {count, met};
  }

  private static double averagePrecision(int[] rows, double[] scores, boolean[] anomalies) {
    long all = Arrays.stream(rows).filter(row -> anomalies[row]).count();
    if (all == 0) {
      return Double.NaN;
    }
    Integer[] order = Arrays.stream(rows).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer row) -> scores[row]).reversed());
    double area = 0;
    long right = 0;
    long before = 0;
    for (int i = 0; i < order.length; i++) {
      right += anomalies[order[i]] ? 1 : 0;
      boolean last = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
      if (last) {
        area += (double) (right - before) / all * right / (i + 1);
        before = right;
      }
    }
    return area;
  }

  /** Of the marked steps, the fraction that are anomalies; 0 if none is marked. */
  public double precision() {
    return ratio(right, marked);
  }

  /** Of the anomalous steps, the fraction that is marked; 0 if there is none. */
  public double recall() {
    return ratio(right, anomalous);
  }

  /** The harmonic mean of {@link #precision} and {@link #recall}. */
  public double f1() {
    return harmonic(precision(), recall());
  }

  /** Of the marked ranges, the fraction that meets an event; 0 if there is none. */
  public double eventPrecision() {
    return ratio(rightRanges, ranges);
  }

  /** Of the events, the fraction that is found; 0 if there is none. */
  public double eventRecall() {
    return ratio(found, events);
  }

  /** The harmonic mean of {@link #eventPrecision} and {@link #eventRecall}. */
  public double eventF1() {
    return harmonic(eventPrecision(), eventRecall());
  }

  private static double ratio(int part, int all) {
    return all == 0 ? 0 : (double) part / all;
  }

  private static double harmonic(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** Precision, recall and F1 by step and by event. */
  public Table table() {
    Table table = new Table().head("").right("known", "found", "precision", "recall", "F1");
    table.row("steps", anomalous, right, decimals(precision()), decimals(recall()), decimals(f1()));
    table.row(
        "events",
        events,
        found,
        decimals(eventPrecision()),
        decimals(eventRecall()),
        decimals(eventF1()));
    return table;
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** The table, and the area under precision and recall. */
  @Override
  public String toString() {
    return table().text()
        + (anomalous == 0
            ? "No anomaly is known among the steps."
            : "The area under precision and recall is " + decimals(averagePrecision) + ".");
  }

  /** All of it as an object of JSON. */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "steps",
        steps,
        "anomalousSteps",
        anomalous,
        "markedSteps",
        marked,
        "precision",
        precision(),
        "recall",
        recall(),
        "f1",
        f1(),
        "events",
        events,
        "eventsFound",
        found,
        "eventPrecision",
        eventPrecision(),
        "eventRecall",
        eventRecall(),
        "eventF1",
        eventF1(),
        "averagePrecision",
        averagePrecision);
  }
}
