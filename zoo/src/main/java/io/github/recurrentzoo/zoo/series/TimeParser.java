package io.github.recurrentzoo.zoo.series;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** Reads times: ISO 8601 by default, or by a pattern. */
final class TimeParser {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("uuuu[-MM[-dd['T'HH:mm[:ss]][ HH:mm[:ss]]]]")
          .appendOptional(
              new DateTimeFormatterBuilder()
                  .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                  .toFormatter(Locale.ROOT))
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final DateTimeFormatter format;

  /**
   * A parser.
   *
   * @param pattern a pattern of {@link DateTimeFormatter}, or null for ISO 8601
   * @throws IllegalArgumentException if the pattern is none
   */
  TimeParser(String pattern) {
    // Checks are strict, so that there is no 31 February; then "y" would need an era, "u" does not.
    this.format =
        pattern == null
            ? ISO
            : DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * A time as it is written.
   *
   * @param local date and time; midnight if there is no time, the first day if there is none
   * @param offset from UTC, or null if none is written
   */
  record Written(LocalDateTime local, ZoneOffset offset) {}

  /**
   * Reads a time.
   *
   * @throws DateTimeException if it is none
   */
  Written parse(String text) {
    TemporalAccessor parsed = format.parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null) {
      date =
          LocalDate.of(
              parsed.get(ChronoField.YEAR),
              parsed.isSupported(ChronoField.MONTH_OF_YEAR)
                  ? parsed.get(ChronoField.MONTH_OF_YEAR)
                  : 1,
              1);
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return new Written(
        date.atTime(time == null ? LocalTime.MIDNIGHT : time),
        parsed.query(TemporalQueries.offset()));
  }
}
