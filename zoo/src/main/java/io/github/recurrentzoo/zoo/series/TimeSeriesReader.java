package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
  private static final int LINES_TO_NAME = 5;
  private static final int MOST_WARNINGS = 8;

  private final String timeColumn;
  private final List<String> columns;
  private final List<String> knownAhead;
  private final String seriesColumn;
  private final CsvFormat format;
  private final TimeParser parser;
  private final ZoneId zone;
  private final Missing missing;
  private final NumberStyle style;
  private final boolean sort;
  private final Frequency frequency;
  private final TimeStep given;
  private List<String> warnings = List.of();

  private TimeSeriesReader(Builder builder, TimeParser parser) {
    this.timeColumn = builder.timeColumn;
    this.columns = builder.columns;
    this.knownAhead = builder.knownAhead;
    this.seriesColumn = builder.seriesColumn;
    this.format = builder.format;
    this.zone = builder.zone;
    this.missing = builder.missing;
    this.style = builder.style;
    this.sort = builder.sort;
    this.frequency = builder.frequency;
    this.given = builder.step;
    this.parser = parser;
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
        return new TimeSeriesReader(this, new TimeParser(timePattern));
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
    if (seriesColumn != null) {
      throw new DataException(
          "The column \"%s\" tells several series apart; read a panel of series."
              .formatted(seriesColumn));
    }
    File read = file(file);
    return series(read.source, read.times, read.numbers, null);
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
    if (seriesColumn == null) {
      throw new DataException("No column tells the series apart; name one as the series column.");
    }
    File read = file(file);
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < read.names.size(); row++) {
      String name = read.names.get(row).strip();
      if (name.isEmpty()) {
        throw new DataException(
            "%s, line %d, column \"%s\": the cell is empty; expected the name of a series. Write one there, or take the row out."
                .formatted(read.source, read.times.lines().get(row), seriesColumn));
      }
      rows.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
    }
    List<String> names = new ArrayList<>(rows.keySet());
    names.sort(Comparator.comparingInt(name -> -rows.get(name).size()));
    Map<String, TimeSeries> series = new HashMap<>();
    List<String> found = new ArrayList<>(notes(read));
    TimeStep step = null;
    for (String name : names) { // the longest shows the step
      int[] own = rows.get(name).stream().mapToInt(Integer::intValue).toArray();
      List<NumberColumn> numbers = read.numbers.stream().map(column -> column.part(own)).toList();
      if (isTooShort(numbers, own.length)) {
        found.add(
            "series \"%s\": fewer than two of its rows hold a number, or a column holds none; it is left out."
                .formatted(name));
        continue;
      }
      try {
        TimeSeries one = series(read.source, read.times.part(own), numbers, step);
        series.put(name, one);
        step = one.step();
      } catch (DataException e) {
        throw new DataException("Series \"%s\": %s".formatted(name, e.getMessage()), e);
      }
      warnings.stream()
          .map(warning -> "series \"%s\": %s".formatted(name, warning))
          .forEach(found::add);
    }
    if (names.isEmpty()) {
      throw new DataException(read.source + ": there are no rows below the header. Add rows.");
    }
    if (series.isEmpty()) {
      throw new DataException(
          "%s: no series has two rows with a number. Name other columns, or write numbers there."
              .formatted(read.source));
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

  /** Whether fewer than two rows hold more than what is known ahead, or a column holds nothing. */
  private boolean isTooShort(List<NumberColumn> numbers, int rows) {
    List<NumberColumn> own =
        numbers.stream().filter(column -> !knownAhead.contains(column.name())).toList();
    IntStream filled =
        IntStream.range(0, rows)
            .filter(row -> own.stream().anyMatch(column -> !Double.isNaN(column.number(row))));
    return filled.count() < 2
        || own.stream()
            .anyMatch(
                column ->
                    IntStream.range(0, rows).allMatch(row -> Double.isNaN(column.number(row))));
  }

  private static List<String> notes(File read) {
    return read.numbers.stream().map(NumberColumn::found).filter(Objects::nonNull).toList();
  }

  /** The columns of a file, before they are put on a step. */
  private record File(
      String source, TimeColumn times, List<NumberColumn> numbers, List<String> names) {}

  private File file(Path file) {
    warnings = List.of();
    try (CsvTable csv = CsvTable.open(file, format)) {
      String source = file.toString();
      int timeIndex = csv.column(timeColumn, "time");
      int nameIndex = seriesColumn == null ? -1 : csv.column(seriesColumn, "series");
      int[] indices = columns.stream().mapToInt(name -> csv.column(name, "number")).toArray();
      TimeColumn times = new TimeColumn(source, timeColumn, parser, zone, sort);
      List<String> names = new ArrayList<>();
      List<NumberColumn> numbers =
          columns.stream().map(name -> new NumberColumn(source, name, missing, style)).toList();
      for (CsvTable.Row row = csv.next(); row != null; row = csv.next()) {
        times.add(row.line(), row.fields().get(timeIndex));
        if (nameIndex >= 0) {
          names.add(row.fields().get(nameIndex));
        }
        for (int c = 0; c < indices.length; c++) {
          numbers.get(c).add(row.line(), row.fields().get(indices[c]));
        }
      }
      times.read();
      if (!knownAhead.isEmpty()) {
        numbers.stream()
            .filter(column -> !knownAhead.contains(column.name()))
            .forEach(NumberColumn::mayEndEarly);
      }
      numbers.forEach(column -> column.read(csv.delimiter()));
      return new File(source, times, numbers, names);
    }
  }

  private TimeSeries series(
      String source, TimeColumn column, List<NumberColumn> numbers, TimeStep others) {
    int rows = column.lines().size();
    if (rows < 2) {
      throw new DataException(
          "%s: there %s below the header; a series needs two at least. Add rows."
              .formatted(source, rows == 0 ? "are no rows" : "is one row"));
    }
    List<ZonedDateTime> times = column.times();
    int[] all = column.order(times);
    int[] order = withoutEmptyEnds(source, all, numbers);
    rows = order.length;
    Set<Long> leftOut =
        Arrays.stream(all).mapToObj(column.lines()::get).collect(Collectors.toSet());
    Arrays.stream(order).mapToObj(column.lines()::get).forEach(leftOut::remove);
    List<ZonedDateTime> sorted = Arrays.stream(order).mapToObj(times::get).toList();
    List<Long> lines = Arrays.stream(order).mapToObj(column.lines()::get).toList();
    int known = knownRows(order, numbers);
    for (NumberColumn each : numbers) {
      each.requireNumbers(Arrays.stream(order, 0, known));
    }
    TimeAxis axis =
        new TimeAxis(source, sorted, lines, column.counted() == CountedTimes.INDEX, others);
    TimeStep step = others == null ? step(axis) : others;
    if (step.leavesOut() && column.counted() == CountedTimes.INDEX) {
      throw new DataException(
          "%s: the times are numbers of rows, which have no day of the week; the step is %s. Name a column with times, or give no frequency."
              .formatted(source, step));
    }
    RowTimes left =
        step.leavesOut()
            ? RowTimes.of(source, sorted, lines, step, missing == Missing.INTERPOLATE)
            : null;
    long[] places =
        left == null
            ? axis.places(step)
            : left.places().stream().mapToLong(Integer::longValue).toArray();
    if (left == null) {
      checkGaps(source, places, lines, step);
    }
    int size = Math.toIntExact(places[rows - 1] + 1);
    double[][] values = new double[numbers.size()][size];
    boolean[][] real = new boolean[numbers.size()][size];
    for (int c = 0; c < values.length; c++) {
      Arrays.fill(values[c], Double.NaN);
      for (int i = 0; i < rows; i++) {
        values[c][(int) places[i]] = numbers.get(c).number(order[i]);
      }
      for (int row = 0; row < size; row++) {
        real[c][row] = !Double.isNaN(values[c][row]);
      }
      boolean ends = known < rows && !knownAhead.contains(columns.get(c));
      int own = ends ? Math.toIntExact(places[known - 1] + 1) : size;
      numbers.get(c).interpolate(values[c], own);
      NumberColumn.hold(values[c], own);
    }
    Arrays.stream(order, known, rows).mapToObj(column.lines()::get).forEach(leftOut::add);
    warnings = warnings(source, size - rows, numbers, leftOut, rows - known);
    if (left == null) {
      return new TimeSeries(
          sorted.get(0), column.zoned(), step, columns, values, real, column.form(step));
    }
    boolean isFound = others == null && given == null && frequency == Frequency.FOUND;
    if (isFound || left.holidays(step) > 0) {
      noteStep(source, step, isFound, left.holidays(step));
    }
    return new TimeSeries(
        left.times(), column.zoned(), step, columns, values, real, column.form(step));
  }

  private void noteStep(String source, TimeStep step, boolean isFound, long holidays) {
    List<String> found = new ArrayList<>(warnings);
    found.add(
        "%s: the step is %s%s%s; no rows are put in between."
            .formatted(
                source,
                step,
                isFound ? ", as the times show" : "",
                holidays == 0
                    ? ""
                    : ", and %d of its places have no row, such as holidays".formatted(holidays)));
    warnings = List.copyOf(found);
  }

  /** The step that was given, asked for, or is plain. */
  private TimeStep step(TimeAxis axis) {
    if (given != null
        && (frequency == Frequency.FOUND || (frequency == Frequency.WEEK && given.leavesOut()))) {
      return given.leavesOut() ? given : axis.step();
    }
    if (frequency == Frequency.BUSINESS_DAYS) {
      return TimeStep.businessDays();
    }
    if (frequency == Frequency.BUSINESS_MONTH_ENDS) {
      return TimeStep.businessMonthEnds(1);
    }
    TimeStep regular = axis.step();
    if (frequency == Frequency.REGULAR || (frequency == Frequency.FOUND && axis.isWhole(regular))) {
      return regular;
    }
    TimeStep found = axis.leavingOut(regular);
    if (found == null && frequency == Frequency.WEEK) {
      throw new DataException(
          "The times of the rows show no pattern of the week: that needs two weeks at least, places of the week without a row, and rows on nine of ten of the others. Give more rows, or another frequency.");
    }
    return found == null ? regular : found;
  }

  /** How many rows there are up to the last one in which more than what is known ahead stands. */
  private int knownRows(int[] order, List<NumberColumn> numbers) {
    if (knownAhead.isEmpty()) {
      return order.length;
    }
    for (int i = order.length; i > 0; i--) {
      int row = order[i - 1];
      if (numbers.stream()
          .filter(column -> !knownAhead.contains(column.name()))
          .anyMatch(column -> !Double.isNaN(column.number(row)))) {
        return i;
      }
    }
    return order.length;
  }

  /** The rows from the first to the last one with a number, in the order of time. */
  private static int[] withoutEmptyEnds(String source, int[] order, List<NumberColumn> numbers) {
    int[] filled =
        IntStream.range(0, order.length)
            .filter(
                i -> numbers.stream().anyMatch(column -> !Double.isNaN(column.number(order[i]))))
            .toArray();
    if (filled.length < 2) {
      throw new DataException(
          "%s: %d of the %d rows hold a number; a series needs two at least. Choose other columns, or write numbers there."
              .formatted(source, filled.length, order.length));
    }
    return Arrays.copyOfRange(order, filled[0], filled[filled.length - 1] + 1);
  }

  private void checkGaps(String source, long[] places, List<Long> lines, TimeStep step) {
    for (int i = 1; i < places.length; i++) {
      long gap = places[i] - places[i - 1] - 1;
      if (gap > 0 && missing == Missing.FAIL) {
        throw new DataException(
            "%s: between line %d and line %d, %d %s missing (the step is %s, the most frequent one). Add what is missing, or have it interpolated.%s"
                .formatted(
                    source,
                    lines.get(i - 1),
                    lines.get(i),
                    gap,
                    gap == 1 ? "row is" : "rows are",
                    step,
                    zone == null && step.unit() == TimeStep.Unit.SECONDS
                        ? " If clocks were set forward here, give the time zone of the local times."
                        : ""));
      }
      if (gap > places.length) {
        throw new DataException(
            "%s: between line %d and line %d, %d rows are missing, more than there are (the step is %s, the most frequent one). Correct the times."
                .formatted(source, lines.get(i - 1), lines.get(i), gap, step));
      }
    }
  }

  private List<String> warnings(
      String source,
      int missingRows,
      List<NumberColumn> numbers,
      Set<Long> leftOut,
      int rowsAhead) {
    List<String> found = new ArrayList<>();
    int empty = leftOut.size() - rowsAhead;
    if (empty > 0) {
      found.add(
          "%s: %d %s at the beginning or the end %s no number and %s left out."
              .formatted(
                  source,
                  empty,
                  empty == 1 ? "row" : "rows",
                  empty == 1 ? "holds" : "hold",
                  empty == 1 ? "is" : "are"));
    }
    if (missingRows > 0) {
      found.add(
          "%s: %d %s missing; %s interpolated."
              .formatted(
                  source,
                  missingRows,
                  missingRows == 1 ? "row is" : "rows are",
                  missingRows == 1 ? "its numbers are" : "their numbers are"));
    }
    for (NumberColumn column : numbers) {
      if (column.found() != null) {
        found.add(column.found());
      }
      List<Long> lines =
          column.missingLines().stream().filter(line -> !leftOut.contains(line)).toList();
      if (!lines.isEmpty()) {
        found.add(
            "%s, column \"%s\": %d %s no number and %s interpolated (%s %s%s)."
                .formatted(
                    source,
                    column.name(),
                    lines.size(),
                    lines.size() == 1 ? "cell holds" : "cells hold",
                    lines.size() == 1 ? "is" : "are",
                    lines.size() == 1 ? "line" : "lines",
                    lines.stream()
                        .limit(LINES_TO_NAME)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")),
                    lines.size() > LINES_TO_NAME ? " and others" : ""));
      }
    }
    return List.copyOf(found);
  }

  /**
   * What the last read found or put in by itself: one sentence per finding, ready to print; empty
   * if numbers have a decimal point and none was missing.
   */
  public List<String> warnings() {
    return warnings;
  }
}
