package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  /** Bins of 0.9 (one right of two) and of 0.6 (right): (|1 - 1.8| + |1 - 0.6|) / 3. */
  @Test
  void theErrorIsTheOneComputedByHand() {
    double[][] probabilities = {{0.9, 0.1}, {0.1, 0.9}, {0.6, 0.4}};
    assertEquals((0.8 + 0.4) / 3, Calibration.error(probabilities, new int[] {0, 0, 0}), 1e-12);
    double[][] sure = {{1, 0}, {0, 1}};
    assertEquals(0, Calibration.error(sure, new int[] {0, 1}), 1e-12);
  }

  /** Labels are drawn by true probabilities; the network's logits are too large, three times. */
  @Test
  void findsTheTemperatureOfOverconfidentAnswers() {
    Random random = new Random(5);
    int rows = 4_000;
    double[][] probabilities = new double[rows][];
    int[] expected = new int[rows];
    for (int i = 0; i < rows; i++) {
      double[] logits = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[] right = softmax(logits, 1);
      double drawn = random.nextDouble();
      expected[i] = drawn < right[0] ? 0 : drawn < right[0] + right[1] ? 1 : 2;
      probabilities[i] = softmax(logits, 3);
    }
    Calibration calibration = Calibration.fit(probabilities, expected);
    assertEquals(3, calibration.temperature(), 0.3);
    assertTrue(calibration.before() > 0.2 && calibration.after() < 0.03, calibration.toString());
    double[][] applied = calibration.applied(probabilities);
    assertEquals(calibration.after(), Calibration.error(applied, expected), 1e-12);
    for (int i = 0; i < rows; i++) {
      assertEquals(ClassProbabilities.best(probabilities[i]), ClassProbabilities.best(applied[i]));
      assertEquals(1, applied[i][0] + applied[i][1] + applied[i][2], 1e-12);
    }
    Calibration again = Calibration.fit(applied, expected);
    assertEquals(1, again.temperature(), 0.02);
  }

  private static double[] softmax(double[] logits, double factor) {
    double[] result = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < result.length; c++) {
      result[c] = Math.exp(factor * logits[c]);
      sum += result[c];
    }
    for (int c = 0; c < result.length; c++) {
      result[c] /= sum;
    }
    return result;
  }

  @Test
  void fewRowsAndSureAnswersStayAsTheyAre() {
    double[][] few = new double[Calibration.LEAST_ROWS - 1][];
    Arrays.fill(few, new double[] {0.9, 0.1});
    assertSame(Calibration.NONE, Calibration.fit(few, new int[few.length]));
    double[][] sure = new double[200][];
    Arrays.fill(sure, new double[] {1, 0});
    assertSame(Calibration.NONE, Calibration.fit(sure, new int[200]));
    assertEquals(1, new Calibration(2, 0, 0).applied(sure)[0][0]);
  }

  /**
   * As scikit-learn's average_precision_score says: by hand, thresholds 0.9 (1/1), 0.8 (1/2), 0.7
   * twice (2/4), 0.1 (3/5); recall rises at the first, third and fourth: (1 + 0.5 + 0.6) / 3.
   */
  @Test
  void precisionByRecall() {
    PrecisionRecall curve =
        PrecisionRecall.of(
            "spam",
            new double[] {0.7, 0.9, 0.1, 0.8, 0.7},
            new boolean[] {true, true, true, false, false});
    assertEquals((1 + 0.5 + 0.6) / 3, curve.averagePrecision(), 1e-12);
    assertEquals(0.6, curve.share(), 1e-12);
    assertEquals(
        List.of(
            new PrecisionRecall.Point(0.9, 1, 1 / 3.0),
            new PrecisionRecall.Point(0.8, 0.5, 1 / 3.0),
            new PrecisionRecall.Point(0.7, 0.5, 2 / 3.0),
            new PrecisionRecall.Point(0.1, 0.6, 1)),
        curve.points());
  }

  @Test
  void confidenceNamesTheRarerLabelAndTheSurestMistakes() {
    List<String> labels = List.of("ham", "spam");
    List<LabeledText> rows =
        List.of(
            new LabeledText("one", "ham"),
            new LabeledText("two", "ham"),
            new LabeledText("three", "spam"));
    ClassificationReport.Confidence confidence =
        ClassificationReport.Confidence.of(
            labels, rows, new double[][] {{0.3, 0.7}, {0.8, 0.2}, {0.9, 0.1}}, new int[] {0, 0, 1});
    assertEquals("spam", confidence.precisionRecall().label());
    assertEquals(1 / 3.0, confidence.precisionRecall().averagePrecision(), 1e-12);
    assertEquals(
        List.of(
            new ClassificationReport.Mistake("three", "spam", "ham", 0.9),
            new ClassificationReport.Mistake("one", "ham", "spam", 0.7)),
        confidence.mistakes());
  }
}
