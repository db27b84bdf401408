package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of one series of a file, put on its step. */
final class SeriesRows {
  private static final int LINES_TO_NAME = 5;

  private final ReaderSettings settings;
  private final String source;
  private final TimeColumn times;
  private final List<NumberColumn> numbers;
  private final int[] order;
  private final int known;
  private final List<ZonedDateTime> sorted;
  private final List<Long> lines;
  private final Set<Long> leftOut;
  private final List<String> warnings = new ArrayList<>();

  /**
   * The rows from the first to the last one with a number, in the order of time.
   *
   * @param times of all rows of this series
   * @param numbers the columns, of the same rows
   * @throws DataException if there are fewer than two rows with a number
   */
  SeriesRows(ReaderSettings settings, String source, TimeColumn times, List<NumberColumn> numbers) {
    this.settings = settings;
    this.source = source;
    this.times = times;
    this.numbers = numbers;
    int rows = times.lines().size();
    if (rows < 2) {
      throw new DataException(
          "%s: there %s below the header; a series needs two at least. Add rows."
              .formatted(source, rows == 0 ? "are no rows" : "is one row"));
    }
    List<ZonedDateTime> read = times.times();
    int[] all = times.order(read);
    order = withoutEmptyEnds(all);
    known = knownRows();
    sorted = Arrays.stream(order).mapToObj(read::get).toList();
    lines = Arrays.stream(order).mapToObj(times.lines()::get).toList();
    leftOut = Arrays.stream(all).mapToObj(times.lines()::get).collect(Collectors.toSet());
    lines.subList(0, known).forEach(leftOut::remove);
  }

  /**
   * The series.
   *
   * @param others the step of other series of the file; null to find it
   * @throws DataException if a number or a row is missing and must not be, or a time is on no step
   */
  TimeSeries series(TimeStep others) {
    for (NumberColumn each : numbers) {
      each.requireNumbers(Arrays.stream(order, 0, known));
    }
    boolean counted = times.counted() == CountedTimes.INDEX;
    TimeAxis axis = new TimeAxis(source, sorted, lines, counted, others);
    TimeStep step = others == null ? find(axis) : others;
    if (step.leavesOut() && counted) {
      throw new DataException(
          "%s: the times are numbers of rows, which have no day of the week; the step is %s. Name a column with times, or give no frequency."
              .formatted(source, step));
    }
    return step.leavesOut() ? leavingOut(step, others == null) : regular(axis.places(step), step);
  }

  private TimeSeries regular(long[] places, TimeStep step) {
    checkGaps(places, step);
    boolean[][] real = new boolean[numbers.size()][];
    double[][] values = values(places, real);
    return new TimeSeries(
        sorted.get(0), times.zoned(), step, settings.columns(), values, real, times.form(step));
  }

  private TimeSeries leavingOut(TimeStep step, boolean first) {
    boolean fill = settings.missing() == Missing.INTERPOLATE;
    RowTimes left = RowTimes.of(source, sorted, lines, step, fill);
    boolean[][] real = new boolean[numbers.size()][];
    double[][] values =
        values(left.places().stream().mapToLong(Integer::longValue).toArray(), real);
    boolean isFound = first && settings.step() == null && settings.frequency() == Frequency.FOUND;
    long holidays = left.holidays(step);
    if (isFound || holidays > 0) {
      warnings.add(
          "%s: the step is %s%s%s; no rows are put in between."
              .formatted(
                  source,
                  step,
                  isFound ? ", as the times show" : "",
                  holidays == 0
                      ? ""
                      : ", and %d of its places have no row, such as holidays"
                          .formatted(holidays)));
    }
    return new TimeSeries(
        left.times(), times.zoned(), step, settings.columns(), values, real, times.form(step));
  }

  /** The numbers of each column on their places, and which of them are real. */
  private double[][] values(long[] places, boolean[][] real) {
    int rows = order.length;
    int size = Math.toIntExact(places[rows - 1] + 1);
    double[][] values = new double[numbers.size()][size];
    for (int c = 0; c < values.length; c++) {
      double[] column = values[c];
      Arrays.fill(column, Double.NaN);
      for (int i = 0; i < rows; i++) {
        column[(int) places[i]] = numbers.get(c).number(order[i]);
      }
      real[c] = new boolean[size];
      for (int row = 0; row < size; row++) {
        real[c][row] = !Double.isNaN(column[row]);
      }
      boolean ends = known < rows && settings.isOwn(numbers.get(c));
      int own = ends ? Math.toIntExact(places[known - 1] + 1) : size;
      numbers.get(c).interpolate(column, own);
      NumberColumn.hold(column, own);
    }
    warn(size - rows);
    return values;
  }

