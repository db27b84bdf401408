package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.report.Interval;
import io.github.recurrentzoo.zoo.report.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a classifier is on labelled rows: counts of what was expected and what was answered, and
 * the usual numbers computed from them.
 *
 * <p>{@link #toString()} is a table to print: at most 120 columns wide, with the confusion matrix
 * for up to about 16 labels and the most frequent confusions for more.
 */
public final class ClassificationReport {
  private final List<String> labels;
  private final int[][] counts;
  private final TextCounts texts; // null if that was not counted
  private final Confidence confidence; // null without probabilities
  private final ClassificationReport baseline; // null if there is none

  private ClassificationReport(
      List<String> labels,
      int[][] counts,
      TextCounts texts,
      Confidence confidence,
      ClassificationReport baseline) {
    this.labels = labels;
    this.counts = counts;
    this.texts = texts;
    this.confidence = confidence;
    this.baseline = baseline;
  }

  /** The same report with what was read of the texts and what probabilities the answers had. */
  ClassificationReport with(TextCounts read, Confidence had) {
    return new ClassificationReport(labels, counts, read, had, baseline);
  }

  /** The same report beside that of a baseline on the same rows. */
  ClassificationReport beside(ClassificationReport other) {
    return new ClassificationReport(labels, counts, texts, confidence, other);
  }

  /**
   * How good {@link NaiveBayes} is on the same rows, trained on the rows that the classifier was
   * trained on. Empty for a classifier that was loaded: its training rows are not at hand.
   */
  public Optional<ClassificationReport> baseline() {
    return Optional.ofNullable(baseline);
  }

  /** Whether there is a baseline that answers more rows rightly. */
  public boolean isWorseThanBaseline() {
    return baseline != null && baseline.accuracy() > accuracy();
  }

  /**
   * The expected calibration error: the mean distance between the probability of an answer and how
   * often such answers are right, over ten bins of probabilities. Empty if the report was not made
   * from probabilities.
   */
  public OptionalDouble calibrationError() {
    return confidence == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(confidence.calibrationError());
  }

  /** Precision and recall of the rarer of two labels by threshold; empty for more labels. */
  public Optional<PrecisionRecall> precisionRecall() {
    return Optional.ofNullable(confidence).map(Confidence::precisionRecall);
  }

  /**
   * A row that was answered wrongly.
   *
   * @param text of the row
   * @param expected its label
   * @param answered the label that it got
   * @param probability of the answer
   */
  public record Mistake(String text, String expected, String answered, double probability) {

    Map<String, Object> toMap() {
      return JsonTree.object(
          "text", text, "expected", expected, "answered", answered, "probability", probability);
    }
  }

  /** The wrong answers with the highest probabilities, ten at most: look there for wrong labels. */
  public List<Mistake> confidentMistakes() {
    return confidence == null ? List.of() : confidence.mistakes();
  }

  /** What was read of the texts; empty for a report that was not made from texts. */
  public Optional<TextCounts> texts() {
    return Optional.ofNullable(texts);
  }

  /**
   * Counts.
   *
   * @param labels the labels by index
   * @param expected the index of each row's label
   * @param answered the index of the label that was answered for each row
   * @throws IllegalArgumentException if there are no rows, or not one answer for each
   */
  public static ClassificationReport of(List<String> labels, int[] expected, int[] answered) {
    if (expected.length == 0 || expected.length != answered.length) {
      throw new IllegalArgumentException(
          "A report needs one answer for each row and one row at least, but got "
              + expected.length
              + " rows and "
              + answered.length
              + " answers");
    }
    int[][] counts = new int[labels.size()][labels.size()];
    for (int i = 0; i < expected.length; i++) {
      counts[expected[i]][answered[i]]++;
    }
    return new ClassificationReport(List.copyOf(labels), counts, null, null, null);
  }

  /**
   * One label's numbers.
   *
   * @param label the label
   * @param precision of the rows that got this label, the fraction that has it; 0 if none got it
   * @param recall of the rows that have this label, the fraction that got it; 0 if none has it
   * @param f1 the harmonic mean of precision and recall; 0 if both are 0
   * @param support the number of rows that have this label
   */
  public record LabelScore(String label, double precision, double recall, double f1, int support) {

    Map<String, Object> toMap() {
      return JsonTree.object(
          "label", label, "precision", precision, "recall", recall, "f1", f1, "support", support);
    }
  }

  /** The labels in the order of the matrix. */
  public List<String> labels() {
    return labels;
  }

  /** The number of rows. */
  public int rows() {
    return labels.stream().mapToInt(label -> support(labels.indexOf(label))).sum();
  }

  /** The fraction of rows that were answered rightly. */
  public double accuracy() {
    int right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / rows();
  }

  /** Wilson's interval of the accuracy. */
  public Interval accuracyInterval() {
    return Interval.wilson(accuracy(), rows());
  }

  /**
   * The mean F1 of the labels that some row has or got, each label counting the same. (A label that
   * neither occurs nor is answered has no F1; scikit-learn leaves it out as well.)
   */
  public double macroF1() {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < counts.length; c++) {
      if (support(c) + answered(c) > 0) {
        sum += score(c).f1();
        present++;
      }
    }
    return sum / present;
  }

  /** The label that most of the rows have. */
  public String mostFrequentLabel() {
    int most = 0;
    for (int c = 1; c < counts.length; c++) {
      most = support(c) > support(most) ? c : most;
    }
    return labels.get(most);
  }

  /** The accuracy of always answering {@link #mostFrequentLabel()}. */
  public double baselineAccuracy() {
    return (double) support(labels.indexOf(mostFrequentLabel())) / rows();
  }

  /** The numbers of each label, in the order of {@link #labels()}. */
  public List<LabelScore> scores() {
    List<LabelScore> scores = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      scores.add(score(c));
    }
    return scores;
  }

  /**
   * The number of rows that have one label and got another, or the same.
   *
   * @throws IllegalArgumentException if a label is unknown
   */
  public int count(String expected, String answered) {
    return counts[index(expected)][index(answered)];
  }

  /**
   * Rows of one label that got another.
   *
   * @param expected their label
   * @param answered the label that they got
   * @param count how many, one at least
   */
  public record Confusion(String expected, String answered, int count) {}

  /** What is taken for what, the most frequent first. */
  public List<Confusion> confusions() {
    List<Confusion> all = new ArrayList<>();
    for (int e = 0; e < counts.length; e++) {
      for (int a = 0; a < counts.length; a++) {
        if (e != a && counts[e][a] > 0) {
          all.add(new Confusion(labels.get(e), labels.get(a), counts[e][a]));
        }
      }
    }
    all.sort(Comparator.comparingInt(Confusion::count).reversed());
    return all;
  }

  private int index(String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "There is no label \"" + label + "\"; the labels are " + labels);
    }
    return index;
  }

  public int count(int expected, int answered) {
    return counts[expected][answered];
  }

  private LabelScore score(int c) {
    int right = counts[c][c];
    int support = support(c);
    int answered = answered(c);
    return new LabelScore(
        labels.get(c),
        answered == 0 ? 0 : (double) right / answered,
        support == 0 ? 0 : (double) right / support,
        right == 0 ? 0 : 2.0 * right / (support + answered),
        support);
  }

  private int support(int c) {
    int support = 0;
    for (int count : counts[c]) {
      support += count;
    }
    return support;
  }

  private int answered(int c) {
    int answered = 0;
    for (int[] row : counts) {
      answered += row[c];
    }
    return answered;
  }

  /**
   * All of it as an object of JSON: {@code rows}, {@code accuracy}, {@code accuracyInterval} (lower
   * and upper end), {@code macroF1}, {@code mostFrequentLabel}, {@code baselineAccuracy}, {@code
   * baseline} (its {@code name}, {@code accuracy} and {@code macroF1}), {@code calibrationError},
   * {@code averagePrecision} (of two labels), {@code confidentMistakes}, {@code texts}, {@code
   * labels} and {@code confusion}, whose rows are what was expected.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "rows", rows(),
        "accuracy", accuracy(),
        "accuracyInterval", List.of(accuracyInterval().lower(), accuracyInterval().upper()),
        "macroF1", macroF1(),
        "mostFrequentLabel", mostFrequentLabel(),
        "baselineAccuracy", baselineAccuracy(),
        "baseline",
            baseline == null
                ? null
                : JsonTree.object(
                    "name", NaiveBayes.NAME,
                    "accuracy", baseline.accuracy(),
                    "macroF1", baseline.macroF1()),
        "calibrationError", confidence == null ? null : confidence.calibrationError(),
        "averagePrecision",
            precisionRecall()
                .map(
                    curve ->
                        JsonTree.object(
                            "label", curve.label(),
                            "averagePrecision", curve.averagePrecision(),
                            "share", curve.share()))
                .orElse(null),
        "confidentMistakes", confidentMistakes().stream().map(Mistake::toMap).toList(),
        "texts", texts == null ? null : texts.toMap(),
        "labels", scores().stream().map(LabelScore::toMap).toList(),
        "confusion",
            Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /** The table. */
  @Override
  public String toString() {
    return new ReportTable(this).print();
  }

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
}
