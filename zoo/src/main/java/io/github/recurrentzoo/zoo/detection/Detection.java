package io.github.recurrentzoo.zoo.detection;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a detector says of each step of a series. The score of a channel at a step is its error
 * divided by the error that is still normal; the score of the step is the largest of its channels,
 * and a step is marked where that is above 1.
 *
 * <p>A step without a real value in any channel, or that the detector cannot judge, such as the
 * first steps of a series for a forecaster, has the score NaN and is not marked.
 */
public final class Detection {
  private static final int MOST_RANGES = 50;

  private final String method;
  private final TimeSeries series;
  private final List<String> channels;
  private final double[][] scores;
  private final double expectedShare;

  /**
   * Takes the scores as they are.
   *
   * @param method what the scores are, in a few words
   * @param series the rows
   * @param channels some of its columns
   * @param scores of each channel and row, NaN where there is none
   * @param expectedShare the fraction of normal steps that is expected to be marked, at most
   */
  public Detection(
      String method,
      TimeSeries series,
      List<String> channels,
      double[][] scores,
      double expectedShare) {
    this.method = method;
    this.series = series;
    this.channels = List.copyOf(channels);
    this.scores = scores;
    this.expectedShare = expectedShare;
  }

  /**
   * Steps one behind the other that are marked.
   *
   * @param first the row of the first one, from 0
   * @param last the row of the last one
   * @param from the time of the first one, in the form that the series has
   * @param to the time of the last one
   * @param score the largest of the steps
   * @param channel the one that this score is of
   */
  public record Range(int first, int last, String from, String to, double score, String channel) {

    /** The number of steps. */
    public int steps() {
      return last - first + 1;
    }

    Map<String, Object> toMap() {
      return JsonTree.object(
          "from", from, "to", to, "steps", steps(), "score", score, "channel", channel);
    }
  }

  /** The rows. */
  public TimeSeries series() {
    return series;
  }

  /** The columns that were looked at. */
  public List<String> channels() {
    return channels;
  }

  /** The fraction of normal steps that is expected to be marked, at most. */
  public double expectedShare() {
    return expectedShare;
  }

  /** The number of rows. */
  public int size() {
    return series.size();
  }

  /** The score of a step; NaN where there is none. */
  public double score(int row) {
    int best = channelIndex(row);
    return best < 0 ? Double.NaN : scores[best][row];
  }

  /** The scores of all steps. */
  public double[] scores() {
    double[] all = new double[size()];
    Arrays.setAll(all, this::score);
    return all;
  }

  /** The channel with the largest score of a step; empty where there is none. */
  public String channel(int row) {
    int best = channelIndex(row);
    return best < 0 ? "" : channels.get(best);
  }

  private int channelIndex(int row) {
    int best = -1;
    for (int c = 0; c < scores.length; c++) {
      if (!Double.isNaN(scores[c][row]) && (best < 0 || scores[c][row] > scores[best][row])) {
        best = c;
      }
    }
    return best;
  }

  /** Whether a step is marked. */
  public boolean isMarked(int row) {
    return score(row) > 1;
  }

  /** How many steps have a score. */
  public int scored() {
    return (int) Arrays.stream(scores()).filter(score -> !Double.isNaN(score)).count();
  }

  /** How many steps are marked. */
  public int marked() {
    return (int) Arrays.stream(scores()).filter(score -> score > 1).count();
  }

  /** The fraction of the steps with a score that is marked. */
  public double share() {
    int scored = scored();
    return scored == 0 ? 0 : (double) marked() / scored;
  }

  /** Marked steps, those that follow each other as one range, in the order of time. */
  public List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    int first = -1;
    for (int row = 0; row <= size(); row++) {
      boolean marked = row < size() && isMarked(row);
      if (marked && first < 0) {
        first = row;
      } else if (!marked && first >= 0) {
        ranges.add(range(first, row - 1));
        first = -1;
      }
    }
    return ranges;
  }

  private Range range(int first, int last) {
    int best = first;
    for (int row = first; row <= last; row++) {
      best = score(row) > score(best) ? row : best;
    }
    return new Range(
        first, last, series.label(first), series.label(last), score(best), channel(best));
  }

  /** The last rows, as if the series had begun with them. */
  public Detection from(int row) {
    double[][] part = new double[scores.length][];
    for (int c = 0; c < part.length; c++) {
      part[c] = Arrays.copyOfRange(scores[c], row, size());
    }
    return new Detection(method, series.rows(row, size()), channels, part, expectedShare);
  }

  /**
   * All of it as an object of JSON: {@code method}, {@code channels}, {@code rows}, {@code scored},
   * {@code marked}, {@code share}, {@code expectedShare}, {@code from}, {@code to} and {@code
   * ranges}.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "method", method,
        "channels", channels,
        "rows", size(),
        "scored", scored(),
        "marked", marked(),
        "share", share(),
        "expectedShare", expectedShare,
        "from", series.label(0),
        "to", series.label(size() - 1),
        "ranges", ranges().stream().map(Range::toMap).toList());
  }

  /** How many steps are marked, beside how many were expected. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d steps are marked (%.1f %%), in %,d ranges; of normal steps, %.1f %% at most are"
            + " expected to be.",
        marked(),
        scored(),
        100 * share(),
        ranges().size(),
        100 * expectedShare);
  }

  /** The ranges as a table: those with the largest scores if there are many, in time order. */
  public Table table() {
    Table table = new Table().head("from").left("to").right("steps", "score").left("channel");
    List<Range> ranges = ranges();
    List<Range> shown = ranges;
    if (ranges.size() > MOST_RANGES) {
      double[] sorted = ranges.stream().mapToDouble(Range::score).sorted().toArray();
      double least = sorted[sorted.length - MOST_RANGES];
      shown = ranges.stream().filter(range -> range.score() >= least).toList();
      table.caption(
          "The %d of %,d ranges with the largest scores".formatted(shown.size(), ranges.size()));
    }
    for (Range range : shown) {
      table.row(range.from(), range.to(), range.steps(), range.score(), range.channel());
    }
    return table;
  }

  /** The summary, and the table of the ranges if there are some. */
  @Override
  public String toString() {
    return ranges().isEmpty() ? summary() : summary() + "\n\n" + table().text().stripTrailing();
  }
}
