package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.report.LineChart;
import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sequence classification: accuracy next to a baseline, F1 of each class, confusion matrix, and
 * pictures of some sequences.
 *
 * @param report of sequences that the classifier has not learned from
 * @param shown some of these sequences
 */
public record SequencePart(SequenceReport report, List<Shown> shown) implements ReportPart {
  private static final int MOST_RIGHT = 6;
  private static final int MOST_WRONG = 6;
  private static final int MOST_CHANNELS = 6;

  /** Keeps a copy of the list. */
  public SequencePart {
    shown = List.copyOf(shown);
  }

  /**
   * A sequence and what was answered to it.
   *
   * @param sequence with its label
   * @param answer of the classifier
   * @param channels the names of the channels
   */
  public record Shown(LabeledSequence sequence, SequencePrediction answer, List<String> channels) {

    /** Keeps a copy of the list. */
    public Shown {
      channels = List.copyOf(channels);
    }

    boolean isRight() {
      return answer.label().equals(sequence.label());
    }
  }

  /**
   * A part with pictures: of each of some classes a sequence that was answered rightly, and some
   * that were not.
   *
   * @param report of the rows
   * @param rows that the classifier has not learned from
   * @param channels the names of the channels
   */
  public static SequencePart of(
      SequenceReport report,
      SequenceClassifier classifier,
      List<LabeledSequence> rows,
      List<String> channels) {
    List<SequencePrediction> answers = classifier.predictRows(rows);
    List<Shown> right = new ArrayList<>();
    List<Shown> wrong = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < rows.size(); i++) {
      Shown one = new Shown(rows.get(i), answers.get(i), channels);
      if (!one.isRight() && wrong.size() < MOST_WRONG) {
        wrong.add(one);
      } else if (one.isRight() && right.size() < MOST_RIGHT && seen.add(rows.get(i).label())) {
        right.add(one);
      }
    }
    wrong.addAll(right);
    int even = wrong.size() > 1 ? wrong.size() / 2 * 2 : wrong.size(); // two in a row of the page
    return new SequencePart(report, wrong.subList(0, even));
  }

  @Override
  public String task() {
    return "sequence classification";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("accuracy", percent(report.accuracy()));
    figures.put("macro F1", String.format(Locale.ROOT, "%.3f", report.macroF1()));
    report
        .baseline()
        .ifPresent(other -> figures.put("accuracy of the baseline", percent(other.accuracy())));
    figures.put("sequences not learned from", String.format(Locale.ROOT, "%,d", report.rows()));
    return figures;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accuracy", report.accuracy());
    figures.put("macro F1", report.macroF1());
    return figures;
  }

  @Override
  public String verdict() {
    String baseline =
        report
            .baseline()
            .map(
                other ->
                    String.format(
                        Locale.ROOT,
                        "; %s is right for %s",
                        other.name(),
                        percent(other.accuracy())))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s of the sequences are classified rightly%s. Always answering the most frequent class, %s, would be right for %s.%s",
        percent(report.accuracy()),
        baseline,
        report.mostFrequentLabel(),
        percent(report.majorityAccuracy()),
        report.isWorseThanBaseline() ? " " + SequenceTables.worse(report) : "");
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  @Override
  public Optional<ModelCard> card() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "Each sequence gets one of the %d classes, one that fits none of them too: look at the probability."
            .formatted(report.labels().size()));
    limits.add(
        "It expects the channels of the training in the same order, units and sampling rate.");
    report.scores().stream()
        .filter(score -> score.expected() > 0)
        .min(Comparator.comparingDouble(SequenceReport.Score::f1))
        .ifPresent(
            worst ->
                limits.add(
                    String.format(
                        Locale.ROOT,
                        "It is least good at the class %s: F1 %.3f on %,d sequences.",
                        worst.label(),
                        worst.f1(),
                        worst.expected())));
    return Optional.of(
        new ModelCard(
            "Says which of %d classes a sequence of numbers is of."
                .formatted(report.labels().size()),
            limits,
            """
        SequenceClassifier classifier = SequenceClassifier.load(Path.of("{model}"));
        SequencePrediction prediction = classifier.predict(channels);
        System.out.println(prediction.label() + " " + prediction.probability());""",
            "recurrent-zoo classify --model {model} --data FILE"));
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public List<ReportSection> sections() {
    List<ReportSection> sections = new ArrayList<>();
    sections.add(new ReportSection("Network and baseline").table(SequenceTables.figures(report)));
    boolean small = SequenceTables.fitsMatrix(report);
    ReportSection classes = new ReportSection("Answers by class");
    if (small) {
      classes.note(
          "Each row of the matrix holds the sequences of one class, each column the answers. Blue is right, orange is wrong; the stronger, the larger the part of the row.");
    }
    classes.sideBySide();
    classes.table(small ? SequenceTables.matrix(report) : SequenceTables.confusions(report));
    sections.add(classes.table(SequenceTables.scores(report)));
    if (!report.mistakes().isEmpty()) {
      sections.add(new ReportSection("Mistakes").table(SequenceTables.mistakes(report)));
    }
    if (!shown.isEmpty()) {
      ReportSection pictures = new ReportSection("Some sequences").sideBySide();
      shown.forEach(one -> pictures.chart(chart(one)));
      sections.add(pictures);
    }
    return sections;
  }

  private static LineChart chart(Shown one) {
    LabeledSequence sequence = one.sequence();
    String title =
        String.format(
            Locale.ROOT,
            one.isRight()
                ? "%s%s, with a probability of %.2f: right"
                : "%s%s was answered with a probability of %.2f, wrongly",
            sequence.id().isEmpty() ? "" : sequence.id() + ": ",
            one.answer().label(),
            one.answer().probability());
    LineChart chart =
        new LineChart(one.isRight() ? title : title + "; it is " + sequence.label(), "step", "")
            .wholeSteps();
    double[] steps = new double[sequence.length()];
    for (int t = 0; t < steps.length; t++) {
      steps[t] = t + 1;
    }
    for (int c = 0; c < Math.min(sequence.width(), MOST_CHANNELS); c++) {
      chart.line(one.channels().get(c), c, steps, sequence.values()[c]);
    }
    return chart;
  }
}
