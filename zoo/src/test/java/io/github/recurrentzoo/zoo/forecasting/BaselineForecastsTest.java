package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts without a network, and what is said beside them. */
class BaselineForecastsTest {
  private static final double[] Y = {1, 4, 2, 3, 6, 4, 5, 8, 6, 7};

  private static BaselineForecasts forecasts(double[] y, int season, int... origins) {
    TimeSeries series = TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y));
    ForecastOptions options =
        ForecastOptions.builder().targets("y").lookback(2).horizon(2).seasonality(season).build();
    return new BaselineForecasts(
        new ForecastWindows(ForecastEncoder.fit(options, series), series), 0, options, origins);
  }

  /** After row 4: 1, 4, 2, 3, 6. */
  @ParameterizedTest
  @CsvSource({
    "NAIVE, 3, 6, 6",
    "SEASONAL_NAIVE, 3, 2, 3",
    "SEASONAL_MEAN, 3, 2, 2",
    "SEASONAL_MEAN, 1, 3.2, 3.2",
    "DRIFT, 3, 7.25, 8.5"
  })
  void nothingBehindTheOriginIsRead(Baseline baseline, int season, double first, double second) {
    double[] y = Y.clone();
    Arrays.fill(y, 5, y.length, 1e6);
    BaselineForecasts.Answers answers = forecasts(y, season, 4).of(baseline);
    assertEquals(first, answers.at(0, 1), 1e-12);
    assertEquals(second, answers.at(0, 2), 1e-12);
  }

  /** A trend of 2 rows in 3 and a season of 3. */
  @Test
  void smoothingSeesTrendAndSeason() {
    double[] y = new double[60];
    for (int t = 0; t < y.length; t++) {
      y[t] = 0.5 * t + (t % 3 == 1 ? 4 : 0);
    }
    BaselineForecasts.Answers ets = forecasts(y, 3, 40, 50).of(Baseline.ETS);
    for (int k = 1; k <= 2; k++) {
      assertEquals(y[40 + k], ets.at(0, k), 1e-3);
      assertEquals(y[50 + k], ets.at(1, k), 1e-3);
    }
  }

  @Test
  void withoutASeasonNoForecastStandsTwice() {
    assertFalse(Baseline.SEASONAL_NAIVE.differs(1));
    assertTrue(Baseline.SEASONAL_NAIVE.differs(2));
    assertEquals("mean", Baseline.SEASONAL_MEAN.title(1));
    assertEquals("seasonal naive (12)", Baseline.SEASONAL_NAIVE.title(12));
  }

  @Test
  void saysWhatToTry() {
    assertEquals(
        "The MAE of y is 2.000, 33.3 % below the best baseline (ETS, 3.000).",
        ForecastAdvice.sentence("MAE of y", 2, "ETS", 3, List.of("more --epochs")));
    assertEquals(
        "The MAE of y is 3.000, 50.0 % above the best baseline (drift, 2.000): try a, b, c.",
        ForecastAdvice.sentence("MAE of y", 3, "drift", 2, List.of("a", "b", "c", "d")));
    ForecastOptions options =
        ForecastOptions.builder().targets("y").lookback(6).horizon(2).seasonality(12).build();
    Provenance outside = Provenance.outside();
    assertEquals(
        List.of("--difference seasonal", "--calendar-features month", "--lookback 12"),
        ForecastAdvice.untried(options, TimeStep.months(1), outside, Baseline.ETS));
    assertEquals(
        List.of(
            "--calendar-features day-of-week,day-of-year",
            "--lookback 12",
            "--holidays with the code of the country"),
        ForecastAdvice.untried(
            options.toBuilder().difference(Difference.LAG_1).build(),
            TimeStep.days(1),
            outside,
            Baseline.NAIVE));
  }
}
