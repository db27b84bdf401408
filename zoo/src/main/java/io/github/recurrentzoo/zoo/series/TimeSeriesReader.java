package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a time series from a CSV or TSV file.
 *
 * <pre>{@code
 * TimeSeries series =
 *     TimeSeriesReader.builder()
 *         .timeColumn("date").columns("temp_max", "wind").build()
 *         .read(Path.of("weather.csv"));
 * }</pre>
 *
 * <p>The first row of the file names the columns; columns that are not asked for may hold anything.
 * Numbers may have a decimal point or comma ({@link NumberStyle}). Times are ISO 8601 (a year, a
 * month, a date, or a date and time, with or without an offset) unless a pattern is given; a column
 * of whole numbers that are no years holds seconds or milliseconds since 1970, or else numbers of
 * rows. The step is found by itself: months (whatever their length, and also if each row stands at
 * the last day of its month), days, seconds, or numbers; the most frequent one counts. Where that
 * would leave holes, and rows stand on some places of the week only, such as business days or
 * opening hours, those are the step ({@link Frequency}).
 *
 * <p>Daylight saving, in four rules:
 *
 * <ul>
 *   <li>Times with an offset are instants. Without a zone they are shown in their common offset, or
 *       in UTC if offsets differ.
 *   <li>Local times without a zone are taken as of a clock that knows no daylight saving. Then an
 *       hour that a clock skipped is a gap, and one that it showed twice is a duplicate, and both
 *       are refused with a hint.
 *   <li>With a zone, local times are put on its time line: an hour that was skipped there is
 *       refused; of an hour that came twice, the first row is the first one. Dates without a time
 *       of day have no zone: a day needs no midnight.
 *   <li>Hours, minutes and seconds are counted on the time line, days and months on the calendar.
 * </ul>
 *
 * <p>Not for use by several threads at once.
 */
public final class TimeSeriesReader {
  private static final int MOST_WARNINGS = 8;

  private final ReaderSettings settings;
  private List<String> warnings = List.of();

  private TimeSeriesReader(ReaderSettings settings) {
    this.settings = settings;
  }

  /** Says what to read, and what to do where something is missing. */
  public static final class Builder {
    private String timeColumn = "time";
    private List<String> columns = List.of();
    private List<String> knownAhead = List.of();
    private String seriesColumn;
    private CsvFormat format = CsvFormat.DEFAULT;
    private String timePattern;
    private ZoneId zone;
    private Missing missing = Missing.FAIL;
    private NumberStyle style = NumberStyle.FOUND;
    private boolean sort;
    private Frequency frequency = Frequency.FOUND;
    private TimeStep step;

    private Builder() {}

    /** The column with the times. Default: {@code time}. */
    public Builder timeColumn(String name) {
      this.timeColumn = Objects.requireNonNull(name, "timeColumn");
      return this;
    }

    /** The columns with numbers, one at least. */
    public Builder columns(String... names) {
      return columns(Arrays.asList(names));
    }

    /** The columns with numbers, one at least. */
    public Builder columns(List<String> names) {
      this.columns = List.copyOf(names);
      return this;
    }

    /**
     * Those of the {@link #columns} that are known ahead, such as promotions: they may go on in
     * rows at the end in which all others are empty. Default: none.
     */
    public Builder knownAhead(List<String> names) {
      this.knownAhead = List.copyOf(names);
      return this;
    }

    /**
     * The column that tells several series apart, such as {@code store}: one row for each time and
     * series. Default: none, one series.
     */
    public Builder seriesColumn(String name) {
      this.seriesColumn = name;
      return this;
    }

