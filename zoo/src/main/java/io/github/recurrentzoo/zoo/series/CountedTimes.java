package io.github.recurrentzoo.zoo.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** What a column of whole numbers means where times are expected. */
enum CountedTimes {

  /** Numbers of rows, 1, 2, 3 ...: no time at all, but an order with a step. */
  INDEX,

  /** Seconds since 1970-01-01 in UTC, from 1973 to 2286. */
  UNIX_SECONDS,

  /** Milliseconds since 1970-01-01 in UTC, from 1973 to 2286. */
  UNIX_MILLISECONDS;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}");
  private static final long FIRST_SECOND = 100_000_000L;
  private static final long BEHIND_LAST_SECOND = 10_000_000_000L;
  private static final int MILLIS = 1000;
  private static final int FIRST_YEAR = 1500;
  private static final int LAST_YEAR = 2199;

  /**
   * What the column means; null if it is not of whole numbers, or if they are years from 1500 to
   * 2199.
   */
  static CountedTimes of(List<String> texts) {
    if (texts.isEmpty() || !texts.stream().allMatch(text -> NUMBER.matcher(text).matches())) {
      return null;
    }
    long[] numbers = texts.stream().mapToLong(Long::parseLong).toArray();
    if (within(numbers, FIRST_YEAR, LAST_YEAR + 1)
        && texts.stream().allMatch(text -> text.length() == 4)) {
      return null;
    }
    if (within(numbers, FIRST_SECOND, BEHIND_LAST_SECOND)) {
      return UNIX_SECONDS;
    }
    return within(numbers, FIRST_SECOND * MILLIS, BEHIND_LAST_SECOND * MILLIS)
        ? UNIX_MILLISECONDS
        : INDEX;
  }

  /** Whether all are dates such as 20240131, which look like numbers of rows. */
  static boolean areCompactDates(List<String> texts) {
    return texts.stream().allMatch(CountedTimes::isCompactDate);
  }

  private static boolean isCompactDate(String text) {
    try {
      int year = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).getYear();
      return text.length() == 8 && year >= FIRST_YEAR && year <= LAST_YEAR;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean within(long[] numbers, long from, long to) {
    for (long number : numbers) {
      if (number < from || number >= to) {
        return false;
      }
    }
    return true;
  }

  /** The place of a number on the time line; a number of a row counts as seconds. */
  ZonedDateTime time(long number, ZoneId zone) {
    Instant instant =
        this == UNIX_MILLISECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    return instant.atZone(zone);
  }

  /** The number of a time. */
  String text(ZonedDateTime time) {
    return Long.toString(
        this == UNIX_MILLISECONDS ? time.toInstant().toEpochMilli() : time.toEpochSecond());
  }
}
