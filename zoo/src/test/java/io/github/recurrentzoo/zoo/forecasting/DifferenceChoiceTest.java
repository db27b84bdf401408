package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The plain forecast that a network starts from. */
class DifferenceChoiceTest {

  private static TimeSeries series(int rows, IntToDoubleFunction values) {
    double[] y = new double[rows];
    Arrays.setAll(y, values);
    return TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y));
  }

  private static ForecastOptions.Builder options() {
    return ForecastOptions.builder().targets("y").lookback(14).horizon(7);
  }

  private static Difference best(TimeSeries series) {
    return options().build().withBestDifference(series).difference();
  }

  @Test
  void ofWhiteNoiseNone() {
    Random random = new Random(1);
    assertEquals(Difference.NONE, best(series(300, t -> random.nextGaussian())));
  }

  /** Its differences are all the same. */
  @Test
  void ofAStraightLineNone() {
    assertEquals(Difference.NONE, best(series(120, t -> 100 + t)));
  }

  @Test
  void ofARandomWalkTheLastValue() {
    Random random = new Random(1);
    double[] sum = {0};
    TimeSeries walk =
        series(
            300,
            t -> {
              sum[0] += random.nextGaussian();
              return sum[0];
            });
    assertEquals(Difference.LAG_1, best(walk));
  }

  @Test
  void ofAWeekTheWeekBefore() {
    Random random = new Random(1);
    IntToDoubleFunction week =
        t -> 10 * Math.sin(2 * Math.PI * t / 7) + 0.05 * t + random.nextGaussian();
    assertEquals(Difference.SEASONAL, best(series(300, week)));
    // A few rows do not hold a season, a lookback and a horizon.
    assertEquals(7, options().build().withBestDifference(series(60, week)).difference().lag(7));
    assertEquals(
        0,
        options().seasonality(1).build().withBestDifference(series(300, week)).difference().lag(1));
  }

  @Test
  void ofASeasonThatGrowsWhatItGrowsBy() {
    Random random = new Random(1);
    IntToDoubleFunction growing =
        t -> 10 * Math.sin(2 * Math.PI * t / 7) + 0.5 * t + 0.5 * random.nextGaussian();
    assertEquals(Difference.SEASONAL_DRIFT, best(series(300, growing)));
  }

  @Test
  void ofNoiseOverALevelThatDriftsTheLevel() {
    Random random = new Random(1);
    assertEquals(
        Difference.LEVEL, best(series(400, t -> 5 * Math.sin(t / 60.0) + random.nextGaussian())));
  }

  @Test
  void theValuesOfATargetBesideItsDifferencesAskForDifferences() {
    Random random = new Random(1);
    TimeSeries noise = series(300, t -> random.nextGaussian());
    ForecastOptions beside = options().pastCovariates("y").difference(Difference.LAG_1).build();
    assertEquals(Difference.LEVEL, beside.withBestDifference(noise).difference());
  }

  @Test
  void ofManySeriesWhatIsBestOnAverage() {
    Random random = new Random(1);
    Map<String, TimeSeries> series = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      double scale = Math.pow(10, i);
      series.put(
          "s" + i,
          series(
              200,
              t ->
                  scale * (10 * Math.sin(2 * Math.PI * t / 7) + 0.05 * t + random.nextGaussian())));
    }
    series.put("noise", series(200, t -> random.nextGaussian()));
    assertEquals(
        Difference.SEASONAL,
        options().build().withBestDifference(SeriesPanel.of(series)).difference());
  }
}
