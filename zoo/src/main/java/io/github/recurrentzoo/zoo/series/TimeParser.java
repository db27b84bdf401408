package io.github.recurrentzoo.zoo.series;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
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

  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2024, 10, 31, 13, 45, 30, 0, ZoneOffset.UTC);

  private static final List<ChronoField> PARTS_OF_TIME =
      List.of(ChronoField.HOUR_OF_AMPM, ChronoField.CLOCK_HOUR_OF_AMPM, ChronoField.MINUTE_OF_HOUR);

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
            : DateTimeFormatter.ofPattern(yearsWithoutEra(pattern), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    refuseTimesWithoutHour();
  }

  /** The pattern with "u" for "y", but for text in quotes. */
  private static String yearsWithoutEra(String pattern) {
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      text.append(c == 'y' && !quoted ? 'u' : c);
    }
    return text.toString();
  }

  /** Refuses a pattern that reads parts of a time of day which do not make one, as hh:mm does. */
  private void refuseTimesWithoutHour() {
    TemporalAccessor parsed;
    try {
      parsed = format.parse(format.format(SAMPLE));
    } catch (DateTimeException e) {
      return; // What the pattern writes it cannot read; the times of the file will tell.
    }
    if (parsed.query(TemporalQueries.localTime()) == null
        && PARTS_OF_TIME.stream().anyMatch(parsed::isSupported)) {
      throw new IllegalArgumentException(
          "it reads parts of a time of day, but no hour from 0 to 23, which is HH; hh needs an a for AM or PM, and months are MM");
    }
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
      date = LocalDate.of(parsed.get(ChronoField.YEAR), month(parsed), 1);
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return new Written(
        date.atTime(time == null ? LocalTime.MIDNIGHT : time),
        parsed.query(TemporalQueries.offset()));
  }

  private static int month(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.MONTH_OF_YEAR)) {
      return parsed.get(ChronoField.MONTH_OF_YEAR);
    }
    return parsed.isSupported(IsoFields.QUARTER_OF_YEAR)
        ? Math.toIntExact(3 * parsed.getLong(IsoFields.QUARTER_OF_YEAR) - 2)
        : 1;
  }
}
