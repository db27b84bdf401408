package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that were worked out by hand. */
class SeriesMathTest {
  private static final double[] Y = {3, 1, 4, 1, 5, 9, 2, 6};

  @Test
  void errors() {
    ForecastErrors.Sum sum = new ForecastErrors.Sum(2);
    sum.add(10, 8); // error 2, sMAPE 400 / 18
    sum.add(-4, -4); // 0
    sum.add(0, 0); // 0, not 0 / 0
    sum.add(2, -4); // error 6, sMAPE 1200 / 6
    ForecastErrors errors = sum.errors();
    assertEquals(4, errors.pairs());
    assertEquals(2, errors.mae(), 1e-12);
    assertEquals(Math.sqrt(10), errors.rmse(), 1e-12);
    assertEquals(1, errors.mase(), 1e-12);
    assertEquals((400.0 / 18 + 200) / 4, errors.smape(), 1e-12);
  }

  @Test
  void errorsOfNothing() {
    assertEquals(
        "There are no pairs of truth and forecast to measure",
        assertThrows(IllegalStateException.class, () -> new ForecastErrors.Sum(1).errors())
            .getMessage());
  }

  @Test
  void theScaleOfMase() {
    assertEquals((2 + 3 + 3 + 4 + 4 + 7 + 4) / 7.0, ForecastErrors.scale(Y, 1), 1e-12);
    assertEquals((2 + 8 + 2 + 5) / 4.0, ForecastErrors.scale(Y, 4), 1e-12);
  }

  /** Y with the second and the fifth number missing. */
  @Test
  void theScaleOfMaseIsOfRealNumbers() {
    boolean[] real = new boolean[Y.length];
    Arrays.fill(real, true);
    real[1] = false;
    real[4] = false;
    double expected =
        (Math.abs(Y[2] - Y[0])
                + Math.abs(Y[3] - Y[2])
                + Math.abs(Y[5] - Y[3])
                + Math.abs(Y[6] - Y[5])
                + Math.abs(Y[7] - Y[6]))
            / 5;
    assertEquals(expected, ForecastErrors.scale(Y, real, 1), 1e-12);
    assertEquals(
        "Of the 3 rows to learn from, no two real numbers are a season of 1 rows apart, so that there is no error of the seasonal naive forecast to compare with. Give more rows, or another season.",
        assertThrows(
                DataException.class,
                () ->
                    ForecastErrors.scale(
                        new double[] {1, 2, 3}, new boolean[] {false, true, false}, 1))
            .getMessage());
  }

  @ParameterizedTest(name = "season {0}, step {1}")
  @CsvSource({"3, 1, 1", "3, 2, 5", "3, 3, 9", "3, 4, 1", "3, 7, 1", "1, 1, 9", "1, 5, 9"})
  void theLastSeasonAndTheLastValue(int season, int step, double expected) {
    assertEquals(expected, Difference.SEASONAL.anchor(afterSix(), 5, step, season, 4));
    assertEquals(9, Difference.LAG_1.anchor(afterSix(), 5, step, season, 4));
  }

  /** Only six numbers are there: to read one after the origin would fail. */
  private static IntToDoubleFunction afterSix() {
    double[] six = Arrays.copyOf(Y, 6);
    return row -> six[row];
  }

  @ParameterizedTest
  @EnumSource(Difference.class)
  void whatIsSubtractedIsKnown(Difference difference) {
    for (int step = 1; step <= 9; step++) {
      int lookback = difference == Difference.SEASONAL_DRIFT ? 2 : 4;
      int seasons = (step + 2) / 3;
      double anchor = difference.anchor(afterSix(), 5, step, 3, lookback);
      double expected =
          switch (difference) {
            case NONE -> 0;
            case LAG_1 -> 9;
            case SEASONAL -> Y[3 + (step - 1) % 3];
            case LEVEL -> (Y[2] + Y[3] + Y[4] + Y[5]) / 4;
            // The window has two rows here, whose mean growth is that of rows 4 and 5.
            case SEASONAL_DRIFT ->
                Y[3 + (step - 1) % 3] + seasons * (Y[4] - Y[1] + Y[5] - Y[2]) / 2;
          };
      assertEquals(expected, anchor, "step " + step);
    }
  }

  @Test
  void whatTheNetworkReads() {
    assertEquals(9, Difference.NONE.read(row -> Y[row], 5, 3));
    assertEquals(4, Difference.LAG_1.read(row -> Y[row], 5, 3));
    assertEquals(5, Difference.SEASONAL.read(row -> Y[row], 5, 3));
    assertEquals(0, Difference.NONE.lag(3));
    assertEquals(1, Difference.LAG_1.lag(3));
    assertEquals(3, Difference.SEASONAL.lag(3));
  }

