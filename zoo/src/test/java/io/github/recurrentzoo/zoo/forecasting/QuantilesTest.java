package io.github.recurrentzoo.zoo.forecasting;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.step.TrainingStep;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.Adam;

/** Quantiles that the network answers beside its estimate. */
class QuantilesTest {
  private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

  @TempDir Path folder;

  /** A week, and noise with a long tail upwards: exponential, of mean 1. */
  private static TimeSeries series(int rows, double scale) {
    Random random = new Random(3);
    double[] y = new double[rows];
    double[] price = new double[rows];
    for (int t = 0; t < rows; t++) {
      price[t] = t % 5 == 0 ? 1 : 0;
      y[t] = scale * (5 + Math.sin(2 * Math.PI * t / 7) - Math.log(1 - random.nextDouble()));
    }
    return TimeSeries.of(
        LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y, "price", price));
  }

  private static ForecastOptions.Builder options() {
    return ForecastOptions.builder()
        .targets("y")
        .lookback(7)
        .horizon(2)
        .predictionInterval(0.8)
        .quantiles(0.9, 0.1, 0.5);
  }

  private static SequenceForecasting network() {
    return SequenceForecasting.builder()
        .hiddenSize(8)
        .updater(new Adam(0.01))
        .seed(Learning.seed())
        .build();
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .patience(epochs)
        .seed(Learning.seed())
        .validationSplit(0.2)
        .build();
  }

  /** The distance of the quantiles from the median, of an exponential distribution. */
  @Tag("learning")
  @Test
  void learnsTheDistribution() {
    TimeSeries.Split split = series(1500, 1).split(0.3);
    Forecaster forecaster =
        Forecaster.train(split.past(), options().build(), network(), training(20));
    ForecastReport.Target report = forecaster.evaluate(split.past(), split.test()).target("y");
    for (ForecastReport.Quantile each : report.quantiles()) {
      assertEquals(each.level(), each.coverage(), 0.1, report.quantiles()::toString);
    }
    // -(1 - q) ln(1 - q) are the least that can be.
    assertBelow(
        "pinball loss of 0.1", report.quantiles().get(0).pinball(), 0.2, "0.14; least 0.095");
    assertBelow(
        "pinball loss of 0.9", report.quantiles().get(2).pinball(), 0.35, "0.27; least 0.230");
  }

  @ParameterizedTest(name = "{0}, ahead {1}")
  @CsvSource({
    "NONE, false",
    "NONE, true",
    "LAG_1, false",
    "SEASONAL, true",
    "LEVEL, false",
    "SEASONAL_DRIFT, true"
  })
  void quantilesNeverCrossAndAreSaved(Difference difference, boolean ahead) {
    TimeSeries series = series(120, 100);
    ForecastOptions.Builder what = options().difference(difference);
    if (ahead) {
      what.futureCovariates("price").calendarFeatures(CalendarFeature.DAY_OF_WEEK);
    }
    TimeSeries rows = ahead ? series.ahead(Map.of("price", new double[] {1, 0})) : series;
    Forecaster forecaster = Forecaster.train(rows, what.build(), network(), training(1));
    Forecast.Target target = forecaster.forecast(rows).targets().get(0);
    assertEquals(LEVELS, forecaster.forecast(rows).levels());
    for (int k = 0; k < 2; k++) {
      double low = target.quantiles().get(0).get(k);
      double middle = target.quantiles().get(1).get(k);
      assertTrue(low <= middle && middle <= target.quantiles().get(2).get(k), target::toString);
      assertEquals(600, middle, 400);
    }
    Path file = folder.resolve("model.zip");
    forecaster.save(file);
    assertEquals(forecaster.forecast(rows), Forecaster.load(file).forecast(rows));
  }

  @Test
  void ofManySeriesEachInItsUnit() {
    SeriesPanel.Split split =
        SeriesPanel.of(Map.of("a", series(120, 1), "b", series(120, 1000))).split(0.2);
    PanelForecaster forecaster =
        PanelForecaster.train(split.past(), options().build(), network(), training(3));
    PanelReport report = forecaster.evaluate(split.past(), split.test());
    ForecastReport.Quantile low = report.series().get("a").target("y").quantiles().get(1);
    ForecastReport.Quantile high = report.series().get("b").target("y").quantiles().get(1);
    assertEquals(1000, high.pinball() / low.pinball(), 500);
    assertEquals(
        (low.pinball() + high.pinball()) / 2, report.quantiles("y").get(1).pinball(), 1e-9);
    assertTrue(report.toString().contains("pinball loss"), report::toString);
    Map<String, Forecast> next = forecaster.forecast(split.past());
    assertEquals(6000, next.get("b").targets().get(0).quantiles().get(1).get(0), 4000);
  }

  /** The step on kernels asks any loss for its gradient. */
  @Test
  void theStepOnKernelsServesTheLoss() {
    ComputationGraph network = network().toBuilder().quantiles(LEVELS).horizon(2).build().init();
    assertEquals(Optional.empty(), TrainingStep.obstacle(network));
  }

  @Test
  void aFineTunedForecasterKeepsThem() {
    TimeSeries series = series(120, 1);
    Forecaster forecaster = Forecaster.train(series, options().build(), network(), training(1));
    Forecaster tuned =
        forecaster.fineTune(
            series(140, 50), FineTuneOptions.builder().training(training(1)).build());
    assertEquals(LEVELS, tuned.options().quantiles());
    assertEquals(3, tuned.forecast(series).targets().get(0).quantiles().size());
  }

  @Test
  void crossedAnswersAreSorted() {
    double[] numbers = {1, 2, 30, 10, 20, 40, 10, 60};
    assertEquals(
        "[1.0, 2.0, 10.0, 10.0, 20.0, 40.0, 30.0, 60.0]",
        Arrays.toString(ForecastWindows.sortedQuantiles(numbers, 2)));
  }

  @Test
  void levelsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> options().quantiles(0.5, 0.5).build());
    assertThrows(IllegalArgumentException.class, () -> options().quantiles(1.0).build());
  }
}
