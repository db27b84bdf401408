package io.github.recurrentzoo.zoo.forecasting;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Cases;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** One network for many series. */
class PanelForecasterTest {

  @TempDir Path folder;

  /** A week at a level and a height of its own; the two kinds of shops have opposite weeks. */
  private static TimeSeries shop(int first, int rows, double level, double sign) {
    Random random = new Random(first + rows);
    double[] sold = new double[rows];
    double[] size = new double[rows];
    for (int t = 0; t < rows; t++) {
      double week = sign * Math.sin(2 * Math.PI * (first + t) / 7);
      sold[t] = level * (5 + week + 0.05 * random.nextGaussian());
      size[t] = sign;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("sold", sold);
    columns.put("size", size);
    return TimeSeries.of(LocalDate.of(2024, 1, 1).plusDays(first), TimeStep.days(1), columns);
  }

  /** Three shops of unlike length, level and beginning. */
  private static SeriesPanel shops() {
    Map<String, TimeSeries> series = new LinkedHashMap<>();
    series.put("north", shop(0, 150, 1, 1));
    series.put("south", shop(40, 110, 1000, -1));
    series.put("new", shop(100, 50, 0.01, 1));
    return SeriesPanel.of(series);
  }

  /** Of the network alone: smoothing would forecast these weeks without it. */
  private static ForecastOptions.Builder options() {
    return ForecastOptions.builder()
        .targets("sold")
        .lookback(8)
        .horizon(3)
        .predictionInterval(0.8)
        .smoothing(false);
  }

  private static PanelForecaster train(SeriesPanel panel, ForecastOptions options, int epochs) {
    return PanelForecaster.train(
        panel,
        options,
        SequenceForecasting.builder()
            .hiddenSize(8)
            .seed(Learning.seed())
            .updater(new Adam(0.01))
            .build(),
        training(epochs),
        TrainingRun.SILENT);
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .patience(epochs)
        .batchSize(16)
        .seed(Learning.seed())
        .validationSplit(0.2)
        .build();
  }

  @Tag("learning")
  @Test
  void learnsAllSeriesEachAtItsLevel() {
    SeriesPanel.Split split = shops().split(0.2);
    PanelForecaster forecaster = train(split.past(), options().pastCovariates("size").build(), 40);
    PanelReport report = forecaster.evaluate(split.past(), split.test());
    assertEquals(List.of("north", "south", "new"), List.copyOf(report.series().keySet()));
    report
        .series()
        .forEach(
            (name, each) -> {
              ForecastReport.Target sold = each.target("sold");
              assertBelow(
                  "MAE / naive of " + name,
                  sold.network().all().mae() / sold.naive().all().mae(),
                  0.6,
                  "0.1");
            });
    // In the unit of each series.
    assertTrue(report.series().get("south").target("sold").network().all().mae() > 10);
    assertTrue(report.series().get("new").target("sold").network().all().mae() < 0.01);
    assertTrue(report.toString().contains("sold: means over 3 series"), report::toString);
    assertTrue(report.coverage("sold") > 0.3, report::toString);
  }

  /** There is one row before its first forecast: no change to measure a MASE in. */
  @Test
  void aSeriesWithoutAChangeToCompareWithHasNoMase() {
    PanelForecaster forecaster = train(shops(), options().lookback(1).build(), 1);
    Map<String, TimeSeries> others = new LinkedHashMap<>();
    others.put("north", shop(150, 20, 1, 1));
    others.put("opened", shop(150, 20, 1, 1));
    PanelReport report = forecaster.evaluate(shops(), SeriesPanel.of(others));
    assertTrue(Double.isNaN(report.series().get("opened").target("sold").network().all().mase()));
    assertTrue(report.series().get("opened").target("sold").network().all().mae() > 0);
    assertEquals(
        report.series().get("north").target("sold").network().all().mase(),
        report.mean("sold", ForecastReport.Target::network).mase());
  }

  @Test
  void aSeriesThatTrainingHasNotSeenIsScaledByItsOwnRows() {
    PanelForecaster forecaster = train(shops(), options().build(), 8);
    Map<String, TimeSeries> others = new LinkedHashMap<>();
    others.put("north", shop(0, 160, 1, 1));
    others.put("east", shop(0, 40, 1e6, 1));
    SeriesPanel panel = SeriesPanel.of(others);
    assertEquals(List.of("east"), forecaster.unknown(panel));
    Map<String, Forecast> forecasts = forecaster.forecast(panel);
    assertEquals("2024-02-10", forecasts.get("east").labels().get(0));
    Forecast.Target east = forecasts.get("east").targets().get(0);
    for (int k = 0; k < 3; k++) {
      assertEquals(5e6, east.values().get(k), 1.5e6);
      assertTrue(east.upper().get(k) - east.lower().get(k) > 1e4);
    }
    assertEquals(
        List.of("east", "west"), forecaster.evaluate(panel, SeriesPanel.of(next())).unknown());
  }

  private static Map<String, TimeSeries> next() {
    Map<String, TimeSeries> next = new LinkedHashMap<>();
    next.put("north", shop(160, 10, 1, 1));
    next.put("east", shop(40, 10, 1e6, 1));
    next.put("west", shop(40, 4, 1, 1)); // has no window
    return next;
  }

  /** What is read and answered is the same at any level, with a decoder and without. */
  @ParameterizedTest(name = "calendar ahead {0}")
  @ValueSource(booleans = {false, true})
  void withTheLevelTakenAwayAForecastMovesWithTheSeries(boolean calendarAhead) {
    TimeSeries series = shop(0, 150, 10, 1);
    ForecastOptions options =
        options()
            .difference(Difference.LEVEL)
            .calendarFeatures(CalendarFeature.DAY_OF_WEEK)
            .calendarAhead(calendarAhead)
            .build();
    Forecaster forecaster =
        Forecaster.train(
            series,
            options,
            SequenceForecasting.builder().hiddenSize(4).updater(new Adam(0.01)).build(),
            training(3));
    Forecast.Target low = forecaster.forecast(series).targets().get(0);
    Forecast.Target high =
        forecaster.forecast(series.withColumn("sold", y -> y + 20)).targets().get(0);
    for (int k = 0; k < 3; k++) {
      assertEquals(20, high.values().get(k) - low.values().get(k), 1e-3);
    }
    assertNotEquals(low.values().get(0), low.values().get(1));
  }

  @Test
  void seriesWithoutAWindowAreNamed() {
    PanelForecaster forecaster = train(shops(), options().build(), 1);
    // "sold" is real nowhere in these rows, as in rows that are put in.
    TimeSeries none = shop(0, 20, 1, 1).ahead(Map.of("size", new double[30])).rows(20, 50);
    PanelReport report =
        forecaster.evaluate(
            shops(),
            SeriesPanel.of(
                Map.of("n", shop(0, 20, 1, 1), "west", shop(0, 4, 1, 1), "empty", none)));
    assertEquals(
        Map.of(
            "west", "too short",
            "empty", "without a real value at each step",
            "north", "as they end before the test rows",
            "south", "as they end before the test rows",
            "new", "as they end before the test rows"),
        report.untested());
    assertEquals(10, report.series().get("n").windows()); // 20 - 8 - 3 + 1
    assertTrue(report.toString().contains("Not tested, too short: west."), report::toString);
    assertTrue(
        report.toString().contains("Not tested, as they end before the test rows: north, south"),
        report::toString);
  }

  @Test
  void theNameAloneTellsSeriesApart() {
    PanelForecaster forecaster = train(shops(), options().build(), 2);
    TimeSeries series = shop(0, 150, 1, 1);
    assertNotEquals(
        forecaster.forecast("north", series, 150).targets().get(0).values(),
        forecaster.forecast("nobody", series, 150).targets().get(0).values());
  }

  @Test
  void savesLoadsGoesOnAndLearnsANewSeries() {
    PanelForecaster forecaster = train(shops(), options().build(), 2);
    Path file = folder.resolve("model.zip");
    forecaster.save(file);
    PanelForecaster loaded = PanelForecaster.load(file);
    assertEquals(List.of("north", "south", "new"), loaded.names());
    assertEquals(forecaster.forecast(shops()), loaded.forecast(shops()));
    PanelForecaster more = loaded.trainOn(shops(), training(1), TrainingRun.SILENT);
    assertNotEquals(loaded.forecast(shops()), more.forecast(shops()));
    SeriesPanel east = SeriesPanel.of(Map.of("east", shop(0, 90, 7, -1)));
    String message =
        assertThrows(
                DataException.class, () -> loaded.trainOn(east, training(1), TrainingRun.SILENT))
            .getMessage();
    assertTrue(message.contains("has not learned the series [east]"), message);
    PanelForecaster tuned =
        loaded.fineTune(
            east, FineTuneOptions.builder().training(training(1)).build(), TrainingRun.SILENT);
    assertEquals(List.of("north", "south", "new", "east"), tuned.names());
    assertEquals(List.of(), tuned.unknown(east));
    assertEquals(
        List.of("east"), tuned.forecaster().provenance().origin().mapping().names().get(0).added());
    tuned.save(file);
    assertEquals(tuned.forecast(east), PanelForecaster.load(file).forecast(east));
  }

  @Test
  void saysWhatItIsAskedWith() {
    Forecaster many = train(shops(), options().build(), 1).forecaster();
    String message =
        assertThrows(DataException.class, () -> many.forecast(shop(0, 50, 1, 1))).getMessage();
    assertTrue(message.contains("has learned from many series, north and others"), message);
    FineTuneOptions tuning = FineTuneOptions.builder().training(training(1)).build();
    assertEquals(
        message,
        assertThrows(DataException.class, () -> many.fineTune(shop(0, 50, 1, 1), tuning))
            .getMessage());
    Forecaster one =
        Forecaster.train(
            shop(0, 150, 1, 1),
            options().build(),
            SequenceForecasting.builder().hiddenSize(2).build(),
            training(1));
    assertTrue(
        assertThrows(DataException.class, () -> PanelForecaster.of(one))
            .getMessage()
            .contains("has learned from one series"));
    assertThrows(DataException.class, () -> train(shops(), options().lookback(200).build(), 1));
  }

  @Test
  void whatIsKnownAheadIsReadOfEachSeries() {
    SeriesPanel panel = shops();
    PanelForecaster forecaster =
        train(panel, options().futureCovariates("size").holidays("US").build(), 1);
    SeriesPanel ahead = panel.map(each -> each.ahead(Map.of("size", new double[] {1, 1, 1})));
    assertEquals(3, forecaster.forecast(ahead).size());
    assertThrows(DataException.class, () -> forecaster.forecast(panel));
  }

  @Test
  void productsOfOneFile() {
    TimeSeriesReader.Builder reader =
        TimeSeriesReader.builder().timeColumn("DATE").columns("QUANTITY");
    SeriesPanel panel = reader.seriesColumn("SKU").build().readPanel(Cases.file("sku.csv"));
    assertEquals(List.of("A", "B"), panel.names());
    assertEquals(60, panel.series("A").size());
    assertEquals(
        "QUANTITY: 2 series of 60 rows from 2024-01-01 to 2024-02-29, one each day",
        panel.toString());
    PanelForecaster forecaster = train(panel, options().targets("QUANTITY").build(), 1);
    assertEquals(2, forecaster.forecast(panel).size());
    String message =
        assertThrows(
                DataException.class,
                () -> reader.seriesColumn(null).build().read(Cases.file("sku.csv")))
            .getMessage();
    assertTrue(
        message.contains("name the column that tells them apart (--series-column)"), message);
  }

  /** Frozen, it stays so: what the network has learned of series without a name. */
  @Test
  void aNewSeriesBeginsAsOneOfNoName() {
    PanelForecaster forecaster = train(shops(), options().build(), 2);
    PanelForecaster tuned =
        forecaster.fineTune(
            SeriesPanel.of(Map.of("east", shop(0, 90, 7, -1))),
            FineTuneOptions.builder().freeze(Freeze.ALL_BUT_HEAD).training(training(1)).build(),
            TrainingRun.SILENT);
    INDArray before = embedding(forecaster);
    INDArray after = embedding(tuned);
    assertEquals(5, after.size(0));
    assertEquals(before.getRow(0), after.getRow(0));
    assertEquals(before.getRow(3), after.getRow(3));
    assertEquals(before.getRow(0), after.getRow(4));
  }

  private static INDArray embedding(PanelForecaster forecaster) {
    return forecaster
        .forecaster()
        .network()
        .getVertex(SequenceForecasting.NAME_EMBEDDING)
        .paramTable(false)
        .get("W");
  }

  @Test
  void aBacktestGoesOverTheEndOfAllSeries() {
    SeriesPanel panel = shops();
    PanelBacktest once = backtest(panel, new BacktestOptions(2, 10, false));
    PanelBacktest refitted = backtest(panel, new BacktestOptions(2, 10, true));
    assertEquals(
        List.of("2024-05-10 to 2024-05-19", "2024-05-20 to 2024-05-29"),
        once.folds().stream().map(fold -> fold.from() + " to " + fold.to()).toList());
    assertEquals(
        List.of("north", "south", "new"),
        List.copyOf(once.folds().get(1).report().series().keySet()));
    assertEquals(8, once.folds().get(1).report().series().get("south").windows());
    // The first part is the same; before the second one, only one of them has learned anew.
    assertEquals(mae(once, 0), mae(refitted, 0));
    assertNotEquals(mae(once, 1), mae(refitted, 1));
    String text = refitted.toString();
    assertTrue(text.contains("sold, mean MASE"), text);
    assertTrue(text.contains("2024-05-20 to 2024-05-29       3"), text);
    // One and the same as a forecaster of the rows before.
    SeriesPanel.Split last = panel.splitAt(panel.times().get(140));
    assertEquals(
        train(last.past(), options().build(), 2)
            .evaluate(last.past(), last.test())
            .mean("sold", ForecastReport.Target::network)
            .mae(),
        mae(refitted, 1));
    String message =
        assertThrows(DataException.class, () -> backtest(panel, new BacktestOptions(2, 2, false)))
            .getMessage();
    assertTrue(message.contains("parts of 2 rows; expected the horizon of 3"), message);
    assertThrows(DataException.class, () -> backtest(panel, new BacktestOptions(15, 10, false)));
  }

  private static PanelBacktest backtest(SeriesPanel panel, BacktestOptions parts) {
    return PanelForecaster.backtest(
        panel,
        options().build(),
        SequenceForecasting.builder()
            .hiddenSize(8)
            .seed(Learning.seed())
            .updater(new Adam(0.01))
            .build(),
        training(2),
        parts,
        TrainingRun.SILENT);
  }

  private static double mae(PanelBacktest backtest, int fold) {
    return backtest.folds().get(fold).report().mean("sold", ForecastReport.Target::network).mae();
  }
}
