package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
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
    "2023-01, 2023-04, 2023-07, 3 months, 2023-10-01",
    "1999, 2000, 2001, 12 months, 2002-01-01",
    "2023-01-02, 2023-01-09, 2023-01-16, 7 days, 2023-01-23",
    "2023-01-01 22:00, 2023-01-01 23:00, 2023-01-02 00:00, 1 hour, 2023-01-02 01:00",
    "2023-01-01T00:00:00, 2023-01-01T00:15:00, 2023-01-01T00:30:00, 15 minutes, 2023-01-01 00:45",
    "2023-01-01 00:00:10, 2023-01-01 00:00:20, 2023-01-01 00:00:30, 10 seconds, 2023-01-01 00:00:40",
    "2023-01-01T12:00Z, 2023-01-02T12:00Z, 2023-01-03T12:00Z, 1 day, 2023-01-04 12:00 Z",
  })
  void findsTheStep(String a, String b, String c, String step, String next) throws IOException {
    TimeSeries series = reader().build().read(file("time,y", a + ",1", b + ",2", c + ",4"));
    assertEquals(step, series.step().toString());
    assertEquals(next, series.label(3));
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
  void interpolatesGapsBlanksTextNanAndInfinityAndSaysSo() throws IOException {
    TimeSeriesReader reader = reader().missing(Missing.INTERPOLATE).build();
    TimeSeries series =
        reader.read(
            file(
                "time,y",
                "2024-01-01,0",
                "2024-01-02,",
                "2024-01-03,text",
                "2024-01-04,NaN",
                "2024-01-05,inf",
                "2024-01-07,1e999",
                "2024-01-08,7"));
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, series.column("y"), 1e-12);
    assertEquals(2, reader.warnings().size());
    assertTrue(
        reader.warnings().get(0).endsWith("1 row is missing; its numbers are interpolated."));
    assertTrue(
        reader
            .warnings()
            .get(1)
            .endsWith(
                "column \"y\": 5 cells hold no number and are interpolated (lines 3, 4, 5, 6, 7)."));
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
    assertEquals("2024-02-02", series.label(3));
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
    assertEquals("2024-04-02", series.label(3));
  }

  @Test
  void differentOffsetsWithoutAZoneAreShownInUtc() throws IOException {
    TimeSeries series =
        reader()
            .build()
            .read(file("time,y", "2024-03-31T01:00+01:00,1", "2024-03-31T03:00+02:00,2"));
    assertEquals(TimeStep.hours(1), series.step());
    assertEquals("2024-03-31 00:00 Z", series.label(0));
    assertTrue(series.zoned());
  }

  @Test
  void localTimesWithoutAZoneKnowNoDaylightSaving() throws IOException {
    TimeSeries series =
        reader().build().read(file("time,y", "2024-03-31 01:00,1", "2024-03-31 02:00,2"));
    assertFalse(series.zoned());
    assertEquals("2024-03-31 03:00", series.label(2));
  }
}
