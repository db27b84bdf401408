package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The time column of a file: puts the written times on the time line, in the order of the file. */
final class TimeColumn {
  private static final int MANY = 20;

  private static final String SEVERAL =
      "if the file holds several series, name the column that tells them apart (--series-column)";

  private final String source;
  private final String column;
  private final TimeParser parser;
  private final ZoneId zone;
  private final boolean sort;
  private final List<String> texts = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private final List<TimeParser.Written> written = new ArrayList<>();
  private CountedTimes counted;
  private boolean dates;

  /**
   * An empty column.
   *
   * @param zone where local times are meant, or null
   * @param sort whether rows may stand in any order
   */
  TimeColumn(String source, String column, TimeParser parser, ZoneId zone, boolean sort) {
    this.source = source;
    this.column = column;
    this.parser = parser;
    this.zone = zone;
    this.sort = sort;
  }

  void add(long line, String field) {
    texts.add(field.strip());
    lines.add(line);
  }

  /**
   * Reads the times.
   *
   * @throws DataException if one cannot be read, or they are not alike
   */
  void read() {
    counted = parser.isIso() ? CountedTimes.of(texts) : null;
    if (counted == null) {
      for (int row = 0; row < texts.size(); row++) {
        read(row);
      }
      dates =
          written.stream()
              .allMatch(
                  time ->
                      time.offset() == null
                          && time.local().toLocalTime().equals(LocalTime.MIDNIGHT));
    } else if (counted == CountedTimes.INDEX && CountedTimes.areCompactDates(texts)) {
      throw new DataException(
          "%s \"%s\" can be a date or the number of a row. Give the pattern of the times, such as yyyyMMdd, or write dates as 2024-01-31."
              .formatted(at(lines.get(0)), texts.get(0)));
    }
  }

  private void read(int row) {
    String text = texts.get(row);
    long line = lines.get(row);
    TimeParser.Written time;
    try {
      time = parser.parse(text);
    } catch (DateTimeException e) {
      throw new DataException(
          "%s \"%s\" is no time that can be read; expected one such as 2024-03-31, 2024-03 or 2024-03-31 14:00. Correct it, or give the pattern of the times, such as dd.MM.yyyy."
              .formatted(at(line), text),
          e);
    }
    if (!time.local().truncatedTo(ChronoUnit.SECONDS).equals(time.local())) {
      throw new DataException(
          "%s \"%s\" has fractions of a second; expected whole seconds. Round the times."
              .formatted(at(line), text));
    }
    if (!written.isEmpty() && (time.offset() == null) != (written.get(0).offset() == null)) {
      throw new DataException(
          "%s \"%s\" %s an offset from UTC, but the rows before %s; expected all times alike."
              .formatted(
                  at(line),
                  text,
                  time.offset() == null ? "has not" : "has",
                  time.offset() == null ? "have one" : "have none"));
    }
    written.add(time);
  }

  /** Some rows of a column that was read, in their order. */
  TimeColumn part(int[] rows) {
    TimeColumn part = new TimeColumn(source, column, parser, zone, sort);
    for (int row : rows) {
      part.add(lines.get(row), texts.get(row));
      if (counted == null) {
        part.written.add(written.get(row));
      }
    }
    part.counted = counted;
    part.dates = dates;
    return part;
  }

  List<Long> lines() {
    return lines;
  }

  /** What the numbers mean if the column holds no times, or null. */
  CountedTimes counted() {
    return counted;
  }

  /**
   * Whether the times are on the time line, rather than local times of no zone. Dates are local,
   * whatever the zone: a day needs no midnight, which some zones skip when clocks go forward.
   */
  boolean zoned() {
    return counted == null
        ? !dates && (zone != null || written.get(0).offset() != null)
        : counted != CountedTimes.INDEX;
  }

  /**
   * Writes times as the file does, with an offset from UTC where they would be ambiguous without.
   */
  Function<ZonedDateTime, String> form(TimeStep step) {
    if (counted != null) {
      return counted::text;
    }
    String longest = texts.stream().max(Comparator.comparingInt(String::length)).orElseThrow();
    boolean offset =
        zoned() && step.unit() == TimeStep.Unit.SECONDS && written.get(0).offset() == null;
    return parser.form(longest, offset)::format;
  }

  /** The times, in the order of the file. */
  List<ZonedDateTime> times() {
    if (counted != null) {
      ZoneId shown = zone == null || counted == CountedTimes.INDEX ? ZoneOffset.UTC : zone;
      return texts.stream().map(text -> counted.time(Long.parseLong(text), shown)).toList();
    }
    ZoneId common = zone == null ? writtenZone() : zone;
    List<ZonedDateTime> times = new ArrayList<>(written.size());
    for (int i = 0; i < written.size(); i++) {
      TimeParser.Written time = written.get(i);
      times.add(
          time.offset() != null
              ? time.local().atOffset(time.offset()).atZoneSameInstant(common)
              : zone == null || dates
                  ? time.local().atZone(ZoneOffset.UTC)
                  : onTimeLine(i, times.isEmpty() ? null : times.get(i - 1)));
    }
    return times;
  }

