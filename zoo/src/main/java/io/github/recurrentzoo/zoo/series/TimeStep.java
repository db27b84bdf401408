package io.github.recurrentzoo.zoo.series;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The time from one row of a series to the next. A month is a step although months differ in
 * length, and so is a day where daylight saving makes one of 23 hours.
 *
 * @param amount how many units, 1 at least
 * @param unit the unit
 * @param monthEnd whether each row stands at the last day of its month; months only
 * @param week where in a week rows stand if not everywhere, in ascending order: the weekdays from
 *     0, Monday, for days, and for months that end on the last of them; for seconds the places of a
 *     week in steps of the amount, from Monday, midnight; empty for all
 */
public record TimeStep(int amount, Unit unit, boolean monthEnd, List<Integer> week) {

  /** What steps are counted in. */
  public enum Unit {
    /** Of the time line: daylight saving does not change them. */
    SECONDS,
    /** Of the calendar: the same time on the next day. */
    DAYS,
    /** Of the calendar: the same day in the next month. */
    MONTHS,
    /** Of no time at all: rows are numbered, and a number is kept as that second since 1970. */
    INDEX
  }

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24;
  private static final List<Integer> BUSINESS = List.of(0, 1, 2, 3, 4);

  /**
   * Checks the step.
   *
   * @throws IllegalArgumentException if the amount is less than 1, days or seconds are to stand at
   *     the end of a month, or the places of the week are none
   */
  public TimeStep {
    week = week == null ? List.of() : List.copyOf(week); // files of before there were any
    Objects.requireNonNull(unit, "unit");
    if (amount < 1) {
      throw new IllegalArgumentException(
          "The step of time must be 1 unit at least, but is " + amount + " " + unit);
    }
    if (monthEnd && unit != Unit.MONTHS) {
      throw new IllegalArgumentException("Only steps of months can stand at the end of a month");
    }
    if (!week.isEmpty()) {
      checkWeek(amount, unit, monthEnd, week);
    }
  }