    /** How the file is written. Default: {@link CsvFormat#DEFAULT}. */
    public Builder format(CsvFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * The character between two fields, in place of that of the {@link #format}.
     *
     * @throws IllegalArgumentException if it is a quote or a line break
     */
    public Builder delimiter(char character) {
      return format(format.withDelimiter(character));
    }

    /**
     * How times are written, as a pattern of {@link java.time.format.DateTimeFormatter}, such as
     * {@code dd.MM.yyyy HH:mm}. Default: ISO 8601.
     */
    public Builder timePattern(String pattern) {
      this.timePattern = Objects.requireNonNull(pattern, "timePattern");
      return this;
    }

    /** The time zone of the times. Default: none. */
    public Builder zone(ZoneId zone) {
      this.zone = Objects.requireNonNull(zone, "zone");
      return this;
    }

    /** What to do where a number or a whole row is missing. Default: {@link Missing#FAIL}. */
    public Builder missing(Missing missing) {
      this.missing = Objects.requireNonNull(missing, "missing");
      return this;
    }

    /** How numbers are written. Default: {@link NumberStyle#FOUND}. */
    public Builder numbers(NumberStyle style) {
      this.style = Objects.requireNonNull(style, "numbers");
      return this;
    }

    /** Whether rows may stand in any order and are sorted by time. Default: false, refused. */
    public Builder sort(boolean sort) {
      this.sort = sort;
      return this;
    }

    /** Which times have a row. Default: {@link Frequency#FOUND}. */
    public Builder frequency(Frequency frequency) {
      this.frequency = Objects.requireNonNull(frequency, "frequency");
      return this;
    }

    /**
     * The step of a model that the series is read for, so that a short one is read in the same way
     * as the one that the model has learned from. Default: none; the step is found.
     */
    public Builder step(TimeStep step) {
      this.step = step;
      return this;
    }

    /**
     * Makes the reader.
     *
     * @throws DataException if there are no columns, one is named twice, or the pattern is none
     */
    public TimeSeriesReader build() {
      if (columns.isEmpty()) {
        throw new DataException(
            "There is no column to read numbers from; expected one at least. Name the target.");
      }
      if (columns.contains(timeColumn) || new HashSet<>(columns).size() < columns.size()) {
        throw new DataException(
            "The columns %s and the time column \"%s\" name a column twice; expected different ones. Name each once."
                .formatted(columns, timeColumn));
      }
      if (!columns.containsAll(knownAhead) || knownAhead.containsAll(columns)) {
        throw new DataException(
            "The columns %s are known ahead; expected some of the columns %s, and not all. Name others."
                .formatted(knownAhead, columns));
      }
      try {
        return new TimeSeriesReader(
            new ReaderSettings(
                timeColumn,
                columns,
                knownAhead,
                seriesColumn,
                format,
                new TimeParser(timePattern),
                zone,
                missing,
                style,
                sort,
                frequency,
                step));
      } catch (IllegalArgumentException e) {
        throw new DataException(
            "\"%s\" is no pattern of times (%s). Write one such as dd.MM.yyyy HH:mm."
                .formatted(timePattern, e.getMessage()),
            e);
      }
    }
  }

  /** Starts with the time column {@code time} and no other. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a file.
   *
   * @param file a CSV or TSV file whose first row names the columns
   * @return a regular series without gaps, with the columns in the order of the options
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  public TimeSeries read(Path file) {
    if (settings.seriesColumn() != null) {
      throw new DataException(
          "The column \"%s\" tells several series apart; read a panel of series."
              .formatted(settings.seriesColumn()));
    }
    warnings = List.of();
    SeriesFile read = SeriesFile.read(file, settings);
    SeriesRows rows = new SeriesRows(settings, read.source(), read.times(), read.numbers());
    TimeSeries series = rows.series(null);
    warnings = List.copyOf(rows.warnings());
    return series;
  }

  /**
   * Reads many series from one file, which the {@link Builder#seriesColumn} tells apart. One that
   * has fewer than two rows with a number is left out, with a {@link #warnings warning}.
   *
   * @param file a CSV or TSV file whose first row names the columns
   * @return regular series without gaps, in the order in which their names come first
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  public SeriesPanel readPanel(Path file) {
    if (settings.seriesColumn() == null) {
      throw new DataException("No column tells the series apart; name one as the series column.");
    }
    warnings = List.of();
    SeriesFile read = SeriesFile.read(file, settings);
    Map<String, List<Integer>> rows = rowsByName(read);
    List<String> names = new ArrayList<>(rows.keySet());
    names.sort(Comparator.comparingInt(name -> -rows.get(name).size()));
    Map<String, TimeSeries> series = new HashMap<>();
    List<String> found = new ArrayList<>(read.notes());
    TimeStep step = null;
    for (String name : names) { // the longest shows the step
      int[] own = rows.get(name).stream().mapToInt(Integer::intValue).toArray();
      TimeSeries one = series(read, name, own, step, found);
      if (one != null) {
        series.put(name, one);
        step = one.step();
      }
    }
    if (names.isEmpty()) {
      throw new DataException(read.source() + ": there are no rows below the header. Add rows.");
    }
    if (series.isEmpty()) {
      throw new DataException(
          "%s: no series has two rows with a number. Name other columns, or write numbers there."
              .formatted(read.source()));
    }
    Map<String, TimeSeries> inOrder = new LinkedHashMap<>();
    rows.keySet().stream()
        .filter(series::containsKey)
        .forEach(name -> inOrder.put(name, series.get(name)));
    warnings =
        found.size() <= MOST_WARNINGS
            ? List.copyOf(found)
            : Stream.concat(
                    found.stream().limit(MOST_WARNINGS),
                    Stream.of("%d more such notes.".formatted(found.size() - MOST_WARNINGS)))
                .toList();
    return SeriesPanel.of(inOrder);
  }

  /** The rows of each series, in the order of the file. */
  private Map<String, List<Integer>> rowsByName(SeriesFile read) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < read.names().size(); row++) {
      String name = read.names().get(row).strip();
      if (name.isEmpty()) {
        throw new DataException(
            "%s, line %d, column \"%s\": the cell is empty; expected the name of a series. Write one there, or take the row out."
                .formatted(read.source(), read.times().lines().get(row), settings.seriesColumn()));
      }
      rows.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  /** One of many series, or null if it is too short. */
  private TimeSeries series(
      SeriesFile read, String name, int[] own, TimeStep step, List<String> found) {
    List<NumberColumn> numbers = read.numbers().stream().map(column -> column.part(own)).toList();
    if (isTooShort(numbers, own.length)) {
      found.add(
          "series \"%s\": fewer than two of its rows hold a number, or a column holds none; it is left out."
              .formatted(name));
      return null;
    }
    try {
      SeriesRows rows = new SeriesRows(settings, read.source(), read.times().part(own), numbers);
      TimeSeries one = rows.series(step);
      rows.warnings().stream()
          .map(warning -> "series \"%s\": %s".formatted(name, warning))
          .forEach(found::add);
      return one;
    } catch (DataException e) {
      throw new DataException("Series \"%s\": %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Whether fewer than two rows hold more than what is known ahead, or a column holds nothing. */
  private boolean isTooShort(List<NumberColumn> numbers, int rows) {
    List<NumberColumn> own = numbers.stream().filter(settings::isOwn).toList();
    IntStream filled =
        IntStream.range(0, rows)
            .filter(row -> own.stream().anyMatch(column -> !Double.isNaN(column.number(row))));
    return filled.count() < 2
        || own.stream()
            .anyMatch(
                column ->
                    IntStream.range(0, rows).allMatch(row -> Double.isNaN(column.number(row))));
  }

  /**
   * What the last read found or put in by itself: one sentence per finding, ready to print; empty
   * if numbers have a decimal point and none was missing.
   */
  public List<String> warnings() {
    return warnings;
  }
}