  @Test
  void scaler() {
    Scaler scaler = Scaler.fit("y", new double[] {2, 4, 4, 4, 5, 5, 7, 9});
    assertEquals(5, scaler.mean());
    assertEquals(2, scaler.deviation());
    assertEquals(1.5, scaler.scale(8));
    assertEquals(8, scaler.unscale(1.5));
  }

  @Test
  void nothingToScale() {
    assertEquals(
        "Column \"y\": all 3 numbers of the rows to learn from are the same (0.1), so there is nothing to learn from. Leave it out, or give rows in which it changes.",
        assertThrows(
                DataException.class, () -> Scaler.fit("Column \"y\"", new double[] {0.1, 0.1, 0.1}))
            .getMessage());
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "HOUR_OF_DAY, 2024-02-29T06:00Z, 0.25",
    "DAY_OF_WEEK, 2024-02-26T23:00Z, 0",
    "DAY_OF_WEEK, 2024-03-03T00:00Z, 0.857142857142857",
    "DAY_OF_MONTH, 2024-02-29T06:00Z, 0.965517241379310",
    "MONTH, 2024-07-31T06:00Z, 0.5",
    "DAY_OF_YEAR, 2024-07-02T06:00Z, 0.5",
    "DAY_OF_YEAR, 2023-12-31T06:00Z, 0.997260273972603",
  })
  void phases(CalendarFeature feature, String time, double expected) {
    assertEquals(expected, feature.phase(ZonedDateTime.parse(time)), 1e-12);
  }

  @Test
  void usualSeasons() {
    assertEquals(24, TimeStep.hours(1).usualSeason());
    assertEquals(96, TimeStep.minutes(15).usualSeason());
    assertEquals(1, TimeStep.hours(5).usualSeason());
    assertEquals(7, TimeStep.days(1).usualSeason());
    assertEquals(52, TimeStep.days(7).usualSeason());
    assertEquals(12, TimeStep.months(1).usualSeason());
    assertEquals(4, TimeStep.months(3).usualSeason());
    assertEquals(1, TimeStep.months(12).usualSeason());
  }

  @Test
  void stepsThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> TimeStep.days(0));
    assertThrows(IllegalArgumentException.class, () -> new TimeStep(1, TimeStep.Unit.DAYS, true));
  }

  @Test
  void cutsAndJoins() {
    TimeSeries series = TimeSeries.of(LocalDate.of(2024, 1, 31), months(), Map.of("y", Y));
    TimeSeries.Split split = series.split(0.25);
    assertArrayEquals(new double[] {3, 1, 4, 1, 5, 9}, split.past().column("y"));
    assertArrayEquals(new double[] {2, 6}, split.test().column("y"));
    assertEquals("2024-07-31", split.test().label(0));
    assertArrayEquals(Y, split.past().append(split.test()).column("y"));
    DataException e = assertThrows(DataException.class, () -> split.test().append(split.past()));
    assertEquals(
        "The series that begins at 2024-01-31 does not follow the one that ends at 2024-08-31; expected 2024-09-30. Give the rows between.",
        e.getMessage());
    assertThrows(DataException.class, () -> series.split(0.01));
    assertThrows(IllegalArgumentException.class, () -> series.split(1));
  }

  private static TimeStep months() {
    return new TimeStep(1, TimeStep.Unit.MONTHS, true);
  }

  @Test
  void arraysThatAreNoSeries() {
    LocalDate start = LocalDate.of(2024, 1, 1);
    TimeStep step = TimeStep.days(1);
    assertThrows(DataException.class, () -> TimeSeries.of(start, step, Map.of()));
    DataException e =
        assertThrows(
            DataException.class,
            () -> TimeSeries.of(start, step, Map.of("y", new double[] {1, Double.NaN})));
    assertEquals(
        "Column \"y\", row 1 (from 0): NaN is no finite number. Put one there.", e.getMessage());
    TimeSeries series = TimeSeries.of(start, step, Map.of("y", Y));
    assertEquals(
        "The series has no column \"z\"; its columns are [y]. Name one of them, or read the column, too.",
        assertThrows(DataException.class, () -> series.column("z")).getMessage());
  }

  @Test
  void hoursFollowTheTimeLineAndDaysTheCalendar() {
    ZonedDateTime before = ZonedDateTime.of(2024, 3, 30, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"));
    assertEquals(ZoneOffset.ofHours(2), TimeStep.hours(1).plus(before, 24).getOffset());
    assertEquals(3, TimeStep.hours(1).plus(before, 24).getHour());
    assertEquals(2, TimeStep.days(1).plus(before, 2).getHour());
  }
}
