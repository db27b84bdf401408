package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.report.Interval;
import io.github.recurrentzoo.zoo.report.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How good a classifier of sequences is on labelled rows.
 *
 * @param labels in the order of the output units
 * @param confusion the number of sequences by label (row) and by answer (column)
 * @param mistakes the wrong answers with the highest probabilities, ten at most
 * @param baseline {@link NearestNeighbor} on the same rows; empty if there is none at hand
 */
public record SequenceReport(
    List<String> labels,
    List<List<Integer>> confusion,
    List<Mistake> mistakes,
    Optional<Baseline> baseline) {
  private static final int MISTAKES = 10;

  /** Keeps copies. */
  public SequenceReport {
    labels = List.copyOf(labels);
    confusion = confusion.stream().map(List::copyOf).toList();
    mistakes = List.copyOf(mistakes);
  }

  /**
   * A sequence that was answered wrongly.
   *
   * @param id its name, or its number among the rows
   * @param expected its label
   * @param answered the label that it got
   * @param probability of the answer
   */
  public record Mistake(String id, String expected, String answered, double probability) {}

  /**
   * How good something simpler is on the same rows.
   *
   * @param name what it is
   * @param accuracy the fraction of rows that it answers rightly
   * @param macroF1 the mean F1 of the labels
   */
  public record Baseline(String name, double accuracy, double macroF1) {}

  /**
   * Counts of a label.
   *
   * @param label the label
   * @param right sequences that have it and got it
   * @param answered sequences that got it
   * @param expected sequences that have it
   */
  public record Score(String label, int right, int answered, int expected) {

    /** Of what was answered, the part that is right; 0 if nothing was. */
    public double precision() {
      return answered == 0 ? 0 : (double) right / answered;
    }

    /** Of what was expected, the part that was found; 0 if nothing was. */
    public double recall() {
      return expected == 0 ? 0 : (double) right / expected;
    }

    /** 2 P R / (P + R), the harmonic mean of both; 0 if nothing is right. */
    public double f1() {
      return right == 0 ? 0 : 2.0 * right / (answered + expected);
    }
  }

  /** Counts the answers of a network. */
  static SequenceReport of(
      List<String> labels,
      List<LabeledSequence> rows,
      List<Integer> expected,
      double[][] probabilities) {
    List<String> answers = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int answered = SequenceProbabilities.best(probabilities[i]);
      answers.add(labels.get(answered));
      if (answered != expected.get(i)) {
        String id = rows.get(i).id();
        mistakes.add(
            new Mistake(
                id.isEmpty() ? Integer.toString(i + 1) : id,
                rows.get(i).label(),
                labels.get(answered),
                probabilities[i][answered]));
      }
    }
    mistakes.sort(Comparator.comparingDouble(Mistake::probability).reversed());
    return new SequenceReport(
        labels,
        counts(labels, rows, answers),
        mistakes.subList(0, Math.min(MISTAKES, mistakes.size())),
        Optional.empty());
  }

  private static List<List<Integer>> counts(
      List<String> labels, List<LabeledSequence> rows, List<String> answers) {
    int[][] counts = new int[labels.size()][labels.size()];
    for (int i = 0; i < rows.size(); i++) {
      counts[labels.indexOf(rows.get(i).label())][labels.indexOf(answers.get(i))]++;
    }
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  /** The same report beside the answers of a baseline. */
  SequenceReport beside(String name, List<String> answers, List<LabeledSequence> rows) {
    SequenceReport other =
        new SequenceReport(labels, counts(labels, rows, answers), List.of(), Optional.empty());
    return new SequenceReport(
        labels,
        confusion,
        mistakes,
        Optional.of(new Baseline(name, other.accuracy(), other.macroF1())));
  }

  /** The number of sequences. */
  public int rows() {
    return confusion.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** The fraction of the sequences that are answered rightly. */
  public double accuracy() {
    int right = 0;
    for (int c = 0; c < labels.size(); c++) {
      right += confusion.get(c).get(c);
    }
    return (double) right / rows();
  }

  /** Wilson's 95 % interval of the accuracy. */
  public Interval accuracyInterval() {
    return Interval.wilson(accuracy(), rows());
  }

  /** The figures of each label, in the order of {@link #labels}. */
  public List<Score> scores() {
    return IntStream.range(0, labels.size())
        .mapToObj(
            c ->
                new Score(
                    labels.get(c),
                    confusion.get(c).get(c),
                    confusion.stream().mapToInt(row -> row.get(c)).sum(),
                    confusion.get(c).stream().mapToInt(Integer::intValue).sum()))
        .toList();
  }

  /** The mean F1 of the labels that some row has or got. */
  public double macroF1() {
    return scores().stream()
        .filter(score -> score.expected() + score.answered() > 0)
        .mapToDouble(Score::f1)
        .average()
        .orElse(0);
  }

  /** The label that most of the rows have. */
  public String mostFrequentLabel() {
    return scores().stream()
        .max(
            Comparator.comparingInt(Score::expected)
                .thenComparing(Score::label, Comparator.reverseOrder()))
        .orElseThrow()
        .label();
  }

  /** The accuracy of always answering {@link #mostFrequentLabel}. */
  public double majorityAccuracy() {
    return (double) scores().stream().mapToInt(Score::expected).max().orElseThrow() / rows();
  }

  /** Whether there is a baseline that answers more rows rightly. */
  public boolean isWorseThanBaseline() {
    return baseline.isPresent() && baseline.get().accuracy() > accuracy();
  }

  /**
   * All of it as an object of JSON; {@code baseline} is null if there is none, and the rows of
   * {@code confusion} are what was expected.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "rows", rows(),
        "accuracy", accuracy(),
        "accuracyInterval", List.of(accuracyInterval().lower(), accuracyInterval().upper()),
        "macroF1", macroF1(),
        "mostFrequentLabel", mostFrequentLabel(),
        "majorityAccuracy", majorityAccuracy(),
        "baseline",
            baseline
                .map(
                    other ->
                        JsonTree.object(
                            "name", other.name(),
                            "accuracy", other.accuracy(),
                            "macroF1", other.macroF1()))
                .orElse(null),
        "labels",
            scores().stream()
                .map(
                    score ->
                        JsonTree.object(
                            "label", score.label(),
                            "precision", score.precision(),
                            "recall", score.recall(),
                            "f1", score.f1(),
                            "support", score.expected()))
                .toList(),
        "confusion", confusion,
        "mistakes",
            mistakes.stream()
                .map(
                    each ->
                        JsonTree.object(
                            "id", each.id(),
                            "expected", each.expected(),
                            "answered", each.answered(),
                            "probability", each.probability()))
                .toList());
  }

  /** Tables for people to read. */
  @Override
  public String toString() {
    return SequenceTables.print(this);
  }
}
