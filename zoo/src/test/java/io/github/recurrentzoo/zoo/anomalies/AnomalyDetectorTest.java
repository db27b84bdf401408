package io.github.recurrentzoo.zoo.anomalies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Missing;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

class AnomalyDetectorTest {
  @TempDir Path folder;

  private static AnomalyOptions.Builder options() {
    return AnomalyOptions.builder()
        .columns("a", "b")
        .window(AnomalyData.SEASON * 2)
        .calendarFeatures()
        .seasonality(AnomalyData.SEASON);
  }

  private static AnomalyDetector train(TimeSeries series, boolean[] known, int epochs) {
    return AnomalyDetector.train(
        series,
        known,
        options().build(),
        SequenceAutoencoder.builder()
            .hiddenSize(16)
            .codeSize(4)
            .seed(7)
            .updater(new Adam(0.01))
            .build(),
        TrainingOptions.builder()
            .epochs(epochs)
            .patience(epochs)
            .batchSize(16)
            .validationSplit(0.2)
            .seed(7)
            .build(),
        TrainingRun.SILENT);
  }

  private static AnomalyDetector train(TimeSeries series, int epochs) {
    return train(series, new boolean[series.size()], epochs);
  }

  /** The series with another number in some rows of a column. */
  private static TimeSeries changed(TimeSeries series, String column, int from, double... values) {
    double[] numbers = series.column(column);
    System.arraycopy(values, 0, numbers, from, values.length);
    int[] row = {0};
    return series.withColumn(column, value -> numbers[row[0]++]);
  }

  /** On two synthetic channels, anomalies by rule: better than both simpler detectors. */
  @Tag("learning")
  @Test
  void findsWhatSimplerDetectorsDoNot() {
    TimeSeries series = AnomalyData.waves(1000, 1);
    TimeSeries.Split split = series.split(0.2);
    AnomalyReport report = train(split.past(), 25).evaluate(split.past(), split.test());
    AnomalyReport.Method network = report.network();
    assertTrue(network.measures().averagePrecision() > 0.7, report.toString());
    assertTrue(network.measures().eventRecall() > 0.8, report.toString());
    assertTrue(network.normalShare() < 0.05, report.toString());
    assertFalse(report.isWorseThanBaseline(), report.toString());
    assertEquals(5, report.draws());
    assertEquals(List.of("flat", "shift", "spike", "swap"), List.copyOf(network.found().keySet()));
    assertEquals(3, report.methods().size());
    assertEquals(200, report.toMap().get("steps"), "of each draw");
    assertEquals(5, report.toMap().get("draws"));
  }

  @Tag("learning")
  @Test
  void aSpikeIsMarkedInItsChannelAndItsScoreIsTheSameAfterLoading() {
    TimeSeries series = AnomalyData.waves(700, 1);
    AnomalyDetector detector = train(series.rows(0, 600), 12);
    TimeSeries fresh = changed(series.rows(600, 700), "b", 40, 9);
    Detection marks = detector.detect(fresh);
    assertTrue(marks.isMarked(40), marks.toString());
    assertEquals("b", marks.channel(40));
    Detection.Range highest =
        marks.ranges().stream().max((x, y) -> Double.compare(x.score(), y.score())).orElseThrow();
    assertTrue(highest.first() <= 40 && highest.last() >= 40, highest.toString());
    assertEquals(fresh.label(40).isEmpty(), highest.from().isEmpty());

    Path file = folder.resolve("model.zip");
    detector.save(file);
    AnomalyDetector loaded = AnomalyDetector.load(file);
    assertArrayEquals(marks.scores(), loaded.detect(fresh).scores());
    // Another threshold divides all scores by the same number.
    Detection lower = loaded.detect(fresh, 0.8);
    assertTrue(lower.marked() > marks.marked(), lower.toString());
    assertEquals(0.2, lower.expectedShare(), 1e-12);
    double ratio = lower.score(40) / marks.score(40);
    assertEquals(ratio, lower.score(7) / marks.score(7), 1e-9);
    DataException tooHigh = assertThrows(DataException.class, () -> loaded.detect(fresh, 0.999));
    assertTrue(tooHigh.getMessage().contains("999 validation rows"), tooHigh.getMessage());
  }

