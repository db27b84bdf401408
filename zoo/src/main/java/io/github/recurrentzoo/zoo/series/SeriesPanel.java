package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Many series of the same columns and the same step, by name: the sales of each store, the load of
 * each meter. They may begin and end at different times. Immutable.
 */
public final class SeriesPanel {
  private final Map<String, TimeSeries> series;

  private SeriesPanel(Map<String, TimeSeries> series) {
    this.series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
  }

  /**
   * A panel of series that are there already.
   *
   * @param series by name, in the order to keep
   * @throws DataException if there is none, or columns or steps differ
   */
  public static SeriesPanel of(Map<String, TimeSeries> series) {
    if (series.isEmpty()) {
      throw new DataException("There are no series; expected one at least. Give rows.");
    }
    Map.Entry<String, TimeSeries> first = series.entrySet().iterator().next();
    series.forEach(
        (name, each) -> {
          if (!each.columns().equals(first.getValue().columns())
              || !each.step().equals(first.getValue().step())) {
            throw new DataException(
                "The series \"%s\" has the columns %s and the step %s, but \"%s\" has %s and %s; expected the same of all series."
                    .formatted(
                        name,
                        each.columns(),
                        each.step(),
                        first.getKey(),
                        first.getValue().columns(),
                        first.getValue().step()));
          }
        });
    return new SeriesPanel(series);
  }

  /** The names of the series. */
  public List<String> names() {
    return List.copyOf(series.keySet());
  }

  /** Whether there is a series of that name. */
  public boolean has(String name) {
    return series.containsKey(name);
  }

  /**
   * A series.
   *
   * @throws DataException if there is none of that name
   */
  public TimeSeries series(String name) {
    TimeSeries found = series.get(name);
    if (found == null) {
      throw new DataException(
          "There is no series \"%s\"; there are %s.".formatted(name, series.keySet()));
    }
    return found;
  }

  /** The columns that all series have. */
  public List<String> columns() {
    return any().columns();
  }

  /** The step that all series have. */
  public TimeStep step() {
    return any().step();
  }

  private TimeSeries any() {
    return series.values().iterator().next();
  }

  /** The rows of all series. */
  public int rows() {
    return series.values().stream().mapToInt(TimeSeries::size).sum();
  }

  /** The longest series. */
  public TimeSeries longest() {
    return Collections.max(series.values(), Comparator.comparingInt(TimeSeries::size));
  }

  /** The same names with other series. */
  public SeriesPanel map(UnaryOperator<TimeSeries> change) {
    Map<String, TimeSeries> changed = new LinkedHashMap<>();
    series.forEach((name, each) -> changed.put(name, change.apply(each)));
    return new SeriesPanel(changed);
  }

  /**
   * A panel cut in two at one time.
   *
   * @param past the rows before it; series that begin later are not in it
   * @param test the rows from it on; series that end before are not in it
   */
  public record Split(SeriesPanel past, SeriesPanel test) {}

  /**
   * Cuts off the end of all series, from the same time on, so that what is learned from one series
   * is never later than what is tested on another one.
   *
   * @param fraction of the rows of all series that is cut off, in (0, 1), as nearly as whole times
   *     allow
   * @throws DataException if one of the parts would be empty
   */
  public Split split(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "The fraction of rows to cut off must be in (0, 1), but is " + fraction);
    }
    long[] times = seconds();
    int cut = cut(times, fraction);
    if (cut == 0 || cut == times.length) {
      throw new DataException(
          "The %d series have %d rows together, too few times to cut off the fraction %s. Give more rows."
              .formatted(series.size(), times.length, fraction));
    }
    return splitAt(Instant.ofEpochSecond(times[cut]));
  }

  /**
   * Cuts off the rows of all series from a time on.
   *
   * @param border the first time that is cut off
   * @throws DataException if one of the parts would be empty
   */
  public Split splitAt(Instant border) {
    Map<String, TimeSeries> past = new LinkedHashMap<>();
    Map<String, TimeSeries> test = new LinkedHashMap<>();
    series.forEach(
        (name, each) -> {
          int rows = each.rowsBefore(border);
          if (rows > 0) {
            past.put(name, each.rows(0, rows));
          }
          if (rows < each.size()) {
            test.put(name, each.rows(rows, each.size()));
          }
        });
    return new Split(of(past), of(test));
  }

  /** The times that any of the series has a row at, in their order. */
  public List<Instant> times() {
    return LongStream.of(seconds()).distinct().mapToObj(Instant::ofEpochSecond).toList();
  }

  /** A time for people, as the first series that has a row then writes it. */
  public String label(Instant time) {
    for (TimeSeries each : series.values()) {
      int row = each.rowsBefore(time);
      if (row < each.size() && second(each, row) == time.getEpochSecond()) {
        return each.label(row);
      }
    }
    return time.toString();
  }

  /** Of all rows, sorted. */
  private long[] seconds() {
    return series.values().stream()
        .flatMapToLong(each -> IntStream.range(0, each.size()).mapToLong(row -> second(each, row)))
        .sorted()
        .toArray();
  }

  private static long second(TimeSeries series, int row) {
    return series.time(row).toEpochSecond();
  }

  /** The first or the last of equal times at the fraction, whichever is nearer. */
  private static int cut(long[] times, double fraction) {
    int cut = times.length - (int) Math.round(times.length * fraction);
    if (cut == times.length) {
      return cut;
    }
    int from = cut;
    while (from > 0 && times[from - 1] == times[cut]) {
      from--;
    }
    int to = cut;
    while (to < times.length && times[to] == times[cut]) {
      to++;
    }
    return cut - from <= to - cut ? from : to;
  }

  /**
   * Each series and the rows that follow it; series that only one of them has, as they are.
   *
   * @throws DataException if rows do not follow
   */
  public SeriesPanel append(SeriesPanel next) {
    Map<String, TimeSeries> both = new LinkedHashMap<>(series);
    next.series.forEach((name, each) -> both.merge(name, each, TimeSeries::append));
    return of(both);
  }

  /** Columns, series and rows in one line. */
  @Override
  public String toString() {
    int shortest = series.values().stream().mapToInt(TimeSeries::size).min().orElseThrow();
    int most = longest().size();
    String rows =
        shortest == most
            ? most + " rows from"
            : shortest + " to " + most + " rows, the longest from";
    return "%s: %d series of %s %s to %s, one each %s"
        .formatted(
            String.join(", ", columns()),
            series.size(),
            rows,
            longest().label(0),
            longest().label(longest().size() - 1),
            step().toString().replaceFirst("^1 ", ""));
  }
}
