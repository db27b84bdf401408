package io.github.recurrentzoo.zoo.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a row can stand in a week, for {@link TimeStep}s that leave places out: business days,
 * opening hours.
 *
 * @param seconds from one place to the next, a divisor of a day
 * @param places counted from Monday, midnight, in ascending order
 */
record WeekPattern(int seconds, List<Integer> places) {
  static final int DAY = 86_400;
  private static final int DAYS = 7;

  /** The fraction of the places that have a row, where a pattern is found by itself. */
  private static final double FILLED = 0.9;

  /** The place of a time, or -1 if it is on none. */
  int place(ZonedDateTime time) {
    int second = (time.getDayOfWeek().getValue() - 1) * DAY + time.toLocalTime().toSecondOfDay();
    return second % seconds == 0 ? places.indexOf(second / seconds) : -1;
  }

  /**
   * The time some places later.
   *
   * @param start a time on a place, or before the next one
   */
  ZonedDateTime plus(ZonedDateTime start, long steps) {
    LocalDate monday = start.toLocalDate().with(DayOfWeek.MONDAY);
    long place = indexInWeek(start) + steps;
    long weeks = Math.floorDiv(place, places.size());
    long second = (long) places.get(Math.floorMod(place, places.size())) * seconds;
    LocalDateTime local =
        monday.plusDays(DAYS * weeks + second / DAY).atStartOfDay().plusSeconds(second % DAY);
    return ZonedDateTime.of(local, start.getZone());
  }

  /** How many places lie between two times. */
  long between(ZonedDateTime from, ZonedDateTime to) {
    long weeks =
        ChronoUnit.WEEKS.between(
            from.toLocalDate().with(DayOfWeek.MONDAY), to.toLocalDate().with(DayOfWeek.MONDAY));
    return weeks * places.size() + indexInWeek(to) - indexInWeek(from);
  }

  /** The index of a time's place in its week; of a time on none, that of the last one before. */
  private int indexInWeek(ZonedDateTime time) {
    long second = (time.getDayOfWeek().getValue() - 1L) * DAY + time.toLocalTime().toSecondOfDay();
    int index = -1;
    while (index + 1 < places.size() && (long) places.get(index + 1) * seconds <= second) {
      index++;
    }
    return index;
  }

  /** How many places there are a day, if all days that have some have as many; else 0. */
  int perDay() {
    int[] counts = new int[DAYS];
    places.forEach(place -> counts[place / (DAY / seconds)]++);
    int[] different = Arrays.stream(counts).filter(count -> count > 0).distinct().toArray();
    return different.length == 1 ? different[0] : 0;
  }

  /**
   * The places of a week on which rows stand. Null unless that is plain: two whole weeks at least,
   * some places without a row, and most of the others with one in each week.
   *
   * @param times in ascending order
   * @param seconds a divisor of a day
   */
  static WeekPattern of(List<ZonedDateTime> times, int seconds) {
    TreeSet<Integer> found = new TreeSet<>();
    for (ZonedDateTime time : times) {
      int second = (time.getDayOfWeek().getValue() - 1) * DAY + time.toLocalTime().toSecondOfDay();
      if (second % seconds != 0) {
        return null;
      }
      found.add(second / seconds);
    }
    WeekPattern pattern = new WeekPattern(seconds, List.copyOf(found));
    long expected = pattern.between(times.get(0), times.get(times.size() - 1)) + 1;
    boolean longEnough =
        ChronoUnit.DAYS.between(times.get(0), times.get(times.size() - 1)) >= 2 * DAYS - 3;
    boolean holes = found.size() < DAYS * (DAY / seconds);
    return longEnough && holes && times.size() >= FILLED * expected ? pattern : null;
  }
}
