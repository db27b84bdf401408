package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

/** The share of exponential smoothing in the forecasts of many series. */
class PanelSmoothingTest {
  @TempDir Path folder;

  /** A season at a level that wanders: what smoothing is made for. */
  private static TimeSeries wanders(int seed, int rows) {
    Random random = new Random(seed);
    double[] values = new double[rows];
    double level = 50;
    for (int t = 0; t < rows; t++) {
      level += random.nextGaussian();
      values[t] = seed * (level + 8 * Math.sin(2 * Math.PI * t / 7) + random.nextGaussian() / 4);
    }
    return TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", values));
  }

  private static SeriesPanel panel() {
    Map<String, TimeSeries> series = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 5).forEach(seed -> series.put("s" + seed, wanders(seed, 160)));
    return SeriesPanel.of(series);
  }

  private static ForecastOptions.Builder options() {
    return ForecastOptions.builder()
        .targets("y")
        .lookback(7)
        .horizon(4)
        .difference(Difference.NONE)
        .predictionInterval(0.8);
  }

  /** A network that has hardly learned. */
  private static PanelForecaster train(SeriesPanel past, ForecastOptions options) {
    return PanelForecaster.train(
        past,
        options,
        SequenceForecasting.builder().hiddenSize(4).seed(1).updater(new Adam(0.001)).build(),
        TrainingOptions.builder().epochs(1).seed(1).validationSplit(0.2).build());
  }

  @Test
  void whereTheNetworkHasNotLearnedSmoothingForecasts() {
    SeriesPanel.Split split = panel().split(0.2);
    PanelForecaster both = train(split.past(), options().build());
    PanelForecaster alone = train(split.past(), options().smoothing(false).build());
    assertTrue(both.smoothing() >= 0.8, "share " + both.smoothing());
    assertEquals(0, alone.smoothing());
    PanelReport mixed = both.evaluate(split.past(), split.test());
    PanelReport network = alone.evaluate(split.past(), split.test());
    double ets = mixed.mean("y", Baseline.ETS).mae();
    double mixedError = mixed.mean("y", ForecastReport.Target::network).mae();
    double networkError = network.mean("y", ForecastReport.Target::network).mae();
    assertTrue(mixedError < 0.7 * networkError, mixedError + " of " + networkError);
    assertTrue(mixedError < 1.1 * ets, mixedError + " beside " + ets);
    assertTrue(mixed.toString().contains("those of exponential smoothing"), mixed::toString);
    assertFalse(network.toString().contains("those of exponential smoothing"), network::toString);
    assertEquals(both.smoothing(), mixed.toMap().get("smoothing"));
  }

  /** w e + (1 - w) f, and quantiles and intervals move with it. */
  @Test
  void theShareIsThatOfEachForecast() {
    SeriesPanel past = panel().split(0.2).past();
    ForecastOptions.Builder what = options().quantiles(0.1, 0.9);
    PanelForecaster both = train(past, what.build());
    PanelForecaster alone = train(past, what.smoothing(false).build());
    TimeSeries series = past.series("s3");
    Forecast.Target f = alone.forecast("s3", series, series.size()).targets().get(0);
    Forecast.Target mixed = both.forecast("s3", series, series.size()).targets().get(0);
    ForecastWindows windows =
        new ForecastWindows(both.forecaster().answers().parts().encoder(), series);
    double[] e =
        PanelSmoothing.forecasts(windows, both.options(), 0, 0, new int[] {series.size() - 1})[0];
    double w = both.smoothing();
    for (int k = 0; k < 4; k++) {
      double moved = w * (e[k] - f.values().get(k));
      // Smoothing is fitted to scaled rows, which moves its parameters a little.
      assertEquals(f.values().get(k) + moved, mixed.values().get(k), 0.5);
      double exactly = mixed.values().get(k) - f.values().get(k);
      for (int q = 0; q < 2; q++) {
        assertEquals(f.quantiles().get(q).get(k) + exactly, mixed.quantiles().get(q).get(k), 1e-6);
      }
      assertTrue(mixed.lower().get(k) < mixed.values().get(k));
    }
  }

  @Test
  void theLargestShareWithinOneStandardError() {
    // By share 0, 0.1 ... 1; of two series, whose differences are equal: no error of the mean.
    double[] falls = {1, .9, .8, .7, .6, .5, .6, .7, .8, .9, 1};
    assertEquals(0.5, PanelSmoothing.chosen(List.of(falls, falls)));
    // At 0.7 the series differ by -0.2 and 0.4: mean 0.1, standard error 0.3.
    double[] other = falls.clone();
    other[7] = 0.3;
    double[] third = falls.clone();
    third[7] = 0.9;
    assertEquals(0.7, PanelSmoothing.chosen(List.of(other, third)));
    assertEquals(0.5, PanelSmoothing.chosen(List.of(falls)));
    double[] rises = IntStream.rangeClosed(0, 10).mapToDouble(i -> i).toArray();
    assertEquals(0, PanelSmoothing.chosen(List.of(rises, rises)));
  }

  @Test
  void isSavedAndKeptByATrainingOnAllRows() {
    SeriesPanel panel = panel();
    PanelForecaster both = train(panel, options().build());
    Path file = folder.resolve("model.zip");
    both.save(file);
    PanelForecaster loaded = PanelForecaster.load(file);
    assertEquals(both.smoothing(), loaded.smoothing());
    assertEquals(both.forecast(panel), loaded.forecast(panel));
    TrainingOptions epoch = TrainingOptions.builder().epochs(1).patience(1).build();
    PanelForecaster all =
        loaded.retrain(
            panel, SequenceForecasting.builder().hiddenSize(4).build(), epoch, TrainingRun.SILENT);
    assertTrue(both.smoothing() > 0);
    assertEquals(both.smoothing(), all.smoothing());
  }

  /** One series alone says little of the share. */
  @Test
  void fineTuningToFewSeriesKeepsTheShare() {
    SeriesPanel panel = panel();
    PanelForecaster both = train(panel, options().build());
    FineTuneOptions tuning =
        FineTuneOptions.builder()
            .training(
                TrainingOptions.builder().epochs(30).patience(30).validationSplit(0.2).build())
            .build();
    SeriesPanel one = SeriesPanel.of(Map.of("new", wanders(7, 160)));
    PanelForecaster tuned = both.fineTune(one, tuning, TrainingRun.SILENT);
    assertEquals(both.smoothing(), tuned.smoothing());
    assertTrue(tuned.names().contains("new"));
  }
}