  private static void checkWeek(int amount, Unit unit, boolean monthEnd, List<Integer> week) {
    boolean possible =
        switch (unit) {
          case DAYS -> amount == 1;
          case SECONDS -> WeekPattern.DAY % amount == 0;
          case MONTHS -> monthEnd;
          case INDEX -> false;
        };
    int places = unit == Unit.SECONDS && possible ? 7 * (WeekPattern.DAY / amount) : 7;
    for (int i = 0; i < week.size(); i++) {
      possible &= week.get(i) >= (i == 0 ? 0 : week.get(i - 1) + 1) && week.get(i) < places;
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "Places of a week %s are impossible for steps of %d %s; expected numbers from 0 to %d in ascending order, for single days, for parts of a day, or for month ends"
              .formatted(week, amount, unit, places - 1));
    }
  }

  /** A step on all places of the week. */
  public TimeStep(int amount, Unit unit, boolean monthEnd) {
    this(amount, unit, monthEnd, List.of());
  }

  /** A number of hours. */
  public static TimeStep hours(int hours) {
    return new TimeStep(Math.multiplyExact(hours, HOUR), Unit.SECONDS, false);
  }

  /** A number of minutes. */
  public static TimeStep minutes(int minutes) {
    return new TimeStep(Math.multiplyExact(minutes, MINUTE), Unit.SECONDS, false);
  }

  /** A number of days. */
  public static TimeStep days(int days) {
    return new TimeStep(days, Unit.DAYS, false);
  }

  /** A number of months. */
  public static TimeStep months(int months) {
    return new TimeStep(months, Unit.MONTHS, false);
  }

  /** From one day from Monday to Friday to the next. */
  public static TimeStep businessDays() {
    return new TimeStep(1, Unit.DAYS, false, BUSINESS);
  }

  /** From the last day from Monday to Friday of a month to that of a later one. */
  public static TimeStep businessMonthEnds(int months) {
    return new TimeStep(months, Unit.MONTHS, true, BUSINESS);
  }

  /** Whether rows stand on some places of a week only. */
  public boolean leavesOut() {
    return !week.isEmpty();
  }

  private WeekPattern pattern() {
    return new WeekPattern(unit == Unit.DAYS ? WeekPattern.DAY : amount, week);
  }

  /** Whether a row can stand at a time. Business month ends may be days early, for a holiday. */
  boolean allows(ZonedDateTime time) {
    if (week.isEmpty()) {
      return true;
    }
    if (unit == Unit.MONTHS) {
      LocalDate last = lastOfMonth(time).toLocalDate();
      return week.contains(time.getDayOfWeek().getValue() - 1)
          && ChronoUnit.DAYS.between(time.toLocalDate(), last) <= EARLY;
    }
    ZonedDateTime day = unit == Unit.DAYS ? time.truncatedTo(ChronoUnit.DAYS) : time;
    return pattern().place(day) >= 0;
  }

  private static final int EARLY = 4;

  private ZonedDateTime lastOfMonth(ZonedDateTime time) {
    ZonedDateTime day = time.withDayOfMonth(time.toLocalDate().lengthOfMonth());
    while (leavesOut() && !week.contains(day.getDayOfWeek().getValue() - 1)) {
      day = day.minusDays(1);
    }
    return day;
  }

  /** How many places of the week lie between two times, where some are left out. */
  long between(ZonedDateTime from, ZonedDateTime to) {
    return unit == Unit.MONTHS ? months(from, to) / amount : pattern().between(from, to);
  }

  /** Whether a whole number of steps, one at least, leads from one time to another. */
  boolean leads(ZonedDateTime from, ZonedDateTime to) {
    return between(from, to) >= 1 && (unit != Unit.MONTHS || months(from, to) % amount == 0);
  }

  private static long months(ZonedDateTime from, ZonedDateTime to) {
    return ChronoUnit.MONTHS.between(
        from.toLocalDate().withDayOfMonth(1), to.toLocalDate().withDayOfMonth(1));
  }

  /**
   * The time some steps later.
   *
   * @param start a time
   * @param steps how many steps, also negative
   */
  public ZonedDateTime plus(ZonedDateTime start, long steps) {
    long units = steps * amount;
    return switch (unit) {
      case SECONDS -> leavesOut() ? pattern().plus(start, steps) : start.plusSeconds(units);
      case INDEX -> start.plusSeconds(units);
      case DAYS -> leavesOut() ? onDay(start, steps) : start.plusDays(units);
      case MONTHS -> {
        ZonedDateTime later = start.plusMonths(units);
        yield monthEnd ? lastOfMonth(later) : later;
      }
    };
  }

  /** The same time of the day, some of the days of the week later. */
  private ZonedDateTime onDay(ZonedDateTime start, long steps) {
    LocalDate day = pattern().plus(start.truncatedTo(ChronoUnit.DAYS), steps).toLocalDate();
    return ZonedDateTime.of(day, start.toLocalTime(), start.getZone());
  }

  /**
   * How many steps make the season that is usual for this step: a day of hours or minutes, a week
   * of days, a year of weeks, months or quarters; 1 (none) for any other and for numbered rows.
   * Where places of a week are left out, a day or a week of those that are not.
   */
  public int usualSeason() {
    if (leavesOut() && unit != Unit.MONTHS) {
      int perDay = unit == Unit.SECONDS ? pattern().perDay() : 0;
      return perDay > 1 ? perDay : week.size();
    }
    return switch (unit) {
      case SECONDS -> DAY * HOUR % amount == 0 ? DAY * HOUR / amount : 1;
      case DAYS -> amount == 1 ? 7 : amount == 7 ? 52 : 1;
      case MONTHS -> 12 % amount == 0 ? 12 / amount : 1;
      case INDEX -> 1;
    };
  }

  /** In words, such as {@code 1 day}, {@code 15 minutes}, {@code 3 months}; a number alone. */
  @Override
  public String toString() {
    if (unit == Unit.INDEX) {
      return Integer.toString(amount);
    }
    if (leavesOut() && (unit == Unit.DAYS || unit == Unit.MONTHS)) {
      String days =
          week.equals(BUSINESS) ? "business " : unit == Unit.DAYS ? week.size() + "-day-week " : "";
      return unit == Unit.DAYS
          ? "1 " + days + "day"
          : amount + " " + days + (amount == 1 ? "month end" : "month ends");
    }
    int count = amount;
    String name = unit.name().toLowerCase(Locale.ROOT);
    if (unit == Unit.SECONDS && amount % HOUR == 0) {
      count = amount / HOUR;
      name = "hours";
    } else if (unit == Unit.SECONDS && amount % MINUTE == 0) {
      count = amount / MINUTE;
      name = "minutes";
    }
    String step = count + " " + (count == 1 ? name.substring(0, name.length() - 1) : name);
    return leavesOut()
        ? "%s, on %d of %d places of a week"
            .formatted(step, week.size(), 7 * (WeekPattern.DAY / amount))
        : step;
  }
}
