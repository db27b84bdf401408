package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.classification.ClassificationReport.Mistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a report tells of the probabilities of the answers.
 *
 * @param calibrationError the expected calibration error
 * @param precisionRecall of the rarer of two labels; null for more labels, or if no row has it
 * @param mistakes the wrong answers with the highest probabilities
 */
record Confidence(
    double calibrationError, PrecisionRecall precisionRecall, List<Mistake> mistakes) {
  private static final int MISTAKES = 10;

  static Confidence of(
      List<String> labels, List<LabeledText> rows, double[][] probabilities, int[] expected) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      int answered = ClassProbabilities.best(probabilities[i]);
      if (answered != expected[i]) {
        mistakes.add(
            new Mistake(
                rows.get(i).text(),
                labels.get(expected[i]),
                labels.get(answered),
                probabilities[i][answered]));
      }
    }
    mistakes.sort(Comparator.comparingDouble(Mistake::probability).reversed());
    return new Confidence(
        Calibration.error(probabilities, expected),
        labels.size() == 2 ? rarer(labels, probabilities, expected).orElse(null) : null,
        List.copyOf(mistakes.subList(0, Math.min(MISTAKES, mistakes.size()))));
  }

  private static Optional<PrecisionRecall> rarer(
      List<String> labels, double[][] probabilities, int[] expected) {
    int second = 0;
    for (int label : expected) {
      second += label;
    }
    if (second == 0 || second == expected.length) {
      return Optional.empty();
    }
    int rarer = 2 * second <= expected.length ? 1 : 0;
    double[] ofLabel = new double[expected.length];
    boolean[] has = new boolean[expected.length];
    for (int i = 0; i < has.length; i++) {
      ofLabel[i] = probabilities[i][rarer];
      has[i] = expected[i] == rarer;
    }
    return Optional.of(PrecisionRecall.of(labels.get(rarer), ofLabel, has));
  }
}
