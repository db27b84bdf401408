package io.github.recurrentzoo.zoo.forecasting;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Cases;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.HolidayCalendar;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Columns, calendar and holidays of the rows to come. */
class KnownAheadTest {
  private static final int ROWS = 240;

  @TempDir Path folder;

  /** Sales that a promotion, which is drawn anew each day, raises by 3. */
  private static TimeSeries sales() {
    Random random = new Random(5);
    double[] promo = new double[ROWS];
    double[] sold = new double[ROWS];
    for (int t = 0; t < ROWS; t++) {
      promo[t] = random.nextBoolean() ? 1 : 0;
      sold[t] = 10 + 3 * promo[t] + 0.1 * random.nextGaussian();
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("sold", sold);
    columns.put("promo", promo);
    return TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), columns);
  }

  private static ForecastOptions.Builder options() {
    return ForecastOptions.builder()
        .targets("sold")
        .futureCovariates("promo")
        .lookback(8)
        .horizon(4)
        .predictionInterval(0.8);
  }

  private static Forecaster train(TimeSeries series, ForecastOptions options, int epochs) {
    return train(series, options, Recurrence.LSTM, epochs);
  }

  private static Forecaster train(
      TimeSeries series, ForecastOptions options, Recurrence recurrence, int epochs) {
    return Forecaster.train(
        series,
        options,
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .hiddenSize(8)
            .seed(Learning.seed())
            .updater(new Adam(0.01))
            .build(),
        training(epochs));
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
  @ParameterizedTest
  @EnumSource(names = {"LSTM", "RRNN"})
  void learnsFromWhatIsKnownAhead(Recurrence recurrence) {
    TimeSeries.Split split = sales().split(0.2);
    Forecaster forecaster = train(split.past(), options().build(), recurrence, 30);
    ForecastReport.Target sold = forecaster.evaluate(split.past(), split.test()).target("sold");
    // Without the promotion, 1.5 is the least error there can be.
    assertBelow("error with " + recurrence, sold.network().all().mae(), 0.7, "0.15");
  }

  @Test
  void aForecastFollowsThePromotionsToCome() {
    TimeSeries series = sales();
    Forecaster forecaster = train(series, options().build(), 10);
    Forecast none = forecaster.forecast(series.ahead(Map.of("promo", new double[4])));
    Forecast second =
        forecaster.forecast(series.ahead(Map.of("promo", new double[] {0, 1, 0, 0, 1})));
    assertEquals("2024-08-28", none.labels().get(0));
    assertEquals(none.labels(), second.labels());
    double lift = second.targets().get(0).values().get(1) - none.targets().get(0).values().get(1);
    assertTrue(lift > 0.5, "a promotion adds " + lift);
    assertEquals(series.column("sold")[ROWS - 1], none.targets().get(0).lastKnown());
  }

  @Test
  void rowsBehindTheHorizonAndTargetsToComeChangeNothing() {
    TimeSeries series = sales();
    Forecaster forecaster = train(series.rows(0, 200), options().build(), 1);
    assertEquals(forecaster.forecast(series.rows(0, 154), 150), forecaster.forecast(series, 150));
    assertEquals(
        forecaster.forecast(series, 150),
        forecaster.forecast(
            series
                .rows(0, 150)
                .ahead(Map.of("promo", Arrays.copyOfRange(series.column("promo"), 150, 154)))));
  }

  @Test
  void saysWhichRowsAreMissing() {
    TimeSeries series = sales();
    Forecaster forecaster = train(series, options().build(), 1);
    String message =
        assertThrows(
                DataException.class,
                () -> forecaster.forecast(series.ahead(Map.of("promo", new double[3]))))
            .getMessage();
    assertEquals(
        "Behind the last known row, 2024-08-27, there are 3 rows; a forecast needs the 4 rows of the horizon, with what is known of promo. Add rows with those columns, and leave sold empty.",
        message);
  }

  @Test
  void rowsAheadAreNotLearnedFrom() {
    TimeSeries series = sales();
    Forecaster with = train(series.ahead(Map.of("promo", new double[9])), options().build(), 1);
    Forecaster without = train(series, options().build(), 1);
    assertEquals(without.parameters(), with.parameters());
    TimeSeries ahead = series.ahead(Map.of("promo", new double[4]));
    assertEquals(without.forecast(ahead), with.forecast(ahead));
  }

  @Test
  void savesLoadsAndGoesOn() {
    ForecastOptions options =
        options().calendarFeatures(CalendarFeature.DAY_OF_WEEK).holidays("US").build();
    assertEquals(2 + 2 + options.holidays().flags(), options.inputSize());
    assertEquals(1 + 6 + options.holidays().flags(), options.futureSize());
    TimeSeries series = sales();
    TimeSeries ahead = series.ahead(Map.of("promo", new double[] {1, 0, 1, 0}));
    Forecaster forecaster = train(series, options, 2);
    Path file = folder.resolve("model.zip");
    forecaster.save(file);
    Forecaster loaded = Forecaster.load(file);
    assertEquals(6, loaded.options().holidays().names().size()); // from January to July
    assertEquals(forecaster.options(), loaded.options());
    assertEquals(forecaster.forecast(ahead), loaded.forecast(ahead));
    Forecaster more = loaded.trainOn(ahead, training(1));
    assertEquals(forecaster.trainOn(ahead, training(1)).forecast(ahead), more.forecast(ahead));
    assertNotEquals(forecaster.forecast(ahead), more.forecast(ahead));
  }

  @Test
  void fineTunesToOtherColumns() {
    TimeSeries series = sales();
    Map<String, double[]> renamed = new LinkedHashMap<>();
    renamed.put("revenue", series.column("sold"));
    renamed.put("sale", series.column("promo"));
    TimeSeries other = TimeSeries.of(LocalDate.of(2025, 1, 1), TimeStep.days(1), renamed);
    ForecastOptions columns = options().targets("revenue").futureCovariates("sale").build();
    Forecaster tuned =
        train(series, options().build(), 1)
            .fineTune(
                other,
                columns,
                FineTuneOptions.builder().training(training(1)).build(),
                TrainingRun.SILENT);
    assertEquals(List.of("sale"), tuned.options().futureCovariates());
    assertEquals(
        List.of("sale for promo"), tuned.provenance().origin().mapping().names().get(2).kept());
    String message =
        assertThrows(
                DataException.class,
                () ->
                    tuned.fineTune(
                        other,
                        options().targets("revenue").futureCovariates(List.of()).build(),
                        FineTuneOptions.builder().build(),
                        TrainingRun.SILENT))
            .getMessage();
    assertTrue(message.contains("1 future covariates [sale]"), message);
  }

  /** Labels that are missing are masked, at each step of each target. */
  @Test
  void windowsHaveThreeDimensions() {
    ForecastOptions options =
        options().targets("sold", "promo").futureCovariates().holidays("US").build();
    MultiDataSet windows = Forecaster.windows(sales(), options, 0.2);
    int flags = 7; // the six holidays up to July 10, and any
    long rows = 192 - 8 - 4 + 1;
    assertEquals(List.of(rows, 2L + flags, 8L), shape(windows.getFeatures(0)));
    assertEquals(List.of(rows, (long) flags, 4L), shape(windows.getFeatures(1)));
    assertEquals(List.of(rows, 2L, 4L), shape(windows.getLabels(0)));
    // Christmas is in no window of these rows; Independence Day is.
    assertTrue(windows.getFeatures(1).sumNumber().doubleValue() > 0);
  }

  private static List<Long> shape(INDArray array) {
    return Arrays.stream(array.shape()).boxed().toList();
  }

  @Test
  void numberedRowsHaveNoHolidays() {
    TimeSeries series = sales();
    TimeSeries numbered =
        TimeSeries.of(
            series.time(0),
            new TimeStep(1, TimeStep.Unit.INDEX, false),
            Map.of("sold", series.column("sold")));
    ForecastOptions options = options().futureCovariates().holidays("US").build();
    String message =
        assertThrows(DataException.class, () -> train(numbered, options, 1)).getMessage();
    assertTrue(message.contains("holidays of US cannot be read"), message);
  }

  @Test
  void optionsAreChecked() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> options().pastCovariates("promo").build())
            .getMessage();
    assertTrue(message.contains("name \"promo\", which is a target or a past covariate"), message);
    assertThrows(
        IllegalArgumentException.class, () -> options().futureCovariates("a", "a").build());
  }

  /** A file whose last rows have a promotion and no sales. */
  @Test
  void aFileWithRowsAhead() {
    TimeSeries series =
        TimeSeriesReader.builder()
            .timeColumn("day")
            .columns("sold", "promo")
            .knownAhead(List.of("promo"))
            .build()
            .read(Cases.file("future.csv"));
    ForecastOptions options = options().horizon(7).build();
    assertEquals(157, series.size());
    assertEquals(150, options.known(series).size());
    Forecast forecast = train(series, options, 1).forecast(series);
    assertEquals("2024-05-29", forecast.originLabel());
    assertEquals("2024-06-05", forecast.labels().get(6));
  }

  /** What no learned row has gives no input: its weights would be as they were drawn. */
  @Test
  void holidaysThatNoLearnedRowHasAreLeftOut() {
    ForecastOptions options =
        options()
            .futureCovariates()
            .holidays(new HolidayCalendar("US", List.of("CHRISTMAS", "THANKSGIVING")))
            .build();
    TimeSeries series = sales();
    Forecaster forecaster = train(series, options, 1);
    assertEquals(List.of(), forecaster.options().holidays().names());
    assertEquals(1, forecaster.options().inputSize());
    assertEquals(0, forecaster.options().futureSize());
    assertEquals(4, forecaster.forecast(series).labels().size());
  }

  /** A day without a row behind the origin of a forecast is not known there. */
  @Test
  void aForecastOfBusinessDaysKnowsNoRowsToCome() {
    TimeStep step = TimeStep.businessDays();
    Map<String, double[]> numbers = Map.of("sold", sales().column("sold"));
    TimeSeries past = TimeSeries.of(LocalDate.of(2024, 1, 1), step, numbers);
    LocalDate behindAHoliday = past.time(ROWS + 1).toLocalDate();
    TimeSeries all = past.append(TimeSeries.of(behindAHoliday, step, numbers));
    ForecastOptions options =
        options().futureCovariates().calendarFeatures(CalendarFeature.DAY_OF_WEEK).build();
    Forecaster forecaster = train(past, options, 1);
    assertEquals(past.label(ROWS), forecaster.forecast(all, ROWS).labels().get(0));
    assertEquals(forecaster.forecast(past), forecaster.forecast(all, ROWS));
  }
}