  /** Of the validation rows themselves, the quantile is marked and no more. */
  @Test
  void theThresholdIsTheQuantileOfTheValidationRows() {
    TimeSeries series = AnomalyData.waves(600, 1);
    AnomalyDetector detector = train(series, 1);
    Detection marks = detector.detect(series).from(480);
    assertEquals(120, marks.scored());
    assertEquals(0, marks.marked(), "120 - ceil(121 * 0.99)");
    assertEquals(1, Arrays.stream(marks.scores()).max().orElseThrow(), 1e-12);
    assertEquals(11, detector.detect(series, 0.9).from(480).marked(), "120 - ceil(121 * 0.9)");
  }

  /** What is known to be an anomaly is not learned from: its size does not matter. */
  @Test
  void knownAnomaliesAreLeftOut() {
    TimeSeries series = AnomalyData.waves(600, 1);
    boolean[] known = new boolean[600];
    known[100] = known[101] = known[550] = true;
    TimeSeries small = changed(changed(series, "b", 100, 5, 5), "b", 550, 5);
    TimeSeries large = changed(changed(series, "b", 100, 5, 5), "b", 550, 500);
    AnomalyDetector first = train(small, known, 1);
    AnomalyDetector second = train(large, known, 1);
    assertEquals(
        first.entries().get("measures"), second.entries().get("measures"), "errors of neighbours");
    double[] ofSmall = first.detect(series.rows(200, 300)).scores();
    double[] ofLarge = second.detect(series.rows(200, 300)).scores();
    assertTrue(
        IntStream.range(0, 100).allMatch(row -> Math.abs(ofSmall[row] - ofLarge[row]) < 1e-9),
        "an anomaly among the validation rows would set the threshold");
    boolean[] all = new boolean[600];
    Arrays.fill(all, 0, 480, true);
    DataException none = assertThrows(DataException.class, () -> train(series, all, 1));
    assertTrue(none.getMessage().contains("without a known anomaly"), none.getMessage());
  }

  /** Rows between anomalies that are closer than a window say nothing about what is normal. */
  @Test
  void rowsThatNoNormalWindowHoldsDoNotCount() {
    TimeSeries series = AnomalyData.waves(600, 1);
    boolean[] known = new boolean[600];
    known[540] = known[550] = true;
    AnomalyDetector detector = train(series, known, 1);
    assertMessage("but there are 109", () -> detector.detect(series, 0.999));
    known[510] = known[520] = known[530] = true; // too few are left, which is told at once
    assertMessage("needs 99 validation rows", () -> train(series, known, 1));
  }

  @Test
  void labelsOfOtherRowsAreRefused() {
    TimeSeries series = AnomalyData.waves(600, 1);
    assertRefused("There are 599 labels for 600 rows", () -> train(series, new boolean[599], 1));
    assertRefused("anomalies must be given", () -> train(series, null, 1));
    AnomalyDetector detector = train(series, 1);
    TrainingOptions training = TrainingOptions.builder().epochs(1).validationSplit(0.2).build();
    assertRefused(
        "There are 601 labels for 600 rows",
        () ->
            detector.retrain(
                series,
                new boolean[601],
                SequenceAutoencoder.builder().build(),
                training,
                TrainingRun.SILENT));
    assertRefused(
        "There are 601 labels for 600 rows",
        () ->
            detector.fineTune(
                series,
                new boolean[601],
                FineTuneOptions.builder().training(training).build(),
                TrainingRun.SILENT));
    for (double quantile : new double[] {0, 1, -0.5, Double.NaN}) {
      assertRefused("quantile must be in (0, 1)", () -> detector.detect(series, quantile));
    }
  }

