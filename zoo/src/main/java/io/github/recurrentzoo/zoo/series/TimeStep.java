package io.github.recurrentzoo.zoo.series;

import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Objects;

/**
 * The time from one row of a series to the next. A month is a step although months differ in
 * length, and so is a day where daylight saving makes one of 23 hours.
 *
 * @param amount how many units, 1 at least
 * @param unit the unit
 * @param monthEnd whether each row stands at the last day of its month; months only
 */
public record TimeStep(int amount, Unit unit, boolean monthEnd) {

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

  /**
   * Checks the step.
   *
   * @throws IllegalArgumentException if the amount is less than 1, or days or seconds are to stand
   *     at the end of a month
   */
  public TimeStep {
    Objects.requireNonNull(unit, "unit");
    if (amount < 1) {
      throw new IllegalArgumentException(
          "The step of time must be 1 unit at least, but is " + amount + " " + unit);
    }
    if (monthEnd && unit != Unit.MONTHS) {
      throw new IllegalArgumentException("Only steps of months can stand at the end of a month");
    }
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

  /**
   * The time some steps later.
   *
   * @param start a time
   * @param steps how many steps, also negative
   */
  public ZonedDateTime plus(ZonedDateTime start, long steps) {
    long units = steps * amount;
    return switch (unit) {
      case SECONDS, INDEX -> start.plusSeconds(units);
      case DAYS -> start.plusDays(units);
      case MONTHS -> {
        ZonedDateTime later = start.plusMonths(units);
        yield monthEnd ? later.withDayOfMonth(later.toLocalDate().lengthOfMonth()) : later;
      }
    };
  }

  /**
   * How many steps make the season that is usual for this step: a day of hours or minutes, a week
   * of days, a year of weeks, months or quarters; 1 (none) for any other and for numbered rows.
   */
  public int usualSeason() {
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
    int count = amount;
    String name = unit.name().toLowerCase(Locale.ROOT);
    if (unit == Unit.SECONDS && amount % HOUR == 0) {
      count = amount / HOUR;
      name = "hours";
    } else if (unit == Unit.SECONDS && amount % MINUTE == 0) {
      count = amount / MINUTE;
      name = "minutes";
    }
    return count + " " + (count == 1 ? name.substring(0, name.length() - 1) : name);
  }
}