  /** The offset that all times have, else UTC. */
  private ZoneId writtenZone() {
    ZoneOffset first = written.get(0).offset();
    return first != null && written.stream().allMatch(time -> first.equals(time.offset()))
        ? first
        : ZoneOffset.UTC;
  }

  /** A local time of the zone; of two hours of one name the first that is after the row before. */
  private ZonedDateTime onTimeLine(int i, ZonedDateTime before) {
    LocalDateTime local = written.get(i).local();
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition jump = zone.getRules().getTransition(local);
      throw new DataException(
          "%s there is no %s in %s: clocks went from %s to %s. Correct the time, or give no zone if the clock knew no daylight saving."
              .formatted(
                  at(lines.get(i)),
                  texts.get(i),
                  zone,
                  jump.getDateTimeBefore().toLocalTime(),
                  jump.getDateTimeAfter().toLocalTime()));
    }
    if (offsets.size() > 1 && sort) {
      throw new DataException(
          "%s there are two %s in %s, and with rows in any order nothing tells which one is meant. Sort the file, or write times with their offset."
              .formatted(at(lines.get(i)), texts.get(i), zone));
    }
    ZonedDateTime time = ZonedDateTime.ofStrict(local, offsets.get(0), zone);
    return offsets.size() > 1 && before != null && !time.toInstant().isAfter(before.toInstant())
        ? ZonedDateTime.ofStrict(local, offsets.get(1), zone)
        : time;
  }

  /**
   * The rows in the order of time.
   *
   * @throws DataException if two rows have the same time, or rows are not in order and must be
   */
  int[] order(List<ZonedDateTime> times) {
    if (!sort) {
      for (int i = 1; i < times.size(); i++) {
        if (times.get(i).toInstant().isBefore(times.get(i - 1).toInstant())) {
          throw unsorted(i);
        }
      }
    }
    int[] order =
        IntStream.range(0, times.size())
            .boxed()
            .sorted((a, b) -> times.get(a).toInstant().compareTo(times.get(b).toInstant()))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 1; i < order.length; i++) {
      if (times.get(order[i]).toInstant().equals(times.get(order[i - 1]).toInstant())) {
        throw duplicate(order[i - 1], order[i]);
      }
    }
    return order;
  }

  private DataException unsorted(int row) {
    return new DataException(
        "%s %s comes after %s in line %d; expected rows in the order of time. %s"
            .formatted(
                at(lines.get(row)),
                texts.get(row),
                texts.get(row - 1),
                lines.get(row - 1),
                timesRepeat()
                    ? "Many times repeat: "
                        + SEVERAL
                        + "; otherwise sort the file, or ask for rows to be sorted (--sort)."
                    : clocksMayHaveChanged()
                        ? "If clocks were set back here, give the time zone of the local times (--time-zone); otherwise sort the file, or ask for rows to be sorted (--sort)."
                        : "Sort the file, or ask for rows to be sorted (--sort)."));
  }

  /** More than clocks that are set back would make. */
  private boolean timesRepeat() {
    return texts.size() >= MANY && texts.stream().distinct().count() < 0.9 * texts.size();
  }

  private boolean clocksMayHaveChanged() {
    return counted == null && !zoned() && !dates;
  }

  private DataException duplicate(int first, int second) {
    List<ZoneOffset> offsets =
        counted == null && zoned() && written.get(second).offset() == null
            ? zone.getRules().getValidOffsets(written.get(second).local())
            : List.of();
    if (offsets.size() == 2 && written.stream().filter(written.get(second)::equals).count() == 2) {
      return new DataException(
          "%s the time %s is in line %d already. Clocks in %s showed this hour twice, and where its readings come in turn nothing tells the first hour from the second. Keep both rows, and write times with their offset from UTC, such as %s and %s, or put all rows of the first hour before those of the second."
              .formatted(
                  at(lines.get(second)),
                  texts.get(second),
                  lines.get(first),
                  zone,
                  written.get(second).local() + offsets.get(0).getId(),
                  written.get(second).local() + offsets.get(1).getId()));
    }
    return new DataException(
        "%s the time %s is in line %d already; expected each time once. %s"
            .formatted(
                at(lines.get(second)),
                texts.get(second),
                lines.get(first),
                timesRepeat()
                    ? "Many times repeat: " + SEVERAL + "; otherwise keep one row of each time."
                    : (clocksMayHaveChanged()
                            ? "If clocks were set back here, give the time zone of the local times (--time-zone). "
                            : "")
                        + "If both rows are the same reading, take one out; "
                        + SEVERAL
                        + "."));
  }

  private String at(long line) {
    return "%s, line %d, column \"%s\":".formatted(source, line, column);
  }
}
