package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the step of a row of times, and the place of each time in it.
 *
 * <p>If all times have the same day of the month, or all are last days of their months, steps are
 * months; else, if all have the same local time, days; else seconds. Where clocks skip midnight,
 * the first time of that day counts as midnight. The step is the most frequent distance from one
 * time to the next, the shortest of these if several are as frequent; each other distance must be a
 * multiple of it.
 */
final class TimeAxis {
  private static final int MONTHS_OF_YEAR = 12;

  private final String source;
  private final List<ZonedDateTime> times;
  private final List<Long> lines;
  private final TimeStep.Unit unit;
  private final boolean monthEnd;
  private final boolean sameClock;

  /**
   * Looks at times.
   *
   * @param source the file, for messages
   * @param times in ascending order, no two of them equal, two at least
   * @param lines where they stand in the file
   * @param index whether the times are numbers of rows
   * @param expected the step of other series of the same file, or null
   */
  TimeAxis(
      String source,
      List<ZonedDateTime> times,
      List<Long> lines,
      boolean index,
      TimeStep expected) {
    this.source = source;
    this.times = times;
    this.lines = lines;
    LocalTime clock = times.get(0).toLocalTime();
    int day = times.get(0).getDayOfMonth();
    this.sameClock = !index && times.stream().allMatch(time -> isAt(clock, time));
    boolean sameDay = times.stream().allMatch(time -> time.getDayOfMonth() == day);
    boolean lastDays =
        times.stream().allMatch(time -> time.getDayOfMonth() == time.toLocalDate().lengthOfMonth());
    this.monthEnd = !index && sameClock && lastDays;
    this.unit =
        expected != null
            ? expected.unit()
            : index
                ? TimeStep.Unit.INDEX
                : sameClock && (sameDay || lastDays)
                    ? TimeStep.Unit.MONTHS
                    : sameClock ? TimeStep.Unit.DAYS : TimeStep.Unit.SECONDS;
  }

  /** Where clocks skip midnight, the first time of the day is meant. */
  private static boolean isAt(LocalTime clock, ZonedDateTime time) {
    return time.toLocalTime().equals(clock)
        || (clock.equals(LocalTime.MIDNIGHT)
            && time.equals(time.toLocalDate().atStartOfDay(time.getZone())));
  }

  /**
   * The step.
   *
   * @throws DataException if it is longer than can be counted, 68 years in seconds
   */
  TimeStep step() {
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 1; i < times.size(); i++) {
      counts.merge(units(times.get(i - 1), times.get(i)), 1, Integer::sum);
    }
    long best = 0;
    for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
      int ahead = best == 0 ? 1 : entry.getValue() - counts.get(best);
      if (ahead > 0 || (ahead == 0 && entry.getKey() < best)) {
        best = entry.getKey();
      }
    }
    if (best > Integer.MAX_VALUE) {
      throw new DataException(
          "%s: the step, the most frequent distance from one time to the next, is %d %s; expected %d at most. Correct the times, or write all of them with the same time of the day, so that steps are days or months."
              .formatted(source, best, unit.name().toLowerCase(Locale.ROOT), Integer.MAX_VALUE));
    }
    return new TimeStep(Math.toIntExact(best), unit, monthEnd);
  }

  /**
   * The place of each time, counted in steps from the first one.
   *
   * @throws DataException if a time is no whole number of steps away
   */
  long[] places(TimeStep step) {
    long[] places = new long[times.size()];
    for (int i = 1; i < places.length; i++) {
      long units = units(times.get(i - 1), times.get(i));
      places[i] = places[i - 1] + units / step.amount();
      if (units % step.amount() != 0
          || !step.plus(times.get(0), places[i]).toInstant().equals(times.get(i).toInstant())) {
        throw new DataException(
            "%s, line %d: the time %s is no whole number of steps after that of line %d, %s; the step is %s, the most frequent one. Correct the time, take the row out, or bring the series to equal steps.%s"
                .formatted(
                    source,
                    lines.get(i),
                    text(times.get(i)),
                    lines.get(i - 1),
                    text(times.get(i - 1)),
                    step,
                    unit == TimeStep.Unit.SECONDS
                        ? " If daylight saving is the reason, give the time zone."
                        : ""));
      }
    }
    return places;
  }

  /** Whether rows with this step leave no hole. */
  boolean isWhole(TimeStep step) {
    for (int i = 1; i < times.size(); i++) {
      if (units(times.get(i - 1), times.get(i)) != step.amount()
          || !step.plus(times.get(0), i).toInstant().equals(times.get(i).toInstant())) {
        return false;
      }
    }
    return true;
  }

  /**
   * A step that leaves places of the week out, or null if none is plain.
   *
   * @param step the most frequent distance
   */
  TimeStep leavingOut(TimeStep step) {
    if (unit == TimeStep.Unit.INDEX || (!sameClock && unit != TimeStep.Unit.SECONDS)) {
      return null;
    }
    if (sameClock) {
      TimeStep ends = businessMonthEnds();
      return ends == null ? days() : ends;
    }
    WeekPattern pattern =
        WeekPattern.DAY % step.amount() == 0 ? WeekPattern.of(times, step.amount()) : null;
    return pattern == null
        ? null
        : new TimeStep(step.amount(), TimeStep.Unit.SECONDS, false, pattern.places());
  }

  private TimeStep days() {
    WeekPattern pattern =
        WeekPattern.of(
            times.stream().map(time -> time.truncatedTo(ChronoUnit.DAYS)).toList(),
            WeekPattern.DAY);
    return pattern == null || pattern.places().size() < 2
        ? null
        : new TimeStep(1, TimeStep.Unit.DAYS, false, pattern.places());
  }

  /** Null unless there are twelve rows at least, each at the last business days of its month. */
  private TimeStep businessMonthEnds() {
    long amount = months(times.get(1)) - months(times.get(0));
    if (times.size() < MONTHS_OF_YEAR || amount < 1 || amount > MONTHS_OF_YEAR) {
      return null;
    }
    TimeStep step = TimeStep.businessMonthEnds((int) amount);
    for (int i = 0; i < times.size(); i++) {
      if (!step.allows(times.get(i))
          || (i > 0 && months(times.get(i)) - months(times.get(i - 1)) != amount)) {
        return null;
      }
    }
    return step;
  }

  private long units(ZonedDateTime from, ZonedDateTime to) {
    return switch (unit) {
      case SECONDS, INDEX -> Duration.between(from, to).toSeconds();
      case DAYS -> ChronoUnit.DAYS.between(from.toLocalDate(), to.toLocalDate());
      case MONTHS -> months(to) - months(from);
    };
  }

  private static long months(ZonedDateTime time) {
    return (long) time.getYear() * MONTHS_OF_YEAR + time.getMonthValue();
  }

  private String text(ZonedDateTime time) {
    if (unit == TimeStep.Unit.INDEX) {
      return CountedTimes.INDEX.text(time);
    }
    LocalDateTime local = time.toLocalDateTime();
    return local.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? local.toLocalDate().toString()
        : local.toString().replace('T', ' ');
  }
}
