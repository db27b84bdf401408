package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as they should be, and what is made of them. */
class TimeSeriesReaderTest {

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("series.csv"), List.of(lines));
  }

  private static TimeSeriesReader.Builder reader() {
    return TimeSeriesReader.builder().columns("y");
  }

  @Test
  void readsTheColumnsAskedForInTheirOrder() throws IOException {
    TimeSeries series =
        TimeSeriesReader.builder()
            .timeColumn("day")
            .columns("b", "a")
            .build()
            .read(
                file(
                    "a,day,text,b",
                    "1,2024-02-28,rain,10",
                    "2,2024-02-29,,20",
                    "3,2024-03-01,x,3e1"));
    assertEquals(List.of("b", "a"), series.columns());
    assertArrayEquals(new double[] {10, 20, 30}, series.column("b"));
    assertArrayEquals(new double[] {1, 2, 3}, series.column("a"));
    assertEquals(TimeStep.days(1), series.step());
    assertEquals("2024-02-29", series.label(1));
    assertEquals("2024-03-04", series.label(5));
    assertEquals("b, a: 3 rows from 2024-02-28 to 2024-03-01, one each day", series.toString());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "2023-01-01, 2023-02-01, 2023-03-01, 1 month, 2023-04-01",
    "2023-01-31, 2023-02-28, 2023-03-31, 1 month, 2023-04-30",
    "2023-01, 2023-04, 2023-07, 3 months, 2023-10",
    "1999, 2000, 2001, 12 months, 2002",
    "2023-01-02, 2023-01-09, 2023-01-16, 7 days, 2023-01-23",
    "2023-01-01 22:00, 2023-01-01 23:00, 2023-01-02 00:00, 1 hour, 2023-01-02 01:00",
    "2023-01-01T00:00:00, 2023-01-01T00:15:00, 2023-01-01T00:30:00, 15 minutes, 2023-01-01T00:45:00",
    "2023-01-01 00:00:10, 2023-01-01 00:00:20, 2023-01-01 00:00:30, 10 seconds, 2023-01-01 00:00:40",
    "2023-01-01T12:00Z, 2023-01-02T12:00Z, 2023-01-03T12:00Z, 1 day, 2023-01-04T12:00Z",
  })
  void findsTheStep(String a, String b, String c, String step, String next) throws IOException {
    TimeSeries series = reader().build().read(file("time,y", a + ",1", b + ",2", c + ",4"));
    assertEquals(step, series.step().toString());
    assertEquals(next, series.label(3));
  }

  @Test
  void whatIsKnownAheadMayGoOn() throws IOException {
    TimeSeriesReader reader =
        TimeSeriesReader.builder().columns("y", "promo").knownAhead(List.of("promo")).build();
    TimeSeries series =
        reader.read(
            file(
                "time,y,promo",
                "2024-01-01,1,0",
                "2024-01-02,5,1",
                "2024-01-03,,1",
                "2024-01-04,,0"));
    assertEquals(List.of(), reader.warnings());
    assertEquals(2, series.knownRows(List.of("y")));
    assertArrayEquals(new double[] {1, 5, 5, 5}, series.column("y"));
    assertArrayEquals(new boolean[] {true, true, false, false}, series.isReal("y"));
    assertArrayEquals(new double[] {0, 1, 1, 0}, series.column("promo"));
    assertArrayEquals(
        series.column("y"),
        series.rows(0, 2).ahead(Map.of("promo", new double[] {1, 0})).column("y"));
  }

  @Test
  void theMostFrequentStepCounts() throws IOException {
    TimeSeries series =
        reader()
            .missing(Missing.INTERPOLATE)
            .build()
            .read(file("time,y", "2024-01-01,1", "2024-01-03,3", "2024-01-04,4", "2024-01-05,5"));
    assertEquals(TimeStep.days(1), series.step());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5}, series.column("y"));
  }

  @Test
  void interpolatesGapsAndMissingNumbersAndSaysSo() throws IOException {
    TimeSeriesReader reader = reader().missing(Missing.INTERPOLATE).build();
    TimeSeries series =
        reader.read(
            file(
                "time,y",
                "2024-01-01,0",
                "2024-01-02,",
                "2024-01-03,N/A",
                "2024-01-04,NaN",
                "2024-01-05, null ",
                "2024-01-07,#N/A",
                "2024-01-08",
                "2024-01-09,8"));
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, series.column("y"), 1e-12);
    boolean[] real = new boolean[9];
    real[0] = real[8] = true;
    assertArrayEquals(real, series.isReal("y"));
    assertArrayEquals(new boolean[] {false, true}, series.rows(7, 9).isReal("y"));
    assertArrayEquals(real, series.rows(0, 4).append(series.rows(4, 9)).isReal("y"));
    assertEquals(2, reader.warnings().size());
    assertTrue(
        reader.warnings().get(0).endsWith("1 row is missing; its numbers are interpolated."));
    assertTrue(
        reader
            .warnings()
            .get(1)
            .endsWith(
                "column \"y\": 6 cells hold no number and are interpolated (lines 3, 4, 5, 6, 7 and others)."));
  }

  @Test
  void leavesEmptyEndsOutAndSaysSo() throws IOException {
    TimeSeriesReader reader = reader().missing(Missing.INTERPOLATE).build();
    TimeSeries series =
        reader.read(
            file(
                "time,y",
                "2024-01-01,",
                "2024-01-02,2",
                "2024-01-03,",
                "2024-01-04,4",
                "2024-01-05,",
                "2024-01-06,"));
    assertEquals("y: 3 rows from 2024-01-02 to 2024-01-04, one each day", series.toString());
    assertEquals(
        List.of(
            "3 rows at the beginning or the end hold no number and are left out.",
            "1 cell holds no number and is interpolated (line 4)."),
        reader.warnings().stream().map(w -> w.substring(w.lastIndexOf(": ") + 2)).toList());
  }

  @Test
  void sortsWhenAsked() throws IOException {
    TimeSeries series =
        reader()
            .sort(true)
            .build()
            .read(file("time,y", "2024-01-03,3", "2024-01-01,1", "2024-01-02,2"));
    assertArrayEquals(new double[] {1, 2, 3}, series.column("y"));
    assertEquals("2024-01-01", series.label(0));
  }

  @Test
  void readsTimesByPatternAndOtherDelimiters() throws IOException {
    TimeSeries series =
        reader()
            .timePattern("dd.MM.yyyy")
            .delimiter(';')
            .build()
            .read(file("time;y", "30.01.2024;1", "31.01.2024;2", "01.02.2024;3"));
    assertEquals("02.02.2024", series.label(3));
  }

  /** The last Sunday of March in Berlin has no 02:00, the last Sunday of October has two. */
  @Test
  void aZonePutsLocalHoursOnTheTimeLine() throws IOException {
    TimeSeriesReader berlin = reader().zone(ZoneId.of("Europe/Berlin")).build();
    TimeSeries spring =
        berlin.read(
            file("time,y", "2024-03-31 01:00,1", "2024-03-31 03:00,2", "2024-03-31 04:00,3"));
    assertEquals(TimeStep.hours(1), spring.step());
    assertEquals("2024-03-31 03:00 +02:00", spring.label(1));
    TimeSeries autumn =
        berlin.read(
            file(
                "time,y",
                "2024-10-27 01:30,1",
                "2024-10-27 02:00,2",
                "2024-10-27 02:30,3",
                "2024-10-27 02:00,4",
                "2024-10-27 02:30,5",
                "2024-10-27 03:00,6"));
    assertEquals(TimeStep.minutes(30), autumn.step());
    assertEquals("2024-10-27 02:30 +02:00", autumn.label(2));
    assertEquals("2024-10-27 02:00 +01:00", autumn.label(3));
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, autumn.column("y"));
  }

  @Test
  void aDayIsADayWhenClocksChange() throws IOException {
    TimeSeries series =
        reader()
            .zone(ZoneId.of("Europe/Berlin"))
            .build()
            .read(
                file(
                    "time,y",
                    "2024-03-30T00:00+01:00,1",
                    "2024-03-31T00:00+01:00,2",
                    "2024-04-01T00:00+02:00,3"));
    assertEquals(TimeStep.days(1), series.step());
    assertEquals("2024-04-02T00:00+02:00", series.label(3));
  }

  @Test
  void differentOffsetsWithoutAZoneAreShownInUtc() throws IOException {
    TimeSeries series =
        reader()
            .build()
            .read(file("time,y", "2024-03-31T01:00+01:00,1", "2024-03-31T03:00+02:00,2"));
    assertEquals(TimeStep.hours(1), series.step());
    assertEquals("2024-03-31T00:00Z", series.label(0));
    assertTrue(series.zoned());
  }

  @Test
  void localTimesWithoutAZoneKnowNoDaylightSaving() throws IOException {
    TimeSeries series =
        reader().build().read(file("time,y", "2024-03-31 01:00,1", "2024-03-31 02:00,2"));
    assertFalse(series.zoned());
    assertEquals("2024-03-31 03:00", series.label(2));
  }

  /** Two readings a day, one of them at a midnight that clocks skipped, would be no days. */
  @Test
  void daysNeedNoMidnight() throws IOException {
    TimeSeriesReader.Builder saoPaulo =
        TimeSeriesReader.builder()
            .timeColumn("day")
            .columns("v")
            .zone(ZoneId.of("America/Sao_Paulo"));
    TimeSeries dates = saoPaulo.build().read(Cases.file("brazil.csv"));
    assertEquals(TimeStep.days(1), dates.step());
    assertEquals(120, dates.size());
    assertEquals("2018-11-04", dates.label(64));
    TimeSeries offsets =
        reader()
            .zone(ZoneId.of("America/Sao_Paulo"))
            .build()
            .read(
                file(
                    "time,y",
                    "2018-11-03T00:00-03:00,1",
                    "2018-11-04T01:00-02:00,2",
                    "2018-11-05T00:00-02:00,3"));
    assertEquals(TimeStep.days(1), offsets.step());
    assertEquals("2018-11-06T00:00-02:00", offsets.label(3));
  }

  @Test
  void numbersOfRowsAreAnIndex() throws IOException {
    TimeSeriesReader.Builder reader = TimeSeriesReader.builder().timeColumn("t").columns("v");
    TimeSeries index = reader.build().read(Cases.file("integer.csv"));
    assertEquals(new TimeStep(1, TimeStep.Unit.INDEX, false), index.step());
    assertEquals("v: 199 rows from 1 to 199, numbered in steps of 1", index.toString());
    assertEquals("200", index.label(199));
    assertEquals(1, index.step().usualSeason());
    TimeSeries tens =
        reader()
            .missing(Missing.INTERPOLATE)
            .build()
            .read(file("time,y", "990,1", "1000,2", "1010,3", "1030,5"));
    assertEquals("y: 5 rows from 990 to 1030, numbered in steps of 10", tens.toString());
    TimeSeries thousands = reader().build().read(file("time,y", "1000,1", "1001,2", "1002,3"));
    assertEquals("1003", thousands.label(3));
    assertFalse(thousands.zoned());
    assertEquals(TimeStep.Unit.INDEX, thousands.step().unit());
  }

  @Test
  void secondsSince1970AreTimes() throws IOException {
    TimeSeries epoch =
        TimeSeriesReader.builder()
            .timeColumn("t")
            .columns("v")
            .build()
            .read(Cases.file("epoch.csv"));
    assertEquals(TimeStep.minutes(1), epoch.step());
    assertEquals("2023-11-14T22:14:20Z", epoch.time(0).toInstant().toString());
    assertEquals("1700012000", epoch.label(199));
    TimeSeries millis = reader().build().read(file("time,y", "1704067200000,1", "1704153600000,2"));
    assertEquals(TimeStep.days(1), millis.step());
    assertEquals("1704240000000", millis.label(2));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}: {3}, {4}, {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        "101|116,2|121,5|101|116.2|121.5",
        "1.000,75|990|1.010|1000.75|990|1010",
        "1.000.000|1.000|7|1000000|1000|7",
        "0.5|1.000|-1.5e3|0.5|1|-1500",
        "1,000.5|1,000|+2|1000.5|1000|2",
        "1 000,5|1 000|1'000|1000.5|1000|1000",
        "1\u00a0000|.5|2.|1000|0.5|2",
        "0,125|1,125|,5|0.125|1.125|0.5",
      })
  void findsHowNumbersAreWritten(
      String a, String b, String c, double first, double second, double third) throws IOException {
    TimeSeries series =
        reader()
            .delimiter(';')
            .build()
            .read(file("time;y", "2024-01-01;" + a, "2024-01-02;" + b, "2024-01-03;" + c));
    assertArrayEquals(new double[] {first, second, third}, series.column("y"));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "POINT, , 1.01",
    "COMMA, , 1010",
    ", POINT, 1010",
    ", COMMA, 1.01",
    ", NONE, 1.01",
    ", BLANK, 1.01",
    "COMMA, POINT, 1010",
    "POINT, COMMA, 1.01",
  })
  void howNumbersAreWrittenCanBeSaid(
      NumberStyle.Decimal decimal, NumberStyle.Thousands thousands, double number)
      throws IOException {
    TimeSeriesReader.Builder reader = reader().delimiter(';');
    if (thousands == NumberStyle.Thousands.NONE || thousands == NumberStyle.Thousands.BLANK) {
      decimal = NumberStyle.Decimal.POINT;
    }
    TimeSeriesReader said = reader.numbers(new NumberStyle(decimal, thousands)).build();
    TimeSeries series = said.read(file("time;y", "2024-01-01;1.010", "2024-01-02;1.010"));
    assertArrayEquals(new double[] {number, number}, series.column("y"));
  }

  @Test
  void spreadsheetsFromGermany() {
    TimeSeriesReader reader =
        TimeSeriesReader.builder()
            .timeColumn("Datum")
            .columns("Umsatz")
            .timePattern("dd.MM.yyyy")
            .delimiter(';')
            .build();
    TimeSeries mixed = reader.read(Cases.file("mixdec.csv"));
    assertEquals(116.2, mixed.column("Umsatz")[1]);
    assertEquals(101, mixed.column("Umsatz")[0]);
    assertEquals("30.05.2024", mixed.label(150));
    assertEquals(
        List.of(
            Cases.file("mixdec.csv")
                + ", column \"Umsatz\": \"116,2\" (line 3) is read as 116.2, and the other numbers in the same way."),
        reader.warnings());
    double[] german = reader.read(Cases.file("german.csv")).column("Umsatz");
    assertEquals(1000.75, german[0]);
    assertEquals(1020.73, german[149]);
    TimeSeriesReader named =
        TimeSeriesReader.builder()
            .timeColumn("Datum")
            .columns("Umsatz")
            .timePattern("dd.MM.yyyy")
            .build();
    assertArrayEquals(german, named.read(Cases.file("sep.csv")).column("Umsatz"));
  }

  @Test
  void aFileWithCommasBetweenFieldsHasDecimalPoints() throws IOException {
    TimeSeries series =
        reader().build().read(file("time,y", "2024-01-01,1.250", "2024-01-02,12.375"));
    assertArrayEquals(new double[] {1.25, 12.375}, series.column("y"));
    assertEquals(
        8.125,
        reader().build().read(file("time,y", "2024-01-01,1", "2024-01-02,8.125")).column("y")[1]);
  }
}
