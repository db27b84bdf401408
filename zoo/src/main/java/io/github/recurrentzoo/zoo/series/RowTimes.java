package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows of a file stand in a series whose step leaves places of the week out. A day
 * without any row is none of the series: a holiday. Rows that lack within a day are missing.
 *
 * @param times of all rows of the series
 * @param places of the rows of the file among them
 */
record RowTimes(List<ZonedDateTime> times, List<Integer> places) {

  /**
   * Places the rows of a file.
   *
   * @param source the file, for messages
   * @param written in ascending order
   * @param lines where they stand in the file
   * @param fill whether rows that are missing within a day are put in, rather than refused
   * @throws DataException if a time is none that the step allows, two rows are on one place, or
   *     rows are missing
   */
  static RowTimes of(
      String source, List<ZonedDateTime> written, List<Long> lines, TimeStep step, boolean fill) {
    List<ZonedDateTime> times = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      ZonedDateTime time = written.get(i);
      if (!step.allows(time)) {
        throw new DataException(
            "%s, line %d: there is no row expected at %s %s; the step is %s. Correct the time, take the row out, or give another frequency."
                .formatted(source, lines.get(i), text(time), time.getDayOfWeek(), step));
      }
      if (i > 0 && !step.leads(written.get(i - 1), time)) {
        throw new DataException(
            "%s, line %d: %s is no whole number of steps, one at least, after %s in line %d; the step is %s. Take the row out, or give another frequency."
                .formatted(
                    source,
                    lines.get(i),
                    text(time),
                    text(written.get(i - 1)),
                    lines.get(i - 1),
                    step));
      }
      if (i > 0) {
        List<ZonedDateTime> lacking = lacking(written.get(i - 1), time, step);
        if (!lacking.isEmpty() && !fill) {
          throw new DataException(
              "%s: between line %d and line %d, %d %s missing (the step is %s). Add what is missing, or have it interpolated."
                  .formatted(
                      source,
                      lines.get(i - 1),
                      lines.get(i),
                      lacking.size(),
                      lacking.size() == 1 ? "row is" : "rows are",
                      step));
        }
        times.addAll(lacking);
      }
      places.add(times.size());
      times.add(time);
    }
    return new RowTimes(times, places);
  }

  private static String text(ZonedDateTime time) {
    return time.toLocalDateTime().toString().replace('T', ' ');
  }

  /** The places between two rows that are on the day of one of them; of months, all. */
  private static List<ZonedDateTime> lacking(ZonedDateTime from, ZonedDateTime to, TimeStep step) {
    List<ZonedDateTime> lacking = new ArrayList<>();
    for (long k = 1; k < step.between(from, to); k++) {
      ZonedDateTime time = step.plus(from, k);
      if (step.unit() == TimeStep.Unit.MONTHS
          || time.toLocalDate().equals(from.toLocalDate())
          || time.toLocalDate().equals(to.toLocalDate())) {
        lacking.add(time);
      }
    }
    return lacking;
  }

  /** How many places between the first and the last row have none and are left out. */
  long holidays(TimeStep step) {
    return step.between(times.get(0), times.get(times.size() - 1)) + 1 - times.size();
  }
}