  /** What was found or put in, one sentence each. */
  List<String> warnings() {
    return warnings;
  }

  /** The step that was given, asked for, or is plain. */
  private TimeStep find(TimeAxis axis) {
    if (settings.step() != null
        && (settings.frequency() == Frequency.FOUND
            || (settings.frequency() == Frequency.WEEK && settings.step().leavesOut()))) {
      return settings.step().leavesOut() ? settings.step() : axis.step();
    }
    if (settings.frequency() == Frequency.BUSINESS_DAYS) {
      return TimeStep.businessDays();
    }
    if (settings.frequency() == Frequency.BUSINESS_MONTH_ENDS) {
      return TimeStep.businessMonthEnds(1);
    }
    TimeStep regular = axis.step();
    if (settings.frequency() == Frequency.REGULAR
        || (settings.frequency() == Frequency.FOUND && axis.isWhole(regular))) {
      return regular;
    }
    TimeStep found = axis.leavingOut(regular);
    if (found == null && settings.frequency() == Frequency.WEEK) {
      throw new DataException(
          "The times of the rows show no pattern of the week: that needs two weeks at least, places of the week without a row, and rows on nine of ten of the others. Give more rows, or another frequency.");
    }
    return found == null ? regular : found;
  }

  /** How many rows there are up to the last one in which more than what is known ahead stands. */
  private int knownRows() {
    for (int i = order.length; i > 0 && !settings.knownAhead().isEmpty(); i--) {
      int row = order[i - 1];
      if (numbers.stream()
          .filter(settings::isOwn)
          .anyMatch(column -> !Double.isNaN(column.number(row)))) {
        return i;
      }
    }
    return order.length;
  }

  /** The rows from the first to the last one with a number, in the order of time. */
  private int[] withoutEmptyEnds(int[] all) {
    int[] filled =
        IntStream.range(0, all.length)
            .filter(i -> numbers.stream().anyMatch(column -> !Double.isNaN(column.number(all[i]))))
            .toArray();
    if (filled.length < 2) {
      throw new DataException(
          "%s: %d of the %d rows hold a number; a series needs two at least. Choose other columns, or write numbers there."
              .formatted(source, filled.length, all.length));
    }
    return Arrays.copyOfRange(all, filled[0], filled[filled.length - 1] + 1);
  }

  private void checkGaps(long[] places, TimeStep step) {
    for (int i = 1; i < places.length; i++) {
      long gap = places[i] - places[i - 1] - 1;
      if (gap > 0 && settings.missing() == Missing.FAIL) {
        throw new DataException(
            "%s: between line %d and line %d, %d %s missing (the step is %s, the most frequent one). Add what is missing, or have it interpolated.%s"
                .formatted(
                    source,
                    lines.get(i - 1),
                    lines.get(i),
                    gap,
                    gap == 1 ? "row is" : "rows are",
                    step,
                    settings.zone() == null && step.unit() == TimeStep.Unit.SECONDS
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

  private void warn(int missingRows) {
    int empty = leftOut.size() - (order.length - known);
    if (empty > 0) {
      warnings.add(
          "%s: %d %s at the beginning or the end %s no number and %s left out."
              .formatted(
                  source,
                  empty,
                  empty == 1 ? "row" : "rows",
                  empty == 1 ? "holds" : "hold",
                  empty == 1 ? "is" : "are"));
    }
    if (missingRows > 0) {
      warnings.add(
          "%s: %d %s missing; %s interpolated."
              .formatted(
                  source,
                  missingRows,
                  missingRows == 1 ? "row is" : "rows are",
                  missingRows == 1 ? "its numbers are" : "their numbers are"));
    }
    for (NumberColumn column : numbers) {
      if (column.found() != null) {
        warnings.add(column.found());
      }
      List<Long> empties =
          column.missingLines().stream().filter(line -> !leftOut.contains(line)).toList();
      if (!empties.isEmpty()) {
        warnings.add(interpolated(column.name(), empties));
      }
    }
  }

  private String interpolated(String name, List<Long> cells) {
    boolean one = cells.size() == 1;
    return "%s, column \"%s\": %d %s no number and %s interpolated (%s %s%s)."
        .formatted(
            source,
            name,
            cells.size(),
            one ? "cell holds" : "cells hold",
            one ? "is" : "are",
            one ? "line" : "lines",
            cells.stream()
                .limit(LINES_TO_NAME)
                .map(String::valueOf)
                .collect(Collectors.joining(", ")),
            cells.size() > LINES_TO_NAME ? " and others" : "");
  }
}
