package io.github.recurrentzoo.zoo.forecasting;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Cases;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.series.Missing;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesCells;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.config.Adam;

/** From a series to forecasts. */
class ForecasterTest {
  private static final int ROWS = 200;

  @TempDir Path folder;

  /** A season of 8 rows over a trend, with some noise; and a column that runs two rows ahead. */
  private static TimeSeries waves(int rows, IntToDoubleFunction added) {
    Random random = new Random(7);
    double[] y = new double[rows];
    double[] ahead = new double[rows];
    for (int t = 0; t < rows; t++) {
      y[t] = 10 + 0.05 * t + 3 * Math.sin(t * Math.PI / 4) + 0.2 * random.nextGaussian();
      y[t] += added.applyAsDouble(t);
      ahead[t] = Math.cos((t + 2) * Math.PI / 4);
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("y", y);
    columns.put("ahead", ahead);
    return TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), columns);
  }

  private static TimeSeries waves() {
    return waves(ROWS, t -> 0);
  }

  private static ForecastOptions.Builder options() {
    return ForecastOptions.builder()
        .targets("y")
        .lookback(10)
        .horizon(4)
        .seasonality(8)
        .predictionInterval(0.8);
  }

  private static SequenceForecasting.Builder network() {
    return SequenceForecasting.builder()
        .hiddenSize(8)
        .seed(Learning.seed())
        .updater(new Adam(0.01));
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

  private static Forecaster train(TimeSeries series, ForecastOptions options, int epochs) {
    return Forecaster.train(series, options, network().build(), training(epochs));
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void beatsBothBaselines(Recurrence recurrence) {
    TimeSeries.Split split = waves().split(0.2);
    Forecaster forecaster =
        Forecaster.train(
            split.past(),
            options().difference(Difference.LAG_1).build(),
            network().recurrence(recurrence).build(),
            training(40));
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    ForecastReport.Target y = report.target("y");
    double baseline = Math.min(y.naive().all().mae(), y.seasonalNaive().all().mae());
    assertBelow("error / that of the best baseline", y.network().all().mae() / baseline, 1, "0.7");
    assertTrue(y.network().all().mae() < y.naive().all().mae(), report::toString);
    assertTrue(y.network().all().mae() < y.seasonalNaive().all().mae(), report::toString);
    assertEquals(37, report.windows()); // 40 test rows, 4 steps
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Difference.class)
  void differencesAreUndone(Difference difference) {
    // Without differences, a trend leaves what the network has learned: so there is none then.
    IntToDoubleFunction added = t -> difference == Difference.NONE ? -0.05 * t : 0;
    TimeSeries series = waves(ROWS, added);
    Forecaster forecaster = train(series, options().difference(difference).build(), 20);
    Forecast forecast = forecaster.forecast(series);
    TimeSeries longer = waves(ROWS + 4, added);
    for (int k = 0; k < 4; k++) {
      double truth = longer.column("y")[ROWS + k];
      double error = Math.abs(truth - forecast.targets().get(0).values().get(k));
      assertBelow("error of step " + k + ", difference " + difference, error, 1.5, "0.3");
    }
  }

  @Test
  void severalTargetsInputsAndCalendar() {
    TimeSeries series = waves();
    ForecastOptions options =
        options()
            .targets("y", "ahead")
            .pastCovariates("y")
            .difference(Difference.LAG_1)
            .calendarFeatures(CalendarFeature.DAY_OF_YEAR, CalendarFeature.DAY_OF_WEEK)
            .build();
    Forecaster forecaster = train(series, options, 1);
    Forecast forecast = forecaster.forecast(series);
    assertEquals(
        List.of("y", "ahead"), forecast.targets().stream().map(Forecast.Target::name).toList());
    assertEquals("2024-07-19", forecast.labels().get(0));
    TimeSeries.Split split = series.split(0.2);
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    assertEquals(2, report.targets().size());
    assertEquals(4, report.target("ahead").network().stepMae().size());
    assertTrue(report.toString().contains("ahead: 37 forecasts of 4 steps"), report::toString);
    assertEquals("scaled MAE", forecaster.provenance().validationMetric().name());
    assertThrows(IllegalArgumentException.class, () -> report.target("z"));
  }

  /** Nothing that is learned, scaled or measured knows the rows of the test. */
  @ParameterizedTest
  @EnumSource(Difference.class)
  void testRowsChangeNothing(Difference difference) {
    TimeSeries changed = waves(ROWS, t -> t >= 160 ? 1000 : 0);
    assertEquals(
        parts(train(waves().split(0.2).past(), options().difference(difference).build(), 2)),
        parts(train(changed.split(0.2).past(), options().difference(difference).build(), 2)));
  }

  /** Of the validation rows, neither scalers nor the scale of MASE know anything. */
  @ParameterizedTest
  @EnumSource(Difference.class)
  void validationRowsChangeNeitherScalersNorWeights(Difference difference) {
    ForecastOptions options = options().difference(difference).build();
    ForecastParts one = file(train(waves(), options, 1));
    ForecastParts other = file(train(waves(ROWS, t -> t >= 160 ? 1000 : 0), options, 1));
    assertEquals(one.encoder(), other.encoder());
    assertEquals(one.measures().scales(), other.measures().scales());
    assertNotEquals(one.measures().halfWidths(), other.measures().halfWidths());
    assertEquals(
        weights(train(waves(), options, 1)),
        weights(train(waves(ROWS, t -> t >= 160 ? 1000 : 0), options, 1)));
  }

  /** ... but the last row that is learned from does count. */
  @Test
  void theLastRowBeforeTheBorderIsLearnedFrom() {
    ForecastOptions options = options().build();
    assertNotEquals(
        weights(train(waves(), options, 1)),
        weights(train(waves(ROWS, t -> t == 159 ? 1 : 0), options, 1)));
  }

  @Test
  void aForecastReadsNothingBehindItsOrigin() {
    Forecaster forecaster = train(waves(), options().build(), 2);
    TimeSeries other = waves(ROWS, t -> t > 100 ? 50 : 0);
    assertEquals(
        forecaster.forecast(waves().rows(0, 101)), forecaster.forecast(other.rows(0, 101)));
  }

  @Test
  void evaluationIsTheErrorOfForecasts() {
    TimeSeries series = waves();
    TimeSeries.Split split = series.split(0.2);
    Forecaster forecaster = train(split.past(), options().build(), 2);
    double[] y = series.column("y");
    ForecastErrors.Sum sum = new ForecastErrors.Sum(ForecastErrors.scale(Arrays.copyOf(y, 128), 8));
    int inside = 0;
    for (int origin = 159; origin <= 195; origin++) {
      Forecast.Target target = forecaster.forecast(series.rows(0, origin + 1)).targets().get(0);
      for (int k = 1; k <= 4; k++) {
        double truth = y[origin + k];
        sum.add(truth, target.values().get(k - 1));
        inside += truth >= target.lower().get(k - 1) && truth <= target.upper().get(k - 1) ? 1 : 0;
      }
    }
    ForecastReport.Target report = forecaster.evaluate(split.past(), split.test()).target("y");
    assertEquals(sum.errors().mae(), report.network().all().mae(), 1e-5);
    assertEquals(sum.errors().rmse(), report.network().all().rmse(), 1e-5);
    assertEquals(sum.errors().mase(), report.network().all().mase(), 1e-5);
    assertEquals(sum.errors().smape(), report.network().all().smape(), 1e-4);
    assertEquals(inside / 148.0, report.coverage(), 1e-9);
    double naive = 0;
    for (int origin = 159; origin <= 195; origin++) {
      naive += Math.abs(y[origin + 3] - y[origin]) / 37;
    }
    assertEquals(naive, report.naive().stepMae().get(2), 1e-9);
  }

  @Test
  void theSameSeedGivesTheSameForecasterToTheBit() {
    ForecastOptions options = options().build();
    assertEquals(parts(train(waves(), options, 2)), parts(train(waves(), options, 2)));
  }

  @Test
  void savesAndLoadsToTheBit() {
    Path file = folder.resolve("model.zip");
    Forecaster forecaster =
        train(
            waves(),
            options().pastCovariates("ahead").calendarFeatures(CalendarFeature.MONTH).build(),
            2);
    forecaster.save(file);
    Forecaster loaded = Forecaster.load(file);
    assertEquals(forecaster.forecast(waves()), loaded.forecast(waves()));
    assertEquals(forecaster.options(), loaded.options());
    assertEquals(forecaster.provenance(), loaded.provenance());
    assertEquals(forecaster.parameters(), loaded.parameters());
    TimeSeries.Split split = waves().split(0.2);
    assertEquals(
        forecaster.evaluate(split.past(), split.test()),
        loaded.evaluate(split.past(), split.test()));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void goesOnTrainingAfterLoadingAsWithout(Recurrence recurrence) {
    Path file = folder.resolve("model.zip");
    Forecaster forecaster =
        Forecaster.train(
            waves(), options().build(), network().recurrence(recurrence).build(), training(3));
    Forecast before = forecaster.forecast(waves());
    forecaster.save(file);
    TimeSeries more = waves(ROWS + 40, t -> 1);
    Forecaster tuned = forecaster.trainOn(more, training(3));
    assertEquals(before, forecaster.forecast(waves()), "the first one stays as it is");
    assertNotEquals(before, tuned.forecast(waves()));
    assertEquals(file(forecaster).encoder(), file(tuned).encoder());
    assertEquals(parts(tuned), parts(Forecaster.load(file).trainOn(more, training(3))));
    assertEquals(240, tuned.provenance().rows());
  }

  @Tag("learning")
  @Test
  void fineTuningBeginsWithWhatWasLearned() {
    Forecaster forecaster = train(waves(), options().build(), 30);
    double[] losses = new double[1];
    forecaster.trainOn(
        waves(),
        training(1),
        TrainingRun.of(
            new TrainingProgress() {
              @Override
              public void onEpoch(EpochEvent event) {
                losses[0] = event.trainingLoss();
              }
            }));
    assertBelow("training loss", losses[0], 0.1, "0.03; a new network has 1");
  }

  @Test
  void backtestWithAndWithoutRefitting() {
    int[] trainings = new int[1];
    TrainingProgress counting =
        new TrainingProgress() {
          @Override
          public void onEpoch(EpochEvent event) {
            trainings[0]++;
          }
        };
    Backtest once =
        Forecaster.backtest(
            waves(),
            options().build(),
            network().build(),
            training(1),
            new BacktestOptions(3, 10, false),
            TrainingRun.of(counting));
    assertEquals(1, trainings[0]);
    Backtest anew =
        Forecaster.backtest(
            waves(),
            options().build(),
            network().build(),
            training(1),
            new BacktestOptions(3, 10, true),
            TrainingRun.of(counting));
    assertEquals(4, trainings[0]);
    assertEquals(3, once.folds().size());
    assertEquals(once.folds().get(0), anew.folds().get(0));
    assertNotEquals(once.folds().get(2).report(), anew.folds().get(2).report());
    assertEquals("2024-06-19", once.folds().get(0).from());
    assertEquals("2024-07-18", once.folds().get(2).to());
    assertEquals(7, once.folds().get(0).report().windows());
    assertEquals(
        Forecaster.train(waves().rows(0, 190), options().build(), network().build(), training(1))
            .evaluate(waves().rows(0, 190), waves().rows(190, 200)),
        anew.folds().get(2).report());
    assertTrue(once.toString().contains("2024-06-19 to 2024-06-28"), once::toString);
  }

  @Test
  void theUsualSeasonIsTakenIfNoneIsGiven() {
    assertEquals(7, train(waves(), options().seasonality(0).build(), 1).options().seasonality());
    TimeSeries minutes =
        TimeSeriesReader.builder()
            .timeColumn("t")
            .columns("v")
            .build()
            .read(Cases.file("epoch.csv"));
    ForecastOptions day = options().targets("v").seasonality(0).build();
    assertEquals(1, train(minutes, day, 1).options().seasonality(), "199 minutes hold no day");
  }

  private static void assertData(String message, Runnable call) {
    assertEquals(message, assertThrows(DataException.class, call::run).getMessage());
  }

  @Test
  void seriesThatAreTooShort() {
    assertData(
        "The series has 16 rows, of which 3 are kept for validation and 13 are to learn from; one"
            + " window with its horizon needs 14 (window 10, horizon 4). Give more rows, or a"
            + " shorter window, horizon or season.",
        () -> train(waves().rows(0, 16), options().build(), 1));
    assertData(
        "The series has 26 rows, of which 5 are kept for validation and 21 are to learn from; one"
            + " window with its horizon needs 22 (difference 8, window 10, horizon 4). Give more"
            + " rows, or a shorter window, horizon or season.",
        () -> train(waves().rows(0, 26), options().difference(Difference.SEASONAL).build(), 1));
    assertData(
        "The series has 200 rows, of which 40 are kept for validation and 160 are to learn from;"
            + " the season of 160 needs one row more at least. Give more rows, or a shorter window,"
            + " horizon or season.",
        () -> train(waves(), options().seasonality(160).build(), 1));
    assertData(
        "The series has 50 rows, of which 10 are kept for validation; expected the horizon of 11 at"
            + " least. Give more rows, a larger fraction for validation, or a shorter horizon.",
        () -> train(waves().rows(0, 50), options().horizon(11).build(), 1));
    assertData(
        "An interval that holds 0.9 of the true values needs 9 forecasts of validation rows at"
            + " least, but there are 7. Give more rows or a larger fraction for validation, or ask"
            + " for a narrower interval.",
        () -> train(waves().rows(0, 50), options().predictionInterval(0.9).build(), 1));
  }

  @Test
  void columnsThatCannotBeLearnedFrom() {
    assertData(
        "The series has no column \"z\"; its columns are [y, ahead]. Name one of them, or read the"
            + " column, too.",
        () -> train(waves(), options().pastCovariates("z").build(), 1));
    double[] line = new double[100];
    Arrays.setAll(line, t -> t);
    double[] constant = new double[100];
    constant[99] = 1; // which is no row to learn from
    Map<String, double[]> columns = Map.of("line", line, "constant", constant);
    TimeSeries series = TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), columns);
    assertData(
        "Column \"constant\": all 80 numbers of the rows to learn from are the same (0.0), so there"
            + " is nothing to learn from. Leave it out, or give rows in which it changes.",
        () -> train(series, options().targets("constant").build(), 1));
    assertData(
        "Column \"line\" less the row before: all 79 numbers of the rows to learn from are the same"
            + " (1.0), so there is nothing to learn from. Leave it out, or give rows in which it"
            + " changes.",
        () -> train(series, options().targets("line").difference(Difference.LAG_1).build(), 1));
    assertData(
        "Column \"y\": the numbers of the rows to learn from are too large to be scaled, up to"
            + " 1.0E200; expected numbers below 1e150. Correct them, or give them in a larger"
            + " unit.",
        () -> train(waves(ROWS, t -> t == 5 ? 1e200 : 0), options().build(), 1));
  }

  /** A promotion that was never on in the rows to learn from. */
  @Test
  void anInputThatDoesNotChangeIsIgnored() {
    TimeSeries series =
        TimeSeriesReader.builder().columns("v", "promo").build().read(Cases.file("constinput.csv"));
    ForecastOptions options = options().targets("v").pastCovariates("promo").build();
    Forecaster forecaster = train(series.split(0.2).past(), options, 1);
    assertEquals(List.of("promo"), forecaster.ignoredCovariates());
    assertEquals(
        List.of(),
        train(waves(), options().pastCovariates("ahead").build(), 1).ignoredCovariates());
    TimeSeries on =
        TimeSeries.of(
            LocalDate.of(2024, 1, 1),
            TimeStep.days(1),
            Map.of("v", series.column("v"), "promo", new double[150]));
    TimeSeries off =
        TimeSeries.of(
            LocalDate.of(2024, 1, 1),
            TimeStep.days(1),
            Map.of(
                "v",
                series.column("v"),
                "promo",
                DoubleStream.generate(() -> 1).limit(150).toArray()));
    assertEquals(forecaster.forecast(on), forecaster.forecast(off));
    Path file = folder.resolve("model.zip");
    forecaster.save(file);
    assertEquals(List.of("promo"), Forecaster.load(file).ignoredCovariates());
  }

  private static TimeSeries noise() {
    return TimeSeriesReader.builder()
        .columns("v")
        .missing(Missing.INTERPOLATE)
        .build()
        .read(Cases.file("noise.csv"));
  }

  /** Of white noise of deviation 1, the last value is off by 2 / sqrt(pi) on average, 1.128. */
  @Test
  void interpolatedNumbersAreNoTruthAndLeakNothing() {
    TimeSeries series = noise(); // but for the last row, which is missing
    TimeSeries.Split split = series.split(0.5);
    Forecaster forecaster = train(split.past(), options().targets("v").seasonality(24).build(), 2);
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    ForecastReport.Target target = report.target("v");
    double[] v = series.column("v");
    boolean[] real = series.isReal("v");
    double[] naive = new double[5];
    int[] pairs = new int[5];
    int all = 0;
    for (int origin = split.past().size() - 1; origin + 4 < series.size(); origin++) {
      for (int k = 1; k <= 4; k++) {
        if (real[origin + k]) {
          naive[k] += Math.abs(v[origin + k] - v[real[origin] ? origin : origin - 1]);
          pairs[k]++;
          all++;
        }
      }
    }
    for (int k = 1; k <= 4; k++) {
      assertEquals(naive[k] / pairs[k], target.naive().stepMae().get(k - 1), 1e-9);
    }
    assertEquals(1.1, target.naive().stepMae().get(0), 0.15);
    assertEquals(all, target.network().all().pairs());
    assertTrue(
        report
            .toString()
            .contains(all + " of the " + 4 * report.windows() + " values forecast are real"),
        report::toString);
    assertTrue(target.seasonalNaive().all().mae() > 0.9, report::toString);
    assertTrue(target.network().all().mae() > 0.6, report::toString);
  }

  /** What stands where nothing was measured has no part in the training. */
  @Test
  void whatIsInterpolatedBehindAnOriginIsNotKnown() {
    TimeSeries series = noise();
    Forecaster forecaster = train(series.rows(0, 301), options().targets("v").build(), 1);
    Forecast odd = forecaster.forecast(series.rows(0, 302)); // row 301 lies between 300 and 302
    assertEquals(series.column("v")[300], odd.targets().get(0).lastKnown());
    double[] changed = series.column("v");
    changed[302] += 100;
    changed[301] = (changed[300] + changed[302]) / 2;
    Forecast same =
        forecaster.forecast(TimeSeriesCells.of(changed, series.isReal("v")).rows(0, 302));
    assertEquals(odd.targets().get(0).values(), same.targets().get(0).values());
  }

  @Test
  void numberedRowsHaveNoCalendar() {
    TimeSeries series =
        TimeSeriesReader.builder()
            .timeColumn("t")
            .columns("v")
            .build()
            .read(Cases.file("integer.csv"));
    ForecastOptions.Builder options = options().targets("v");
    Forecast forecast = train(series, options.build(), 1).forecast(series);
    assertEquals("199", forecast.originLabel());
    assertEquals(List.of("200", "201", "202", "203"), forecast.labels());
    assertData(
        "The rows are numbered and have no times, so that [MONTH] cannot be read of them. Leave"
            + " calendar features out, or give a column with times.",
        () -> train(series, options.calendarFeatures(CalendarFeature.MONTH).build(), 1));
  }

  @Test
  void rowsThatCannotBeForecastFrom() {
    Forecaster forecaster = train(waves(), options().build(), 1);
    assertData(
        "There are 9 rows before the first forecast; expected 10 at least (difference 0, window"
            + " 10). Give more rows of the past.",
        () -> forecaster.forecast(waves().rows(0, 9)));
    assertData(
        "There are 3 rows to test on; expected the horizon of 4 at least. Give more rows.",
        () -> forecaster.evaluate(waves().rows(0, 190), waves().rows(190, 193)));
    assertData(
        "The series that begins at 2024-07-10 does not follow the one that ends at 2024-07-08;"
            + " expected 2024-07-09. Give the rows between.",
        () -> forecaster.evaluate(waves().rows(0, 190), waves().rows(191, 200)));
    TimeSeries weekly =
        TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(7), Map.of("y", waves().column("y")));
    String step =
        "The series has one row each 7 days, but the forecaster has learned from one each 1 day;"
            + " expected the same step. Bring the series to that step, or train anew.";
    assertData(step, () -> forecaster.forecast(weekly));
    assertData(step, () -> forecaster.trainOn(weekly, training(1)));
    assertData(
        "The series has 200 rows, but the backtest asks for 20 parts of 10 rows and rows to learn"
            + " from before them. Give more rows, or ask for fewer.",
        () ->
            Forecaster.backtest(
                waves(),
                options().build(),
                network().build(),
                training(1),
                new BacktestOptions(20, 10, false)));
    TrainingProgress none =
        new TrainingProgress() {
          @Override
          public void onEpoch(EpochEvent event) {
            throw new AssertionError("nothing is to be trained");
          }
        };
    assertData(
        "The backtest asks for parts of 3 rows; expected the horizon of 4 at least. Ask for longer"
            + " parts, or a shorter horizon.",
        () ->
            Forecaster.backtest(
                waves(),
                options().build(),
                network().build(),
                training(1),
                new BacktestOptions(2, 3, false),
                TrainingRun.of(none)));
  }

  /** Only the seasonal naive forecast, next to which it is evaluated, looks back a season. */
  @Test
  void aForecastNeedsTheWindowButNoSeason() {
    Forecaster forecaster = train(waves(), options().seasonality(20).build(), 1);
    assertEquals(
        forecaster.forecast(waves().rows(0, 100)).targets(),
        forecaster.forecast(waves().rows(90, 100)).targets());
    assertData(
        "There are 19 rows before the first forecast; expected 20 at least (difference 0, window"
            + " 10, season 20). Give more rows of the past.",
        () -> forecaster.evaluate(waves().rows(0, 19), waves().rows(19, 40)));
  }

  private static void assertOption(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void optionsThatAreImpossible() {
    assertOption("targets must be 1 at least, but is 0", () -> ForecastOptions.builder().build());
    assertOption("lookback must be 1 at least, but is 0", () -> options().lookback(0).build());
    assertOption("horizon must be 1 at least, but is 0", () -> options().horizon(0).build());
    assertOption(
        "seasonality must be 0 at least, but is -1", () -> options().seasonality(-1).build());
    assertOption(
        "predictionInterval must be in (0, 1), but is 1.0",
        () -> options().predictionInterval(1).build());
    assertOption(
        "targets [y, y] or pastCovariates [] name a column twice",
        () -> options().targets("y", "y").build());
    assertOption(
        "targets [y] and pastCovariates [y] share a column, whose past is read anyway; that has a"
            + " meaning only with differences, to read its values beside them",
        () -> options().pastCovariates("y").build());
    assertOption(
        "seasonal differences need a seasonality of 2 rows at least, but it is 1; give the length"
            + " of a season, or take other differences",
        () -> options().seasonality(1).difference(Difference.SEASONAL).build());
    assertOption("folds must be 1 at least, but is 0", () -> new BacktestOptions(0, 1, false));
    assertOption("folds must be 1 at least, but is 0", () -> new Backtest(List.of()));
    assertOption("rows must be 1 at least, but is 0", () -> new BacktestOptions(1, 0, false));
    TrainingOptions teacher = TrainingOptions.builder().teacherForcing(0.5).build();
    assertOption(
        "teacherForcing and teacherForcingDecay must be 1 for a forecaster, which does not read its"
            + " own output, but are 0.5 and 1.0",
        () -> Forecaster.train(waves(), options().build(), network().build(), teacher));
  }

  /** All of a forecaster but the time when it was trained, and its weights as a forecast. */
  private List<Object> parts(Forecaster forecaster) {
    ForecastParts file = file(forecaster);
    return List.of(
        file.encoder(),
        file.measures(),
        forecaster.info().architecture(),
        forecaster.info().training(),
        forecaster.provenance().rowsSha256(),
        weights(forecaster));
  }

  private List<Float> weights(Forecaster forecaster) {
    float[] weights = forecaster.network().params().toFloatVector();
    List<Float> list = new ArrayList<>();
    for (float weight : weights) {
      list.add(weight);
    }
    return list;
  }

  private ForecastParts file(Forecaster forecaster) {
    Path path = folder.resolve("parts.zip");
    forecaster.save(path);
    return ForecastParts.read(
        new ModelEntries(path, ModelFile.read(path, "forecasting"), "Forecaster"));
  }

  /** The last rows, which were kept for validation and test, are learned from, too. */
  @Test
  void retrainedOnAllRowsItKeepsItsIntervals() {
    TimeSeries series = waves();
    Forecaster first = train(series.rows(0, 160), options().build(), 2);
    Forecaster all = first.retrain(series, network().build(), training(3), TrainingRun.SILENT);
    assertEquals(200, all.provenance().rows());
    assertEquals(3, all.provenance().bestEpoch());
    Forecast before = first.forecast(series.rows(0, 160));
    Forecast after = all.forecast(series);
    for (int step = 0; step < 4; step++) {
      assertEquals(width(before, step), width(after, step), 1e-6);
    }
    FineTuneOptions tuning = FineTuneOptions.builder().training(training(2)).build();
    Forecaster tuned = first.fineTune(series.rows(0, 160), tuning);
    Forecaster tunedOnAll = first.fineTune(series, tuned, tuning.withEpochs(4), TrainingRun.SILENT);
    assertEquals(4, tunedOnAll.provenance().bestEpoch());
    assertEquals(200, tunedOnAll.provenance().rows());
    TimeSeries few = series.rows(0, 5);
    assertThrows(
        DataException.class,
        () -> first.retrain(few, network().build(), training(3), TrainingRun.SILENT));
    assertThrows(DataException.class, () -> first.fineTune(few, tuned, tuning, TrainingRun.SILENT));
  }

  private static double width(Forecast forecast, int step) {
    Forecast.Target y = forecast.targets().get(0);
    return y.upper().get(step) - y.lower().get(step);
  }
}