  private static void assertRefused(String part, Runnable run) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, run::run);
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  /** Labels that are changed while the network learns do not change what it learns. */
  @Test
  void labelsAreCopied() {
    TimeSeries series = AnomalyData.waves(600, 1);
    boolean[] known = new boolean[600];
    AnomalyDetector detector =
        AnomalyDetector.train(
            series,
            known,
            options().build(),
            SequenceAutoencoder.builder().hiddenSize(4).build(),
            TrainingOptions.builder().epochs(1).validationSplit(0.2).build(),
            TrainingRun.of(
                new TrainingProgress() {
                  @Override
                  public void onEpoch(EpochEvent event) {
                    Arrays.fill(known, true);
                  }
                }));
    assertTrue(known[0], "the run has heard of the epoch");
    assertEquals(0, detector.detect(series).from(480).marked());
  }

  /** A few rows before the test are enough for the network, whose threshold is known. */
  @Test
  void detectorsThatCannotBeCalibratedAreLeftOut() {
    TimeSeries series = AnomalyData.waves(600, 1);
    AnomalyDetector detector = train(series, 1);
    AnomalyReport report = detector.evaluate(series.rows(0, 10), series.rows(10, 110));
    assertEquals(1, report.methods().size());
    assertEquals(
        "8 rows to learn from before the test do not hold the season of 12",
        report.leftOut().get("seasonal median"));
    assertTrue(
        report.leftOut().get("moving median").contains("needs 99 validation rows"),
        report.toString());
    assertTrue(report.toString().contains("The moving median is left out"), report.toString());
    assertFalse(report.isWorseThanBaseline());
    assertTrue(report.bestBaseline().isEmpty());
    String verdict = new AnomalyPart(report, List.of()).verdict();
    assertTrue(verdict.contains("events are found") && !verdict.contains("; the "), verdict);
    assertEquals(Map.of(), detector.evaluate(series.rows(0, 500), series.rows(500, 600)).leftOut());
  }

  @Test
  void damagedMeasuresAreRefused() {
    AnomalyDetector detector = train(AnomalyData.waves(600, 1), 1);
    AnomalyEncoder encoder = (AnomalyEncoder) detector.entries().get("series");
    double infinite = Double.POSITIVE_INFINITY;
    for (AnomalyDetector.Measured measures :
        List.of(
            new AnomalyDetector.Measured(List.of(1.0, 1.0), List.of(0.5, 0.4)),
            new AnomalyDetector.Measured(List.of(1.0, 1.0), List.of(-0.1, 0.4)),
            new AnomalyDetector.Measured(List.of(1.0, 1.0), List.of(0.5, infinite)),
            new AnomalyDetector.Measured(List.of(1.0, 0.0), List.of(0.4, 0.5)),
            new AnomalyDetector.Measured(List.of(1.0, infinite), List.of(0.4, 0.5)))) {
      Path file = folder.resolve("damaged.zip");
      new AnomalyDetector(detector.network(), encoder, measures, detector.info()).save(file);
      ModelFileException refused =
          assertThrows(ModelFileException.class, () -> AnomalyDetector.load(file));
      assertTrue(refused.getMessage().contains("measures"), refused.getMessage());
    }
  }

  /** Known anomalies among the rows of the past do not make the simpler detectors generous. */
  @Test
  void simplerDetectorsDoNotLearnKnownAnomaliesEither() {
    TimeSeries series = AnomalyData.waves(800, 1);
    boolean[] known = new boolean[800];
    known[600] = known[601] = known[700] = true;
    TimeSeries changed = changed(changed(series, "a", 600, 900, 900), "a", 700, 60);
    AnomalyDetector detector = train(changed.rows(0, 640), Arrays.copyOf(known, 640), 1);
    AnomalyReport report = detector.evaluate(changed.rows(0, 640), changed.rows(640, 800), known);
    for (AnomalyReport.Method method : report.methods()) {
      assertEquals(1, method.measures().eventRecall(), method.name());
    }
    assertEquals(0, report.draws());
    assertThrows(
        IllegalArgumentException.class,
        () -> detector.evaluate(series.rows(0, 640), series.rows(640, 800), new boolean[160]));
  }

  /** An interpolated value has no score, and counts for nothing in the training. */
  @Test
  void missingValuesAreNotJudged() throws IOException {
    StringBuilder text = new StringBuilder("time,a,b\n");
    TimeSeries series = AnomalyData.waves(600, 1);
    for (int row = 0; row < 600; row++) {
      boolean gap = row == 300 || row == 301 || row == 590;
      text.append(series.label(row)).append(',');
      text.append(gap ? "" : series.column("a")[row]).append(',');
      text.append(row == 300 ? "" : series.column("b")[row]).append('\n');
    }
    TimeSeries gaps =
        TimeSeriesReader.builder()
            .columns("a", "b")
            .missing(Missing.INTERPOLATE)
            .build()
            .read(Files.writeString(folder.resolve("gaps.csv"), text));
    Detection marks = train(gaps, 1).detect(gaps);
    assertTrue(Double.isNaN(marks.score(300)), "no value in any channel");
    assertFalse(marks.isMarked(300));
    assertEquals("b", marks.channel(301), "the only real value");
    assertEquals(599, marks.scored());
  }

  @Test
  void refusesWhatItCannotLearnFrom() {
    TimeSeries series = AnomalyData.waves(600, 1);
    assertMessage("expected the window of 24 at least of each", () -> train(series.rows(0, 60), 1));
    assertMessage("needs 99 validation rows", () -> train(series.rows(0, 300), 1));
    assertMessage("are the same", () -> train(series.withColumn("a", value -> 3), 1));
    AnomalyDetector detector = train(series, 1);
    assertMessage("expected the window of 24 at least", () -> detector.detect(series.rows(0, 20)));
    TimeSeries hours =
        TimeSeries.of(
            LocalDate.of(2020, 1, 1),
            TimeStep.hours(1),
            Map.of("a", series.column("a"), "b", series.column("b")));
    assertMessage("one row each 1 hour, but", () -> detector.detect(hours));
    TimeSeries numbered =
        TimeSeries.of(
            LocalDate.of(1970, 1, 1),
            new TimeStep(1, TimeStep.Unit.INDEX, false),
            Map.of("a", series.column("a"), "b", series.column("b")));
    AnomalyOptions calendar = options().calendarFeatures(CalendarFeature.MONTH).build();
    assertMessage("are numbered and have no times", () -> calendar.of(numbered));
  }

  private static void assertMessage(String part, Runnable run) {
    DataException refused = assertThrows(DataException.class, run::run);
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  /** The calendar and the level are found in the rows. */
  @Test
  void findsCalendarAndDrift() {
    AnomalyOptions days = AnomalyOptions.builder().columns("a", "b").build();
    AnomalyOptions found = days.of(AnomalyData.waves(600, 1));
    assertEquals(List.of(CalendarFeature.DAY_OF_WEEK), found.calendarFeatures());
    assertEquals(7, found.seasonality());
    assertFalse(found.centered());
    assertEquals(
        List.of(CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR),
        days.of(AnomalyData.waves(800, 1)).calendarFeatures());
    double[] rising = new double[300];
    Arrays.setAll(rising, t -> 0.1 * t + Math.sin(t));
    TimeSeries trend =
        TimeSeries.of(LocalDate.of(2020, 1, 1), TimeStep.months(1), Map.of("a", rising));
    AnomalyOptions months = AnomalyOptions.builder().columns("a").build().of(trend);
    assertEquals(List.of(CalendarFeature.MONTH), months.calendarFeatures());
    assertTrue(months.centered());
  }

  @Test
  void theSameSeedGivesTheSameDetectorToTheBit() {
    TimeSeries series = AnomalyData.waves(600, 1);
    assertArrayEquals(
        train(series, 2).detect(series).scores(), train(series, 2).detect(series).scores());
  }
}
