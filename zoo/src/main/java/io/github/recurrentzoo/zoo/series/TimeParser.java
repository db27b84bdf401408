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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern ISO_PARTS =
      Pattern.compile(
          "\\d{4}(-\\d\\d)?(-\\d\\d)?(?:([Tt ])\\d\\d:\\d\\d(:\\d\\d)?)?(\\.\\d+)?([Zz]|[+-].*)?");

  private final boolean iso;
  private final DateTimeFormatter format;

  /**
   * A parser.
   *
   * @param pattern a pattern of {@link DateTimeFormatter}, or null for ISO 8601
   * @throws IllegalArgumentException if the pattern is none
   */
  TimeParser(String pattern) {
    // Checks are strict, so that there is no 31 February; then "y" would need an era, "u" does not.
    this.iso = pattern == null;
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

  /** Whether times are ISO 8601, rather than of a pattern. */
  boolean isIso() {
    return iso;
  }

  /**
   * Writes times in the form of one that was read.
   *
   * @param text a time that this parser reads
   * @param offset whether to add the offset from UTC
   */
  DateTimeFormatter form(String text, boolean offset) {
    if (!iso) {
      return offset
          ? new DateTimeFormatterBuilder()
              .append(format)
              .appendPattern(" XXX")
              .toFormatter(Locale.ENGLISH)
          : format;
    }
    Matcher parts = ISO_PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not ISO 8601");
    }
    String pattern =
        "uuuu"
            + (parts.group(1) == null ? "" : "-MM")
            + (parts.group(2) == null ? "" : "-dd")
            + (parts.group(3) == null ? "" : "'" + parts.group(3) + "'HH:mm")
            + (parts.group(4) == null ? "" : ":ss")
            + (parts.group(5) == null ? "" : "." + "S".repeat(parts.group(5).length() - 1));
    String zone = parts.group(6);
    if (zone != null) {
      pattern += zone.length() == 1 || zone.contains(":") ? "XXX" : "X";
    } else if (offset) {
      pattern += " ".equals(parts.group(3)) ? " XXX" : "XXX";
    }
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
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
