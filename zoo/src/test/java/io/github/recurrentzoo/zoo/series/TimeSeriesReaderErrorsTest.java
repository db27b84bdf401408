package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be used, each with the message that it gets; F stands for the file. */
class TimeSeriesReaderErrorsTest {

  private static final String WRITE =
      "Write one there, take the column out, or have missing numbers interpolated.";

  @TempDir Path folder;

  private void check(String expected, TimeSeriesReader.Builder reader, String... lines)
      throws IOException {
    Path file = Files.write(folder.resolve("series.csv"), List.of(lines));
    DataException e = assertThrows(DataException.class, () -> reader.build().read(file));
    assertEquals(expected, e.getMessage().replace(file.toString(), "F"));
  }

  private static TimeSeriesReader.Builder reader() {
    return TimeSeriesReader.builder().columns("y");
  }

  private static TimeSeriesReader.Builder berlin() {
    return reader().zone(ZoneId.of("Europe/Berlin"));
  }

  @ParameterizedTest(name = "cell \"{0}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the cell is empty; expected a number.",
        "rain|\"rain\" is no number; expected a number.",
        "NaN|the cell holds NaN; expected a number.",
        "-Infinity|\"-Infinity\" is infinite; expected a number.",
        "1e999|\"1e999\" is infinite; expected a number.",
        "0x1p3|\"0x1p3\" is no number; expected a number.",
        "1d|\"1d\" is no number; expected a number.",
      })
  void cellsWithoutANumber(String cell, String what) throws IOException {
    check(
        "F, line 3, column \"y\": " + what + " " + WRITE,
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-01-02," + cell,
        "2024-01-03,3");
  }

  @Test
  void aDecimalComma() throws IOException {
    check(
        "F, line 2, column \"y\": \"1,5\" is no number; expected a number with a decimal point. "
            + WRITE,
        reader().delimiter(';'),
        "time;y",
        "2024-01-01;1,5");
  }

  @Test
  void noTime() throws IOException {
    String expected =
        " is no time that can be read; expected one such as 2024-03-31, 2024-03 or 2024-03-31"
            + " 14:00. Correct it, or give the pattern of the times, such as dd.MM.yyyy.";
    check("F, line 2, column \"time\": \"\"" + expected, reader(), "time,y", ",1");
    check(
        "F, line 3, column \"time\": \"2023-02-29\"" + expected,
        reader(),
        "time,y",
        "2023-02-28,1",
        "2023-02-29,2");
    check(
        "F, line 2, column \"time\": \"31.02.2024\"" + expected,
        reader().timePattern("dd.MM.yyyy"),
        "time,y",
        "31.02.2024,1");
  }

  @Test
  void fractionsOfASecond() throws IOException {
    check(
        "F, line 2, column \"time\": \"2024-01-01T00:00:00.5\" has fractions of a second; expected"
            + " whole seconds. Round the times.",
        reader(),
        "time,y",
        "2024-01-01T00:00:00.5,1");
  }

  @Test
  void someOffsets() throws IOException {
    check(
        "F, line 3, column \"time\": \"2024-01-01T01:00\" has not an offset from UTC, but the rows"
            + " before have one; expected all times alike.",
        reader(),
        "time,y",
        "2024-01-01T00:00Z,1",
        "2024-01-01T01:00,1");
  }

  @Test
  void unsortedRows() throws IOException {
    check(
        "F, line 4, column \"time\": 2024-01-01 comes after 2024-01-03 in line 3; expected rows in"
            + " the order of time. Sort the file, or ask for rows to be sorted.",
        reader(),
        "time,y",
        "2024-01-02,1",
        "2024-01-03,1",
        "2024-01-01,1");
  }

  @Test
  void theSameTimeTwice() throws IOException {
    check(
        "F, line 3, column \"time\": the time 2024-01-01 is in line 2 already; expected each time"
            + " once. Take one of the rows out. If clocks were set back here, give the time zone of"
            + " the local times.",
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-01-01,2",
        "2024-01-02,3");
    check(
        "F, line 4, column \"time\": the time 2024-01-01T00:00Z is in line 2 already; expected each"
            + " time once. Take one of the rows out.",
        reader().sort(true),
        "time,y",
        "2024-01-01T00:00Z,1",
        "2024-01-02T00:00Z,2",
        "2024-01-01T00:00Z,3");
  }

  @Test
  void gaps() throws IOException {
    check(
        "F: between line 3 and line 4, 2 rows are missing (the step is 1 month, the most frequent"
            + " one). Add what is missing, or have it interpolated.",
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-02-01,1",
        "2024-05-01,2",
        "2024-06-01,3");
    check(
        "F: between line 2 and line 3, 1 row is missing (the step is 1 hour, the most frequent"
            + " one). Add what is missing, or have it interpolated. If clocks were set forward"
            + " here, give the time zone of the local times.",
        reader(),
        "time,y",
        "2024-03-31 01:00,1",
        "2024-03-31 03:00,1",
        "2024-03-31 04:00,1",
        "2024-03-31 05:00,1");
  }

  @Test
  void aGapLargerThanTheSeries() throws IOException {
    check(
        "F: between line 3 and line 4, 29218 rows are missing, more than there are (the step is 1"
            + " day, the most frequent one). Correct the times.",
        reader().missing(Missing.INTERPOLATE),
        "time,y",
        "2024-01-01,1",
        "2024-01-02,1",
        "2104-01-02,2");
  }

  @Test
  void stepsThatAreTooLong() throws IOException {
    check(
        "F: the step, the most frequent distance from one time to the next, is 2524525200 seconds;"
            + " expected 2147483647 at most. Correct the times, or write all of them with the same"
            + " time of the day, so that steps are days or months.",
        reader(),
        "time,y",
        "1900-01-01 00:00,1",
        "1980-01-01 01:00,2");
  }

  @Test
  void irregularSteps() throws IOException {
    check(
        "F, line 4: the time 2024-01-01 02:30 is no whole number of steps after that of line 3,"
            + " 2024-01-01 01:00; the step is 1 hour, the most frequent one. Correct the time, take"
            + " the row out, or bring the series to equal steps. If daylight saving is the reason,"
            + " give the time zone.",
        reader().missing(Missing.INTERPOLATE),
        "time,y",
        "2024-01-01 00:00,1",
        "2024-01-01 01:00,1",
        "2024-01-01 02:30,1",
        "2024-01-01 03:30,1");
  }

  @Test
  void nothingToInterpolateFrom() throws IOException {
    check(
        "F, column \"y\": the series begins with a missing number, so that there is none to"
            + " interpolate from. Take the rows without a number out there.",
        reader().missing(Missing.INTERPOLATE),
        "time,y",
        "2024-01-01,",
        "2024-01-02,1");
    check(
        "F, column \"y\": the series ends with a missing number, so that there is none to"
            + " interpolate from. Take the rows without a number out there.",
        reader().missing(Missing.INTERPOLATE),
        "time,y",
        "2024-01-01,1",
        "2024-01-02,x");
  }

  @Test
  void anHourThatClocksSkipped() throws IOException {
    check(
        "F, line 3, column \"time\": there is no 2024-03-31 02:00 in Europe/Berlin: clocks went"
            + " from 02:00 to 03:00. Correct the time, or give no zone if the clock knew no"
            + " daylight saving.",
        berlin(),
        "time,y",
        "2024-03-31 01:00,1",
        "2024-03-31 02:00,1");
  }

  @Test
  void anHourThatComesThreeTimes() throws IOException {
    check(
        "F, line 4, column \"time\": the time 2024-10-27 02:00 is in line 3 already; expected each"
            + " time once. Take one of the rows out.",
        berlin(),
        "time,y",
        "2024-10-27 02:00,1",
        "2024-10-27 02:00,2",
        "2024-10-27 02:00,3");
  }

  @Test
  void aDoubledHourInRowsOfAnyOrder() throws IOException {
    check(
        "F, line 2, column \"time\": there are two 2024-10-27 02:00 in Europe/Berlin, and with rows"
            + " in any order nothing tells which one is meant. Sort the file, or write times with"
            + " their offset.",
        berlin().sort(true),
        "time,y",
        "2024-10-27 02:00,1",
        "2024-10-27 01:00,2");
  }

  @Test
  void tooFewRows() throws IOException {
    check(
        "F: there are no rows below the header; a series needs two at least. Add rows.",
        reader(),
        "time,y");
    check(
        "F: there is one row below the header; a series needs two at least. Add rows.",
        reader(),
        "time,y",
        "2024-01-01,1");
  }

  @Test
  void columnsThatAreNotThere() throws IOException {
    check(
        "F, line 1: there is no column \"time\" for the time. The columns are: \"date\", \"y\"."
            + " Name one of them as the time column.",
        reader(),
        "date,y",
        "2024-01-01,1");
    check(
        "F, line 1: there is no column \"z\" for the number. The columns are: \"time\", \"y\". Name"
            + " one of them as the number column.",
        reader().columns("z"),
        "time,y",
        "2024-01-01,1");
    check(
        "F, line 3, column \"y\": the cell is empty; expected a number. " + WRITE,
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-01-02");
  }

  @Test
  void optionsThatDoNotGoTogether() {
    assertEquals(
        "There is no column to read numbers from; expected one at least. Name the target.",
        assertThrows(DataException.class, () -> TimeSeriesReader.builder().build()).getMessage());
    assertEquals(
        "The columns [y, y] and the time column \"time\" name a column twice; expected different"
            + " ones. Name each once.",
        assertThrows(DataException.class, () -> reader().columns("y", "y").build()).getMessage());
    assertEquals(
        "\"dd.MM.jjjj\" is no pattern of times (Unknown pattern letter: j). Write one such as"
            + " dd.MM.yyyy HH:mm.",
        assertThrows(DataException.class, () -> reader().timePattern("dd.MM.jjjj").build())
            .getMessage());
  }
}
