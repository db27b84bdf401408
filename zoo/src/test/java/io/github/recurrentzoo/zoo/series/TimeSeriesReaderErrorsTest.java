package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be used, each with the message that it gets; F stands for the file. */
class TimeSeriesReaderErrorsTest {

  private static final String WRITE =
      "Write one there, take the column out, or have missing numbers interpolated.";

  private static final String CORRECT =
      " Correct it, or leave the cell empty if the number is missing.";

  private static final String SAME =
      "If both rows are the same reading, take one out; if the file holds several series, name the column that tells them apart (--series-column).";

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
        "NaN|the cell holds NaN; expected a number.",
        "n/a|the cell holds n/a; expected a number.",
      })
  void missingNumbers(String cell, String what) throws IOException {
    check(
        "F, line 3, column \"y\": " + what + " " + WRITE,
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-01-02," + cell,
        "2024-01-03,3");
  }

  /**
   * Rows in which only what is known ahead stands come last, and no row before may lack a number.
   */
  @Test
  void onlyTheLastRowsMayLackWhatIsNotKnownAhead() throws IOException {
    TimeSeriesReader.Builder reader =
        TimeSeriesReader.builder().columns("y", "promo").knownAhead(List.of("promo"));
    check(
        "F, line 3, column \"y\": the cell is empty; expected a number. " + WRITE,
        reader,
        "time,y,promo",
        "2024-01-01,1,0",
        "2024-01-02,,1",
        "2024-01-03,3,0",
        "2024-01-04,,0");
    check(
        "F, line 4, column \"promo\": the cell is empty; expected a number. " + WRITE,
        reader,
        "time,y,promo",
        "2024-01-01,1,0",
        "2024-01-02,2,1",
        "2024-01-03,3,",
        "2024-01-04,4,0");
    assertEquals(
        "The columns [z] are known ahead; expected some of the columns [y], and not all. Name others.",
        assertThrows(DataException.class, () -> reader().knownAhead(List.of("z")).build())
            .getMessage());
  }

  /** ... whatever is done where numbers are missing. */
  @ParameterizedTest(name = "cell \"{0}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "rain|\"rain\" is no number; expected a number.",
        "-|\"-\" is no number; expected a number.",
        "-Infinity|\"-Infinity\" is infinite; expected a number.",
        "1e999|\"1e999\" is infinite; expected a number.",
        "0x1p3|\"0x1p3\" is no number; expected a number.",
        "1d|\"1d\" is no number; expected a number.",
        "12 %|\"12 %\" is no number; expected a number.",
        "1 00|\"1 00\" is no number; expected a number.",
        "1.000.00|\"1.000.00\" is no number; expected a number.",
      })
  void textIsNoNumber(String cell, String what) throws IOException {
    for (Missing missing : Missing.values()) {
      check(
          "F, line 3, column \"y\": " + what + CORRECT,
          reader().missing(missing),
          "time,y",
          "2024-01-01,1",
          "2024-01-02," + cell,
          "2024-01-03,3");
    }
  }

  @Test
  void numbersOfTwoWaysOfWriting() throws IOException {
    check(
        "F, line 4, column \"y\": \"1,5\" can only be read with a decimal comma, but \"2.5\" in line 2 only with a decimal point; expected one way of writing in all rows. Correct one of them.",
        reader().delimiter(';').missing(Missing.INTERPOLATE),
        "time;y",
        "2024-01-01;2.5",
        "2024-01-02;1",
        "2024-01-03;1,5");
    check(
        "F, line 3, column \"y\": \"0.5\" can only be read with a decimal point, but \"1.000,5\" in line 2 only with a decimal comma; expected one way of writing in all rows. Correct one of them.",
        reader().delimiter(';'),
        "time;y",
        "2024-01-01;1.000,5",
        "2024-01-02;0.5");
    check(
        "F, line 2, column \"y\": \"1,5\" is no number; expected a number with a decimal point."
            + CORRECT,
        reader().delimiter(';').numbers(new NumberStyle(NumberStyle.Decimal.POINT, null)),
        "time;y",
        "2024-01-01;1,5",
        "2024-01-02;2");
  }

  @Test
  void numbersThatCanBeReadInTwoWays() throws IOException {
    String say =
        ", and no other number of the column tells which. Say what stands before the decimals, a point or a comma.";
    check(
        "F, line 3, column \"y\": \"1.000\" can be 1 or 1000" + say,
        reader().delimiter(';'),
        "time;y",
        "2024-01-01;990",
        "2024-01-02;1.000",
        "2024-01-03;1.010");
    check(
        "F, line 3, column \"y\": \"1.000\" can be 1 or 1000" + say,
        reader(),
        "time,y",
        "2024-01-01,990",
        "2024-01-02,1.000",
        "2024-01-03,1.010");
    check(
        "F, line 2, column \"y\": \"12,345\" can be 12345 or 12.345" + say,
        reader(),
        "time,y",
        "2024-01-01,\"12,345\"",
        "2024-01-02,\"23,456\"");
    check(
        "F, line 2, column \"y\": \"1.125\" can be 1.125 or 1125" + say,
        reader().delimiter('\t'),
        "time\ty",
        "2024-01-01\t1.125",
        "2024-01-02\t2.125");
  }

  @Test
  void decimalsAndThousandsByTheSameCharacter() {
    assertEquals(
        "decimal and thousands are both COMMA; expected different ones. Set one of them.",
        assertThrows(
                IllegalArgumentException.class,
                () -> new NumberStyle(NumberStyle.Decimal.COMMA, NumberStyle.Thousands.COMMA))
            .getMessage());
  }

  @Test
  void noTime() throws IOException {
    String expected =
        " is no time that can be read; expected one such as 2024-03-31, 2024-03 or 2024-03-31 14:00. Correct it, or give the pattern of the times, such as dd.MM.yyyy.";
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
        "F, line 2, column \"time\": \"2024-01-01T00:00:00.5\" has fractions of a second; expected whole seconds. Round the times.",
        reader(),
        "time,y",
        "2024-01-01T00:00:00.5,1");
  }

  @Test
  void someOffsets() throws IOException {
    check(
        "F, line 3, column \"time\": \"2024-01-01T01:00\" has not an offset from UTC, but the rows before have one; expected all times alike.",
        reader(),
        "time,y",
        "2024-01-01T00:00Z,1",
        "2024-01-01T01:00,1");
  }

  @Test
  void unsortedRows() throws IOException {
    check(
        "F, line 4, column \"time\": 2024-01-01 comes after 2024-01-03 in line 3; expected rows in the order of time. Sort the file, or ask for rows to be sorted (--sort).",
        reader(),
        "time,y",
        "2024-01-02,1",
        "2024-01-03,1",
        "2024-01-01,1");
  }

  @Test
  void theSameTimeTwice() throws IOException {
    check(
        "F, line 3, column \"time\": the time 2024-01-01 is in line 2 already; expected each time once. "
            + SAME,
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-01-01,2",
        "2024-01-02,3");
    check(
        "F, line 4, column \"time\": the time 2024-01-01T00:00Z is in line 2 already; expected each time once. "
            + SAME,
        reader().sort(true),
        "time,y",
        "2024-01-01T00:00Z,1",
        "2024-01-02T00:00Z,2",
        "2024-01-01T00:00Z,3");
    check(
        "F, line 3, column \"time\": the time 2024-10-27 02:00 is in line 2 already; expected each time once. If clocks were set back here, give the time zone of the local times (--time-zone). "
            + SAME,
        reader(),
        "time,y",
        "2024-10-27 02:00,1",
        "2024-10-27 02:00,2");
  }

  /** Series one behind the other. */
  @Test
  void timesThatBeginAgainAreOfSeveralSeries() throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,y"));
    for (int row = 0; row < 24; row++) {
      lines.add("2024-01-%02d,%d".formatted(row % 12 + 1, row));
    }
    check(
        "F, line 14, column \"time\": 2024-01-01 comes after 2024-01-12 in line 13; expected rows in the order of time. Many times repeat: if the file holds several series, name the column that tells them apart (--series-column); otherwise sort the file, or ask for rows to be sorted (--sort).",
        reader(),
        lines.toArray(String[]::new));
  }

  /** Series row by row. */
  @Test
  void timesThatRepeatGetOnePieceOfAdvice() throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,y"));
    for (int row = 0; row < 24; row++) {
      lines.add("2024-01-%02d,%d".formatted(row / 2 + 1, row));
    }
    check(
        "F, line 3, column \"time\": the time 2024-01-01 is in line 2 already; expected each time once. Many times repeat: if the file holds several series, name the column that tells them apart (--series-column); otherwise keep one row of each time.",
        reader(),
        lines.toArray(String[]::new));
  }

  @Test
  void readingsOfADoubledHourThatComeInTurn() throws IOException {
    check(
        "F, line 5, column \"time\": the time 2024-10-27 02:15 is in line 4 already. Clocks in Europe/Berlin showed this hour twice, and where its readings come in turn nothing tells the first hour from the second. Keep both rows, and write times with their offset from UTC, such as 2024-10-27T02:15+02:00 and 2024-10-27T02:15+01:00, or put all rows of the first hour before those of the second.",
        berlin(),
        "time,y",
        "2024-10-27 02:00,1",
        "2024-10-27 02:00,2",
        "2024-10-27 02:15,3",
        "2024-10-27 02:15,4");
    check(
        "F, line 4, column \"time\": 2024-10-27 02:00 comes after 2024-10-27 02:30 in line 3; expected rows in the order of time. If clocks were set back here, give the time zone of the local times (--time-zone); otherwise sort the file, or ask for rows to be sorted (--sort).",
        reader(),
        "time,y",
        "2024-10-27 02:00,1",
        "2024-10-27 02:30,2",
        "2024-10-27 02:00,3");
  }

  @Test
  void numbersThatAreDatesOrRows() throws IOException {
    check(
        "F, line 2, column \"time\": \"20240131\" can be a date or the number of a row. Give the pattern of the times, such as yyyyMMdd, or write dates as 2024-01-31.",
        reader(),
        "time,y",
        "20240131,1",
        "20240201,1");
  }

  @Test
  void gaps() throws IOException {
    check(
        "F: between line 3 and line 4, 2 rows are missing (the step is 1 month, the most frequent one). Add what is missing, or have it interpolated.",
        reader(),
        "time,y",
        "2024-01-01,1",
        "2024-02-01,1",
        "2024-05-01,2",
        "2024-06-01,3");
    check(
        "F: between line 2 and line 3, 1 row is missing (the step is 1 hour, the most frequent one). Add what is missing, or have it interpolated. If clocks were set forward here, give the time zone of the local times.",
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
        "F: between line 3 and line 4, 29218 rows are missing, more than there are (the step is 1 day, the most frequent one). Correct the times.",
        reader().missing(Missing.INTERPOLATE),
        "time,y",
        "2024-01-01,1",
        "2024-01-02,1",
        "2104-01-02,2");
  }

  @Test
  void stepsThatAreTooLong() throws IOException {
    check(
        "F: the step, the most frequent distance from one time to the next, is 2524525200 seconds; expected 2147483647 at most. Correct the times, or write all of them with the same time of the day, so that steps are days or months.",
        reader(),
        "time,y",
        "1900-01-01 00:00,1",
        "1980-01-01 01:00,2");
  }

  @Test
  void irregularSteps() throws IOException {
    check(
        "F, line 4: the time 2024-01-01 02:30 is no whole number of steps after that of line 3, 2024-01-01 01:00; the step is 1 hour, the most frequent one. Correct the time, take the row out, or bring the series to equal steps. If daylight saving is the reason, give the time zone.",
        reader().missing(Missing.INTERPOLATE),
        "time,y",
        "2024-01-01 00:00,1",
        "2024-01-01 01:00,1",
        "2024-01-01 02:30,1",
        "2024-01-01 03:30,1");
  }

  /** The last business day of each month, which is no step that is known. */
  @Test
  void irregularDays() throws IOException {
    check(
        "F, line 4: the time 2012-03-30 is no whole number of steps after that of line 3, 2012-02-29; the step is 29 days, the most frequent one. Correct the time, take the row out, or bring the series to equal steps.",
        reader(),
        "time,y",
        "2012-01-31,1",
        "2012-02-29,2",
        "2012-03-30,3");
  }

  @Test
  void nothingToInterpolateFrom() throws IOException {
    TimeSeriesReader.Builder reader =
        TimeSeriesReader.builder().columns("y", "x").missing(Missing.INTERPOLATE);
    check(
        "F, column \"y\": the series begins with a missing number, so that there is none to interpolate from. Take the rows without a number out there.",
        reader,
        "time,y,x",
        "2024-01-01,,1",
        "2024-01-02,1,1");
    check(
        "F, column \"y\": the series ends with a missing number, so that there is none to interpolate from. Take the rows without a number out there.",
        reader,
        "time,y,x",
        "2024-01-01,1,1",
        "2024-01-02,NA,1");
    check(
        "F: 1 of the 3 rows hold a number; a series needs two at least. Choose other columns, or write numbers there.",
        reader,
        "time,y,x",
        "2024-01-01,,",
        "2024-01-02,1,1",
        "2024-01-03,,");
  }

  @Test
  void anHourThatClocksSkipped() throws IOException {
    check(
        "F, line 3, column \"time\": there is no 2024-03-31 02:00 in Europe/Berlin: clocks went from 02:00 to 03:00. Correct the time, or give no zone if the clock knew no daylight saving.",
        berlin(),
        "time,y",
        "2024-03-31 01:00,1",
        "2024-03-31 02:00,1");
  }

  @Test
  void anHourThatComesThreeTimes() throws IOException {
    check(
        "F, line 4, column \"time\": the time 2024-10-27 02:00 is in line 3 already; expected each time once. "
            + SAME,
        berlin(),
        "time,y",
        "2024-10-27 02:00,1",
        "2024-10-27 02:00,2",
        "2024-10-27 02:00,3");
  }

  @Test
  void aDoubledHourInRowsOfAnyOrder() throws IOException {
    check(
        "F, line 2, column \"time\": there are two 2024-10-27 02:00 in Europe/Berlin, and with rows in any order nothing tells which one is meant. Sort the file, or write times with their offset.",
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
        "F, line 1: there is no column \"time\" for the time. The columns are: \"date\", \"y\". Name one of them as the time column.",
        reader(),
        "date,y",
        "2024-01-01,1");
    check(
        "F, line 1: there is no column \"z\" for the number. The columns are: \"time\", \"y\". Name one of them as the number column.",
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
        "The columns [y, y] and the time column \"time\" name a column twice; expected different ones. Name each once.",
        assertThrows(DataException.class, () -> reader().columns("y", "y").build()).getMessage());
    assertEquals(
        "\"dd.MM.jjjj\" is no pattern of times (Unknown pattern letter: j). Write one such as dd.MM.yyyy HH:mm.",
        assertThrows(DataException.class, () -> reader().timePattern("dd.MM.jjjj").build())
            .getMessage());
  }
}
