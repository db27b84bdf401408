package io.github.recurrentzoo.zoo.detection;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Anomalies that are put into the end of a series by rule, so that a detector can be measured where
 * none are known. Events of {@link Kind four kinds} take turns. There is one for each {@value
 * #ROWS} rows, but four at least as far as there is room, at places that are drawn, {@value #APART}
 * rows apart at least, and each in one channel that is drawn, where all values of the channel are
 * real ({@link TimeSeries#isReal}). With s the standard deviation of the channel in the whole
 * series:
 *
 * <pre>
 * SPIKE     one step           y_t + d a s            a in [2, 4], d = 1 or -1
 * SHIFT     5 to 15 steps      y_t + d a s            a in [1, 2], the same for all steps
 * FLAT      5 to 15 steps      y_f                    f the first of them
 * SWAP      5 to 15 steps      y_{t - m/2}            m the number of rows of a season, half of it
 *                                                     rounded up
 * </pre>
 *
 * All that is in an interval is drawn uniformly from it. Without a season (m below 3), or with one
 * that is longer than the rows before, there is no SWAP.
 *
 * @param series with the anomalies
 * @param events in the order of time
 */
public record SyntheticAnomalies(TimeSeries series, List<Event> events) {
  static final int ROWS = 40;
  static final int APART = 10;
  private static final int SHORTEST = 5;
  private static final int LONGEST = 15;
  private static final int ATTEMPTS = 1000;

  /** The kinds of events. */
  public enum Kind {
    /** One step too high or too low. */
    SPIKE,
    /** Some steps that are all too high or all too low. */
    SHIFT,
    /** Some steps that hold the value of the first one. */
    FLAT,
    /** Some steps that have the values of half a season before. */
    SWAP;

    /** As people write it. */
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An event.
   *
   * @param first its first row
   * @param steps its length
   */
  public record Event(Kind kind, String channel, int first, int steps) {

    /** Its rows. */
    public IntStream rows() {
      return IntStream.range(first, first + steps);
    }
  }

  /** Keeps a copy of the list. */
  public SyntheticAnomalies {
    events = List.copyOf(events);
  }

  /**
   * Puts anomalies into the end of a series.
   *
   * @param series without anomalies, as far as one knows
   * @param from the first row that may become one
   * @param channels the columns that they are put into
   * @param season the number of rows of a season; 1 for none
   * @param seed of all that is drawn
   * @throws DataException if there is no row
   */
  public static SyntheticAnomalies put(
      TimeSeries series, int from, List<String> channels, int season, long seed) {
    if (from >= series.size()) {
      throw new DataException("There is no row to put anomalies in. Give more rows.");
    }
    Random random = new Random(seed);
    int half = season >= 3 && (season + 1) / 2 <= from ? (season + 1) / 2 : 0;
    List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
    if (half == 0) {
      kinds.remove(Kind.SWAP);
    }
    int count = Math.max(Kind.values().length, (series.size() - from) / ROWS);
    double[][] before = new double[channels.size()][];
    Arrays.setAll(before, c -> series.column(channels.get(c)));
    double[][] values = new double[channels.size()][];
    Arrays.setAll(values, c -> before[c].clone());
    boolean[][] real = new boolean[channels.size()][];
    Arrays.setAll(real, c -> series.isReal(channels.get(c)));
    boolean[] taken = new boolean[series.size()];
    Arrays.fill(taken, 0, from, true);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind kind = kinds.get(i % kinds.size());
      int steps = kind == Kind.SPIKE ? 1 : SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
      int channel = random.nextInt(channels.size());
      int first = place(taken, real[channel], from, steps, random);
      if (first < 0) {
        continue; // no room is left in this channel for so many steps
      }
      Arrays.fill(
          taken, Math.max(0, first - APART), Math.min(taken.length, first + steps + APART), true);
      change(values[channel], before[channel], kind, first, steps, half, random);
      events.add(new Event(kind, channels.get(channel), first, steps));
    }
    events.sort(Comparator.comparingInt(Event::first));
    TimeSeries changed = series;
    for (int c = 0; c < values.length; c++) {
      PrimitiveIterator.OfDouble next = Arrays.stream(values[c]).iterator(); // in the order of rows
      changed = changed.withColumn(channels.get(c), value -> next.nextDouble());
    }
    return new SyntheticAnomalies(changed, events);
  }

  /** Whether each row is an anomaly. */
  public boolean[] labels() {
    boolean[] labels = new boolean[series.size()];
    events.forEach(
        event -> Arrays.fill(labels, event.first(), event.first() + event.steps(), true));
    return labels;
  }

  /** The first row of an event, or -1 if no place was found. */
  private static int place(boolean[] taken, boolean[] real, int from, int steps, Random random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = from + random.nextInt(Math.max(1, taken.length - steps + 1 - from));
      boolean free = first + steps <= taken.length;
      for (int row = first; free && row < first + steps; row++) {
        free = !taken[row] && real[row];
      }
      if (free) {
        return first;
      }
    }
    return -1;
  }

  private static void change(
      double[] values, double[] before, Kind kind, int first, int steps, int half, Random random) {
    double size = deviation(before) * (random.nextBoolean() ? 1 : -1);
    double factor = random.nextDouble();
    for (int row = first; row < first + steps; row++) {
      values[row] =
          switch (kind) {
            case SPIKE -> before[row] + size * (2 + 2 * factor);
            case SHIFT -> before[row] + size * (1 + factor);
            case FLAT -> before[first];
            case SWAP -> before[row - half];
          };
    }
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0));
  }
}
