package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Cases;
import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Business days, opening hours, and other places of the week. */
class FrequencyTest {

  @TempDir Path folder;

  private static TimeSeriesReader.Builder reader() {
    return TimeSeriesReader.builder().columns("y");
  }

  /** Rows at those hours, from Monday, 1 January 2024, that a rule lets pass. */
  private Path hours(int days, Predicate<LocalDateTime> rule) throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,y"));
    LocalDateTime first = LocalDate.of(2024, 1, 1).atStartOfDay();
    for (int hour = 0; hour < 24 * days; hour++) {
      LocalDateTime time = first.plusHours(hour);
      if (rule.test(time)) {
        lines.add(time.toString().replace('T', ' ') + "," + hour);
      }
    }
    return Files.write(folder.resolve("hours.csv"), lines);
  }

  private Path days(int days, Predicate<LocalDate> rule) throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,y"));
    for (int day = 0; day < days; day++) {
      LocalDate date = LocalDate.of(2024, 1, 1).plusDays(day);
      if (rule.test(date)) {
        lines.add(date + "," + day);
      }
    }
    return Files.write(folder.resolve("days.csv"), lines);
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek().getValue() > 5;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "business.csv     | Date | Close  | 250 | 1 business day                        | 2022-12-28       | 5",
        "lastbusiness.csv | time | v      | 120 | 1 business month end                  | 2022-01-31       | 12",
        "open.csv         | time | visits | 199 | 1 hour, on 77 of 168 places of a week | 2024-03-19 11:00 | 11",
        "integer.csv      | t    | v      | 199 | 1                                     | 200              | 1",
        "epoch.csv        | t    | v      | 199 | 1 minute                              | 1700012000       | 1440",
      })
  void findsThePatternAndPutsNoRowsIn(
      String file, String time, String column, int rows, String step, String next, int season) {
    TimeSeries series =
        TimeSeriesReader.builder().timeColumn(time).columns(column).build().read(Cases.file(file));
    assertEquals(rows, series.size());
    assertEquals(step, series.step().toString());
    assertEquals(next, series.label(rows));
    assertEquals(season, series.step().usualSeason());
    // Parts keep their times, and go on.
    TimeSeries.Split split = series.split(0.2);
    assertEquals(series.label(rows - 1), split.test().label(split.test().size() - 1));
    assertEquals(series.toString(), split.past().append(split.test()).toString());
    assertEquals(next, split.past().append(split.test()).label(rows));
    assertEquals(
        series.label(rows + 4),
        series.ahead(Map.of(column, new double[] {1, 2, 3})).label(rows + 4));
  }

  @Test
  void businessDaysGoOnBehindAWeekendAndHolidaysStayOut() throws IOException {
    LocalDate holiday = LocalDate.of(2024, 1, 15);
    TimeSeriesReader reader = reader().build();
    TimeSeries series = reader.read(days(26, date -> !isWeekend(date) && !date.equals(holiday)));
    assertEquals(19, series.size());
    assertEquals("2024-01-16", series.label(10));
    assertEquals("2024-01-26", series.label(18));
    assertEquals("2024-01-29", series.label(19));
    assertEquals("2024-02-05", series.label(24));
    assertEquals(TimeStep.businessDays(), series.step());
    assertTrue(
        reader
            .warnings()
            .get(0)
            .endsWith(
                "the step is 1 business day, as the times show, and 1 of its places have no row, such as holidays; no rows are put in between."),
        reader.warnings().toString());
    assertEquals(
        "y: 19 rows from 2024-01-01 to 2024-01-26, one each business day", series.toString());
  }

  @Test
  void shopsThatCloseOnMondaysHaveTheirOwnWeek() throws IOException {
    TimeSeries series =
        reader().build().read(days(28, date -> date.getDayOfWeek() != DayOfWeek.MONDAY));
    assertEquals(List.of(1, 2, 3, 4, 5, 6), series.step().week());
    assertEquals("2024-01-28", series.label(23));
    assertEquals("2024-01-30", series.label(24));
    assertEquals(6, series.step().usualSeason());
  }

  /** A Tuesday that lacks here and there is a hole, as it was. */
  @Test
  void aHoleIsNoPattern() throws IOException {
    LocalDate missing = LocalDate.of(2024, 1, 16);
    Path file = days(26, date -> !date.equals(missing));
    assertTrue(
        assertThrows(DataException.class, () -> reader().build().read(file))
            .getMessage()
            .contains("1 row is missing (the step is 1 day"));
    assertEquals(26, reader().missing(Missing.INTERPOLATE).build().read(file).size());
  }

  /** Two weeks at least, or it is asked for. */
  @Test
  void aShortFileIsReadAsAskedFor() throws IOException {
    Path file = days(9, date -> !isWeekend(date));
    assertThrows(DataException.class, () -> reader().build().read(file));
    for (TimeSeriesReader.Builder asked :
        List.of(
            reader().frequency(Frequency.BUSINESS_DAYS), reader().step(TimeStep.businessDays()))) {
      TimeSeries series = asked.build().read(file);
      assertEquals(7, series.size());
      assertEquals("2024-01-10", series.label(7));
    }
    String message =
        assertThrows(
                DataException.class, () -> reader().frequency(Frequency.WEEK).build().read(file))
            .getMessage();
    assertTrue(message.contains("show no pattern of the week"), message);
  }

  @Test
  void aRowOnAWeekendIsRefused() throws IOException {
    Path file = days(26, date -> !isWeekend(date) || date.equals(LocalDate.of(2024, 1, 13)));
    String message =
        assertThrows(
                DataException.class,
                () -> reader().frequency(Frequency.BUSINESS_DAYS).build().read(file))
            .getMessage();
    assertEquals(
        "F, line 12: there is no row expected at 2024-01-13 00:00 SATURDAY; the step is 1 business day. Correct the time, take the row out, or give another frequency.",
        message.replace(file.toString(), "F"));
    assertThrows(
        DataException.class, () -> reader().frequency(Frequency.REGULAR).build().read(file));
  }

  @Test
  void openingHoursWithADayOffAndWithAnHourThatLacks() throws IOException {
    Predicate<LocalDateTime> open =
        time ->
            !isWeekend(time.toLocalDate())
                && !time.toLocalDate().equals(LocalDate.of(2024, 1, 17))
                && time.getHour() >= 9
                && time.getHour() < 17;
    TimeSeries series = reader().build().read(hours(26, open));
    assertEquals(19 * 8, series.size());
    assertEquals("2024-01-16 16:00", series.label(12 * 8 - 1));
    assertEquals("2024-01-18 09:00", series.label(12 * 8));
    assertEquals("2024-01-29 09:00", series.label(19 * 8));
    assertEquals(8, series.step().usualSeason());
    LocalDateTime noon = LocalDate.of(2024, 1, 9).atTime(LocalTime.NOON);
    Path lacking = hours(26, time -> open.test(time) && !time.equals(noon));
    String message =
        assertThrows(DataException.class, () -> reader().build().read(lacking)).getMessage();
    assertTrue(
        message.contains(
            "between line 52 and line 53, 1 row is missing (the step is 1 hour, on 40"),
        message);
    TimeSeriesReader reader = reader().missing(Missing.INTERPOLATE).build();
    TimeSeries filled = reader.read(lacking);
    assertEquals(series.label(100), filled.label(100));
    assertEquals(false, filled.isReal("y")[6 * 8 + 3]);
    assertTrue(
        reader.warnings().get(0).endsWith("1 row is missing; its numbers are interpolated."));
  }

  @Test
  void monthEndsBeforeAHoliday() throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,y"));
    for (int month = 0; month < 14; month++) {
      LocalDate day = LocalDate.of(2024, 2, 1).plusMonths(month).minusDays(1);
      while (isWeekend(day) || day.equals(LocalDate.of(2024, 3, 29))) { // Good Friday
        day = day.minusDays(1);
      }
      lines.add(day + "," + month);
    }
    TimeSeries series = reader().build().read(Files.write(folder.resolve("ends.csv"), lines));
    assertEquals(TimeStep.businessMonthEnds(1), series.step());
    assertEquals("2024-03-28", series.label(2));
    assertEquals("2025-03-31", series.label(14));
    assertEquals("2025-05-30", series.label(16));
  }

  @Test
  void stepsCountBothWays() {
    TimeStep step = TimeStep.businessDays();
    TimeSeries series = TimeSeries.of(LocalDate.of(2024, 1, 4), step, Map.of("y", new double[9]));
    for (int row = 0; row < 30; row++) {
      assertEquals(row, step.between(series.time(0), series.time(row)));
      assertEquals(series.time(0), step.plus(series.time(row), -row));
    }
    assertThrows(
        DataException.class,
        () -> TimeSeries.of(LocalDate.of(2024, 1, 6), step, Map.of("y", new double[9])));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TimeStep(1, TimeStep.Unit.DAYS, false, List.of(0, 7)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TimeStep(2, TimeStep.Unit.DAYS, false, List.of(0, 1)));
  }

  private static String refused(TimeSeriesReader.Builder reader, Path file) {
    return assertThrows(DataException.class, () -> reader.build().read(file))
        .getMessage()
        .replace(file.toString(), "F");
  }

  private Path file(String... times) throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,y"));
    for (int i = 0; i < times.length; i++) {
      lines.add(times[i] + "," + i);
    }
    return Files.write(folder.resolve("times.csv"), lines);
  }

  @Test
  void twoRowsOnOnePlaceAreRefused() throws IOException {
    Path hours = hours(26, time -> !isWeekend(time.toLocalDate()));
    for (TimeSeriesReader.Builder days :
        List.of(
            reader().frequency(Frequency.BUSINESS_DAYS), reader().step(TimeStep.businessDays()))) {
      assertEquals(
          "F, line 3: 2024-01-01 01:00 is no whole number of steps, one at least, after 2024-01-01 00:00 in line 2; the step is 1 business day. Take the row out, or give another frequency.",
          refused(days, hours));
    }
    Path twice = file("2024-01-30", "2024-01-31", "2024-02-29", "2024-03-29");
    String message = refused(reader().frequency(Frequency.BUSINESS_MONTH_ENDS), twice);
    assertTrue(message.startsWith("F, line 3: 2024-01-31 00:00 is no whole number"), message);
  }

  @Test
  void monthsThatAreNoQuartersAreRefused() throws IOException {
    TimeStep quarters = TimeStep.businessMonthEnds(3);
    String monthly =
        refused(reader().step(quarters), file("2024-01-31", "2024-02-29", "2024-03-29"));
    assertTrue(monthly.contains("line 3: 2024-02-29 00:00 is no whole number"), monthly);
    String uneven =
        refused(reader().step(quarters), file("2024-01-31", "2024-05-31", "2024-08-30"));
    assertTrue(uneven.contains("line 3: 2024-05-31 00:00 is no whole number"), uneven);
    Path even = file("2024-01-31", "2024-04-30", "2024-07-31");
    assertEquals("2024-10-31", reader().step(quarters).build().read(even).label(3));
  }

  @Test
  void numbersOfRowsAreNoBusinessDays() throws IOException {
    for (TimeSeriesReader.Builder days :
        List.of(
            reader().frequency(Frequency.BUSINESS_DAYS), reader().step(TimeStep.businessDays()))) {
      String message = refused(days, file("1", "2", "3"));
      assertTrue(message.startsWith("F: the times are numbers of rows"), message);
    }
  }

  /** Also where the step was asked for or is that of a model. */
  @Test
  void placesWithoutARowAreTold() throws IOException {
    Path file = days(110, date -> !isWeekend(date) && (date.getMonthValue() & 1) == 1);
    for (TimeSeriesReader.Builder days :
        List.of(
            reader().frequency(Frequency.BUSINESS_DAYS), reader().step(TimeStep.businessDays()))) {
      TimeSeriesReader reader = days.build();
      reader.read(file);
      assertEquals(
          "the step is 1 business day, and 21 of its places have no row, such as holidays; no rows are put in between.",
          reader.warnings().get(0).replace(file + ": ", ""));
    }
  }

  @Test
  void aShortFileHasTheWeekOfAModel() throws IOException {
    TimeStep week = new TimeStep(1, TimeStep.Unit.DAYS, false, List.of(1, 2, 3, 4, 5, 6));
    Path file = days(9, date -> date.getDayOfWeek() != DayOfWeek.MONDAY);
    TimeSeries series = reader().step(week).frequency(Frequency.WEEK).build().read(file);
    assertEquals(week, series.step());
    assertEquals(7, series.size());
  }

  /** Eight hours from Monday to Friday and two on Saturday are no seven a day. */
  @Test
  void unlikeDaysHaveTheSeasonOfAWeek() {
    List<Integer> places = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      for (int hour = 9; hour < (day < 5 ? 17 : 11); hour++) {
        places.add(24 * day + hour);
      }
    }
    assertEquals(42, new TimeStep(3600, TimeStep.Unit.SECONDS, false, places).usualSeason());
    assertEquals(
        8, new TimeStep(3600, TimeStep.Unit.SECONDS, false, places.subList(0, 40)).usualSeason());
  }
}
