package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Named columns of numbers over time: one row per step of time, no gaps, each number finite.
 *
 * <p>Each number is real or was interpolated where the file had none ({@link #isReal}).
 *
 * <p>Times are kept as a start and a step, with a zone. A series of plain dates or of local times
 * without a zone is kept in UTC, as by a clock that knows no daylight saving, and shown without an
 * offset. Immutable, safe for use by many threads.
 */
public final class TimeSeries {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final ZonedDateTime start;
  // Rows are counted from the start of the series that this one is a part of: from a February 28
  // one cannot tell that months were counted from a 31st.
  private final int first;
  // The times of all rows where the step leaves places out; else null.
  private final List<ZonedDateTime> times;
  private final boolean zoned;
  private final TimeStep step;
  private final List<String> columns;
  private final double[][] values;
  private final boolean[][] real;
  private final Function<ZonedDateTime, String> form;

  /** Takes the arrays as they are: values[column][row], real[column][row]. */
  TimeSeries(
      ZonedDateTime start,
      boolean zoned,
      TimeStep step,
      List<String> columns,
      double[][] values,
      boolean[][] real,
      Function<ZonedDateTime, String> form) {
    this(start, 0, null, zoned, step, columns, values, real, form);
  }

  /** The same with the time of each row, for steps that leave places of the week out. */
  TimeSeries(
      List<ZonedDateTime> times,
      boolean zoned,
      TimeStep step,
      List<String> columns,
      double[][] values,
      boolean[][] real,
      Function<ZonedDateTime, String> form) {
    this(times.get(0), 0, List.copyOf(times), zoned, step, columns, values, real, form);
  }

  private TimeSeries(
      ZonedDateTime start,
      int first,
      List<ZonedDateTime> times,
      boolean zoned,
      TimeStep step,
      List<String> columns,
      double[][] values,
      boolean[][] real,
      Function<ZonedDateTime, String> form) {
    this.start = start;
    this.first = first;
    this.times = times;
    this.zoned = zoned;
    this.step = step;
    this.columns = List.copyOf(columns);
    this.values = values;
    this.real = real;
    this.form = form;
  }

  /**
   * A series of numbers that are there already, by date.
   *
   * @param start the date of the first row
   * @param step from one row to the next
   * @param columns the numbers of each column, by name, all of one length
   * @throws DataException if there are none, lengths differ, or a number is not finite
   */
  public static TimeSeries of(LocalDate start, TimeStep step, Map<String, double[]> columns) {
    return of(start.atStartOfDay(ZoneOffset.UTC), false, step, columns);
  }

  /**
   * A series of numbers that are there already, by time.
   *
   * @param start the time of the first row
   * @param step from one row to the next
   * @param columns the numbers of each column, by name, all of one length
   * @throws DataException if there are none, lengths differ, or a number is not finite
   */
  public static TimeSeries of(ZonedDateTime start, TimeStep step, Map<String, double[]> columns) {
    return of(start, true, step, columns);
  }

  private static TimeSeries of(
      ZonedDateTime start, boolean zoned, TimeStep step, Map<String, double[]> columns) {
    Map<String, double[]> copies = new LinkedHashMap<>();
    columns.forEach((name, numbers) -> copies.put(name, numbers.clone()));
    if (copies.isEmpty() || copies.values().iterator().next().length == 0) {
      throw new DataException(
          "The series has no numbers; expected one column with one row at least.");
    }
    int size = copies.values().iterator().next().length;
    copies.forEach((name, numbers) -> check(name, numbers, size));
    boolean[][] real = new boolean[copies.size()][size];
    for (boolean[] column : real) {
      Arrays.fill(column, true);
    }
    List<ZonedDateTime> times =
        step.leavesOut()
            ? IntStream.range(0, size).mapToObj(row -> step.plus(start, row)).toList()
            : null;
    if (step.leavesOut() && !step.allows(start)) {
      throw new DataException(
          "The series begins at %s, a %s; the step is %s. Give another start or step."
              .formatted(start.toLocalDate(), start.getDayOfWeek(), step));
    }
    return new TimeSeries(
        start,
        0,
        times,
        zoned,
        step,
        new ArrayList<>(copies.keySet()),
        copies.values().toArray(double[][]::new),
        real,
        form(start, zoned, step));
  }

  /** Dates where the steps allow it, else local times, with an offset if they have a zone. */
  private static Function<ZonedDateTime, String> form(
      ZonedDateTime start, boolean zoned, TimeStep step) {
    if (step.unit() == TimeStep.Unit.INDEX) {
      return CountedTimes.INDEX::text;
    }
    if (step.unit() != TimeStep.Unit.SECONDS && start.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return time -> time.toLocalDate().toString();
    }
    boolean minutes = start.getSecond() == 0 && step.plus(start, 1).getSecond() == 0;
    return time ->
        (minutes ? MINUTES : SECONDS).format(time.toLocalDateTime())
            + (zoned ? " " + time.getOffset() : "");
  }

  private static void check(String name, double[] numbers, int size) {
    if (numbers.length != size) {
      throw new DataException(
          "Column \"%s\" has %d rows, but another one has %d; expected columns of one length."
              .formatted(name, numbers.length, size));
    }
    for (int row = 0; row < size; row++) {
      if (!Double.isFinite(numbers[row])) {
        throw new DataException(
            "Column \"%s\", row %d (from 0): %s is no finite number. Put one there."
                .formatted(name, row, numbers[row]));
      }
    }
  }

  /** The number of rows. */
  public int size() {
    return values[0].length;
  }

  /** The step of time from one row to the next. */
  public TimeStep step() {
    return step;
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The numbers of a column, as a copy.
   *
   * @param name one of {@link #columns()}
   * @throws DataException if there is no such column
   */
  public double[] column(String name) {
    return values[index(name)].clone();
  }

  /**
   * Which numbers of a column are real, row by row; the others were missing and are interpolated.
   *
   * @param name one of {@link #columns()}
   * @return a copy
   * @throws DataException if there is no such column
   */
  public boolean[] isReal(String name) {
    return real[index(name)].clone();
  }

  private int index(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new DataException(
          "The series has no column \"%s\"; its columns are %s. Name one of them, or read the column, too."
              .formatted(name, columns));
    }
    return index;
  }

  /**
   * The time of a row, also of rows to come: {@code time(size())} is the first one after the end.
   *
   * @param row counted from 0
   */
  public ZonedDateTime time(int row) {
    if (times == null) {
      return step.plus(start, (long) first + row);
    }
    return row < times.size()
        ? times.get(row)
        : step.plus(times.get(times.size() - 1), row - times.size() + 1L);
  }

  /** Whether the times have a zone of their own, rather than being local times of no zone. */
  public boolean zoned() {
    return zoned;
  }

  /**
   * The time of a row in the form that the file has: a date, a local time, a number. A time of day
   * in a zone has its offset from UTC.
   *
   * @param row counted from 0, also beyond the end
   */
  public String label(int row) {
    return form.apply(time(row));
  }

  /**
   * Some rows.
   *
   * @param from the first row
   * @param to the row behind the last one
   */
  public TimeSeries rows(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    if (from == to) {
      throw new IllegalArgumentException("A series needs one row at least, but there is none");
    }
    double[][] part = new double[values.length][];
    boolean[][] partReal = new boolean[values.length][];
    for (int c = 0; c < part.length; c++) {
      part[c] = Arrays.copyOfRange(values[c], from, to);
      partReal[c] = Arrays.copyOfRange(real[c], from, to);
    }
    return times == null
        ? new TimeSeries(start, first + from, null, zoned, step, columns, part, partReal, form)
        : new TimeSeries(times.subList(from, to), zoned, step, columns, part, partReal, form);
  }

  /**
   * How many rows there are up to the last one in which one of these columns is real. Behind them,
   * only what is known ahead is there.
   *
   * @param names some of {@link #columns()}
   * @throws DataException if there is no such column, or none of them is real in any row
   */
  public int knownRows(List<String> names) {
    for (int row = size() - 1; row >= 0; row--) {
      for (String name : names) {
        if (real[index(name)][row]) {
          return row + 1;
        }
      }
    }
    throw new DataException(
        "None of the columns %s has a number that is real; expected one at least. Give rows with numbers."
            .formatted(names));
  }

  /**
   * The same series with other numbers in one column.
   *
   * @param name one of {@link #columns()}
   * @param change gives the number that takes the place of another one; finite
   */
  public TimeSeries withColumn(String name, DoubleUnaryOperator change) {
    double[][] changed = values.clone();
    changed[index(name)] = Arrays.stream(values[index(name)]).map(change).toArray();
    return with(times, changed, real);
  }

  /** How many rows lie before a time. */
  int rowsBefore(Instant time) {
    int rows = 0;
    while (rows < size() && time(rows).toInstant().isBefore(time)) {
      rows++;
    }
    return rows;
  }

  /**
   * This series and rows behind it of which only some columns are known, such as the prices of the
   * days to come. The other columns hold their last number there, which is not real ({@link
   * #isReal}).
   *
   * @param known the numbers of some columns, by name, all of one length
   * @throws DataException if there is no such column, lengths differ, or a number is not finite
   */
  public TimeSeries ahead(Map<String, double[]> known) {
    if (known.isEmpty()) {
      throw new DataException(
          "No column is known ahead; expected one of %s at least.".formatted(columns));
    }
    int rows = known.values().iterator().next().length;
    double[][] all = new double[values.length][];
    boolean[][] allReal = new boolean[values.length][];
    for (int c = 0; c < all.length; c++) {
      all[c] = Arrays.copyOf(values[c], size() + rows);
      Arrays.fill(all[c], size(), all[c].length, values[c][size() - 1]);
      allReal[c] = Arrays.copyOf(real[c], size() + rows);
    }
    known.forEach(
        (name, numbers) -> {
          check(name, numbers, rows);
          System.arraycopy(numbers, 0, all[index(name)], size(), rows);
          Arrays.fill(allReal[index(name)], size(), size() + rows, true);
        });
    return with(timesTo(size() + rows), all, allReal);
  }

  private TimeSeries with(List<ZonedDateTime> all, double[][] numbers, boolean[][] isReal) {
    return new TimeSeries(start, first, all, zoned, step, columns, numbers, isReal, form);
  }

  /** The times of this many rows, or null if steps leave nothing out. */
  private List<ZonedDateTime> timesTo(int rows) {
    return times == null ? null : IntStream.range(0, rows).mapToObj(this::time).toList();
  }

  /**
   * Cuts the series in two, in the order of time.
   *
   * @param past rows to learn from
   * @param test the rows that follow
   */
  public record Split(TimeSeries past, TimeSeries test) {}

  /**
   * Cuts off the end.
   *
   * @param fraction of the rows that are cut off, in (0, 1), rounded to whole rows
   * @throws DataException if one of the parts would be empty
   */
  public Split split(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "The fraction of rows to cut off must be in (0, 1), but is " + fraction);
    }
    int test = (int) Math.round(size() * fraction);
    if (test == 0 || test == size()) {
      throw new DataException(
          "The series has %d rows, too few to cut off the fraction %s. Give more rows."
              .formatted(size(), fraction));
    }
    return new Split(rows(0, size() - test), rows(size() - test, size()));
  }

  /**
   * This series and the rows that follow it.
   *
   * @param next a series of the same columns and step whose first row is the next one
   * @throws DataException if it does not follow
   */
  public TimeSeries append(TimeSeries next) {
    if (!columns.equals(next.columns) || !step.equals(next.step)) {
      throw new DataException(
          "A series of %s by %s cannot follow one of %s by %s; expected the same columns and step."
              .formatted(next.columns, next.step, columns, step));
    }
    if (!goesOnAt(next.time(0))) {
      throw new DataException(
          "The series that begins at %s does not follow the one that ends at %s; expected %s. Give the rows between."
              .formatted(next.label(0), label(size() - 1), label(size())));
    }
    int size = size() + next.size();
    double[][] all = new double[values.length][];
    boolean[][] allReal = new boolean[values.length][];
    for (int c = 0; c < all.length; c++) {
      all[c] = Arrays.copyOf(values[c], size);
      System.arraycopy(next.values[c], 0, all[c], size(), next.size());
      allReal[c] = Arrays.copyOf(real[c], size);
      System.arraycopy(next.real[c], 0, allReal[c], size(), next.size());
    }
    List<ZonedDateTime> both = times == null ? null : new ArrayList<>(times);
    if (both != null) {
      both.addAll(next.timesTo(next.size()));
    }
    return with(both, all, allReal);
  }

  /** Whether a series may follow: at the next step, or after holidays of a week at most. */
  private boolean goesOnAt(ZonedDateTime next) {
    ZonedDateTime expected = time(size());
    if (times == null) {
      return expected.toInstant().equals(next.toInstant());
    }
    long late = step.between(expected, next);
    boolean same = step.unit() == TimeStep.Unit.MONTHS || expected.equals(next);
    return late == 0 ? same : late > 0 && late <= step.week().size();
  }

  /** Columns, rows and times in one line. */
  @Override
  public String toString() {
    return "%s: %d rows from %s to %s, %s"
        .formatted(String.join(", ", columns), size(), label(0), label(size() - 1), eachStep());
  }

  private String eachStep() {
    String words = step.toString();
    return step.unit() == TimeStep.Unit.INDEX
        ? "numbered in steps of " + words
        : "one each " + (words.startsWith("1 ") ? words.substring(2) : words);
  }
}
