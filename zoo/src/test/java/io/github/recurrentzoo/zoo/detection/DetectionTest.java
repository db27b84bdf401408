package io.github.recurrentzoo.zoo.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.anomalies.AnomalyData;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionTest {
  private static final double NONE = Double.NaN;

  private static Detection marks(double[]... scores) {
    return new Detection(
        "test",
        AnomalyData.waves(scores[0].length, 1),
        scores.length == 1 ? List.of("a") : List.of("a", "b"),
        scores,
        0.01);
  }

  @Test
  void rangesAreRunsOfMarkedSteps() {
    Detection marks =
        marks(
            new double[] {NONE, 0.2, 1.5, 1.0, 1.2, 3.0, 0.1, 1.1},
            new double[] {NONE, 0.1, 0.1, 0.9, 4.0, NONE, 0.1, 0.2});
    assertEquals(4, marks.marked(), "1 is not above the threshold");
    assertEquals(7, marks.scored());
    List<Detection.Range> ranges = marks.ranges();
    assertEquals(3, ranges.size());
    Detection.Range middle = ranges.get(1);
    assertEquals(
        new Detection.Range(4, 5, "2020-01-05", "2020-01-06", 4.0, "b"), middle, "the largest");
    assertEquals(2, middle.steps());
    assertEquals("2020-01-08", ranges.get(2).to());
    assertEquals("", marks.channel(0));
    assertEquals(1, marks.from(6).ranges().size());
    assertTrue(marks.toString().startsWith("4 of 7 steps are marked (57.1 %), in 3 ranges"));
  }

  /** By hand: four anomalies in two events; the first event is found, the second is not. */
  @Test
  void measuresByStepAndByEvent() {
    Detection marks = marks(new double[] {0.1, 2.0, 0.5, 0.3, 1.5, 0.2, 0.9, 0.4, NONE});
    boolean[] known = {false, true, true, false, false, false, true, true, true};
    DetectionMeasures measures = DetectionMeasures.of(marks, known);
    assertEquals(8, measures.steps(), "one has no score");
    assertEquals(0.5, measures.precision());
    assertEquals(0.25, measures.recall());
    assertEquals(1 / 3.0, measures.f1(), 1e-12);
    assertEquals(0.5, measures.eventPrecision());
    assertEquals(0.5, measures.eventRecall());
    // In the order of scores: right, wrong, right, right, right: 1/4 (1 + 2/3 + 3/4 + 4/5).
    assertEquals((1 + 2 / 3.0 + 3 / 4.0 + 4 / 5.0) / 4, measures.averagePrecision(), 1e-12);
    DetectionMeasures twice = DetectionMeasures.pooled(List.of(measures, measures));
    assertEquals(16, twice.steps());
    assertEquals(measures.f1(), twice.f1());
    DetectionMeasures none = DetectionMeasures.of(marks, new boolean[9]);
    assertTrue(Double.isNaN(none.averagePrecision()));
    assertEquals(0, none.recall());
    assertThrows(IllegalArgumentException.class, () -> DetectionMeasures.of(marks, new boolean[3]));
  }

  /** Equal scores are one step of the curve: their order must not matter. */
  @Test
  void equalScoresCountTogether() {
    boolean[] known = {true, false, false, true};
    double[] same = {0.5, 0.5, 0.5, 0.5};
    assertEquals(0.5, DetectionMeasures.of(marks(same), known).averagePrecision(), 1e-12);
  }

  @Test
  void limitsAreQuantiles() {
    double[] small = new double[100];
    double[] large = new double[100];
    Arrays.setAll(small, i -> i + 1);
    Arrays.setAll(large, i -> 1000.0 * (100 - i));
    Limits limits = Limits.of(new double[][] {small, large}, 0.9);
    // Of each channel the 91st of 100; of the larger ratios of both, which run up to 100 / 91, too.
    double[] ratios = new double[100];
    Arrays.setAll(ratios, i -> Math.max(i + 1, 100 - i) / 91.0);
    Arrays.sort(ratios);
    assertEquals(91 * ratios[90], limits.ofChannels().get(0), 1e-9);
    assertEquals(91_000 * ratios[90], limits.ofChannels().get(1), 1e-6);
    assertEquals(10, limits.scores().stream().filter(score -> score > 1 - 1e-12).count());
    DataException few = assertThrows(DataException.class, () -> Limits.quantile(small, 0.995));
    assertTrue(few.getMessage().contains("needs 199 validation rows"), few.getMessage());
    assertEquals(99, Limits.quantile(Arrays.copyOf(small, 99), 0.99), "99 are just enough");
    for (double fraction : new double[] {0, 1, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Limits.quantile(small, fraction));
    }
  }

  /** Each kind does what its line of the rule says, and nothing else changes. */
  @Test
  void anomaliesArePutInByRule() {
    TimeSeries series = AnomalyData.waves(800, 1);
    SyntheticAnomalies put = SyntheticAnomalies.put(series, 400, List.of("a", "b"), 12, 5);
    assertEquals(10, put.events().size());
    boolean[] labels = put.labels();
    Map<SyntheticAnomalies.Kind, Integer> counts = new EnumMap<>(SyntheticAnomalies.Kind.class);
    for (SyntheticAnomalies.Event event : put.events()) {
      counts.merge(event.kind(), 1, Integer::sum);
      double[] before = series.column(event.channel());
      double[] after = put.series().column(event.channel());
      double deviation = deviation(before);
      double moved = (after[event.first()] - before[event.first()]) / deviation;
      event
          .rows()
          .forEach(
              row -> {
                switch (event.kind()) {
                  case SPIKE -> assertBetween(2, 4, Math.abs(moved));
                  case SHIFT -> {
                    assertBetween(1, 2, Math.abs(moved));
                    assertEquals(moved, (after[row] - before[row]) / deviation, 1e-9);
                  }
                  case FLAT -> assertEquals(before[event.first()], after[row]);
                  case SWAP -> assertEquals(before[row - 6], after[row]);
                }
              });
      assertBetween(event.kind() == SyntheticAnomalies.Kind.SPIKE ? 1 : 5, 15, event.steps());
      assertTrue(event.first() >= 400);
    }
    assertEquals(Map.of(), missing(counts));
    for (String channel : List.of("a", "b")) {
      double[] before = series.column(channel);
      double[] after = put.series().column(channel);
      for (int row = 0; row < 800; row++) {
        assertTrue(labels[row] || before[row] == after[row], channel + " " + row);
      }
    }
    SyntheticAnomalies again = SyntheticAnomalies.put(series, 400, List.of("a", "b"), 12, 5);
    assertArrayEquals(put.series().column("a"), again.series().column("a"));
    assertFalse(
        SyntheticAnomalies.put(series, 400, List.of("a"), 1, 5).events().stream()
            .anyMatch(event -> event.kind() == SyntheticAnomalies.Kind.SWAP),
        "no season, no swap");
    int few = SyntheticAnomalies.put(series, 770, List.of("a"), 12, 5).events().size();
    assertTrue(few >= 1 && few < 4, few + " events in 30 rows");
    assertThrows(
        DataException.class, () -> SyntheticAnomalies.put(series, 800, List.of("a"), 12, 5));
  }

  /** What was interpolated has no score, so an anomaly there could not be found. */
  @Test
  void anomaliesArePutWhereValuesAreReal() {
    TimeSeries series = AnomalyData.waves(200, 1);
    // Behind row 200 only b is known.
    double[] known = Arrays.copyOf(series.column("b"), 200);
    TimeSeries ahead = series.ahead(Map.of("b", known));
    SyntheticAnomalies put = SyntheticAnomalies.put(ahead, 160, List.of("a", "b"), 12, 5);
    assertTrue(put.events().size() >= 3, put.events().toString());
    for (SyntheticAnomalies.Event event : put.events()) {
      boolean[] real = ahead.isReal(event.channel());
      assertTrue(event.rows().allMatch(row -> real[row]), event.toString());
    }
    assertTrue(put.events().stream().anyMatch(event -> event.first() >= 200), "in b");
  }

  private static Map<SyntheticAnomalies.Kind, Integer> missing(
      Map<SyntheticAnomalies.Kind, Integer> counts) {
    Map<SyntheticAnomalies.Kind, Integer> missing = new EnumMap<>(SyntheticAnomalies.Kind.class);
    for (SyntheticAnomalies.Kind kind : SyntheticAnomalies.Kind.values()) {
      if (!counts.containsKey(kind)) {
        missing.put(kind, 0);
      }
    }
    return missing;
  }

  private static void assertBetween(double low, double high, double value) {
    assertTrue(value >= low && value <= high, value + " is not between " + low + " and " + high);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @Test
  void simplerDetectorsMarkASpike() {
    TimeSeries series = AnomalyData.waves(600, 1);
    double[] spiked = series.column("a");
    spiked[550] += 25;
    int[] row = {0};
    TimeSeries changed = series.withColumn("a", value -> spiked[row[0]++]);
    for (SimpleDetector.Kind kind : SimpleDetector.Kind.values()) {
      Detection marks =
          SimpleDetector.learn(
                  kind, series.rows(0, 500), new boolean[500], List.of("a", "b"), 380, 12, 0.99)
              .detect(changed);
      assertTrue(marks.isMarked(550), kind + ": " + marks);
      assertEquals("a", marks.channel(550));
      assertTrue(marks.share() < 0.05, kind + ": " + marks.summary());
    }
  }

  @Test
  void thePictureShowsMarksAndKnownAnomalies() {
    double[] scores = new double[60];
    Arrays.fill(scores, 0.5);
    scores[30] = scores[31] = 2;
    scores[59] = 3;
    Boolean[] known = new Boolean[60];
    Arrays.setAll(known, i -> i == 31);
    String svg = new DetectionPicture(marks(scores), "a", List.of(known)).chart().svg();
    assertEquals(
        3, svg.split("class=\"band", -1).length - 1 - 2, "two marked, one known; two keys");
    assertTrue(svg.contains("known anomaly") && svg.contains("marked"), "the legend");
    assertFalse(svg.contains("NaN"), svg);
    assertFalse(new DetectionPicture(marks(scores), "a").scores().svg().contains("NaN"));
  }
}
