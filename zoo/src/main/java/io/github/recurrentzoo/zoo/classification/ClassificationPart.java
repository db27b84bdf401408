package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.report.LineChart;
import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import io.github.recurrentzoo.zoo.report.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Text classification: accuracy, F1 of each class, confusion matrix, and which words some answers
 * rest on.
 *
 * @param report of rows that the classifier has not learned from
 * @param told some of these rows, explained
 */
public record ClassificationPart(ClassificationReport report, List<Told> told)
    implements ReportPart {
  /** A matrix of more labels says less than the list of the most frequent confusions. */
  private static final int LARGEST_MATRIX = 40;

  private static final int CONFUSIONS = 30;
  private static final int ROWS_TO_ASK = 60;
  private static final int ROWS_TOLD = 4;
  private static final int LONGEST_TEXT = 160;

  /** Keeps a copy of the list. */
  public ClassificationPart {
    told = List.copyOf(told);
  }

  /**
   * Asks a classifier, and explains some answers, right ones and wrong ones.
   *
   * @param rows that it has not learned from
   */
  public static ClassificationPart of(TextClassifier classifier, List<LabeledText> rows) {
    ClassificationReport report = classifier.evaluate(rows);
    List<Told> right = new ArrayList<>();
    List<Told> wrong = new ArrayList<>();
    int step = step(rows.size());
    for (int i = 0; i < Math.min(rows.size(), ROWS_TO_ASK); i++) {
      LabeledText row = rows.get((int) ((long) i * step % rows.size()));
      boolean fits = classifier.predict(row.text()).label().equals(row.label());
      List<Told> told = fits ? right : wrong;
      if (told.size() < ROWS_TOLD) {
        told.add(new Told(row.label(), classifier.explain(row.text())));
      }
    }
    right.addAll(wrong);
    return new ClassificationPart(report, right);
  }

  /**
   * Rows are often sorted by class; steps of about the golden ratio reach all classes early, and
   * all rows once if the step has no factor in common with their number.
   */
  public static int step(int rows) {
    int step = Math.max(1, (int) (rows * 0.618));
    while (BigInteger.valueOf(step).gcd(BigInteger.valueOf(rows)).intValue() > 1) {
      step++;
    }
    return step;
  }

  /**
   * A row and what its answer rests on.
   *
   * @param expected its label
   * @param explanation of the answer
   */
  public record Told(String expected, Explanation explanation) {}

  @Override
  public String task() {
    return "text classification";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("accuracy", String.format(Locale.ROOT, "%.1f %%", 100 * report.accuracy()));
    figures.put(
        "95 % interval of the accuracy",
        String.format(
            Locale.ROOT,
            "%.1f to %.1f %%",
            100 * report.accuracyInterval().lower(),
            100 * report.accuracyInterval().upper()));
    figures.put("macro F1", String.format(Locale.ROOT, "%.3f", report.macroF1()));
    report
        .baseline()
        .ifPresent(
            other ->
                figures.put(
                    "accuracy of " + NaiveBayes.NAME,
                    String.format(Locale.ROOT, "%.1f %%", 100 * other.accuracy())));
    figures.put("rows not learned from", String.format(Locale.ROOT, "%,d", report.rows()));
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
    return compared()
        + String.format(
            Locale.ROOT,
            "%.1f %% of the texts are classified rightly; always answering the most frequent class, %s, would be right for %.1f %%.",
            100 * report.accuracy(),
            report.mostFrequentLabel(),
            100 * report.baselineAccuracy());
  }

  private String compared() {
    if (report.baseline().isEmpty()) {
      return "";
    }
    double other = report.baseline().get().accuracy();
    return report.isWorseThanBaseline()
        ? ReportTable.worse(report) + " "
        : String.format(
            Locale.ROOT,
            "Naive Bayes on %s, trained on the same rows, has %.1f %%. ",
            NaiveBayes.counted(report),
            100 * other);
  }

  @Override
  public Optional<ModelCard> card() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "Each text gets one of the %d classes, a text that fits none of them too: look at the probability."
            .formatted(report.labels().size()));
    limits.add(
        "Words or characters that it does not know tell it nothing; each answer counts them.");
    report.scores().stream()
        .filter(score -> score.support() > 0 && score.f1() < 1)
        .min(Comparator.comparingDouble(ClassificationReport.LabelScore::f1))
        .ifPresent(
            worst ->
                limits.add(
                    String.format(
                        Locale.ROOT,
                        "It is least good at the class %s: F1 %.3f on %,d %s.",
                        worst.label(),
                        worst.f1(),
                        worst.support(),
                        worst.support() == 1 ? "text" : "texts")));
    return Optional.of(
        new ModelCard(
            "Says which of %d classes a text is of.".formatted(report.labels().size()),
            limits,
            """
        TextClassifier classifier = TextClassifier.load(Path.of("{model}"));
        Prediction prediction = classifier.predict("some text");
        System.out.println(prediction.label() + " " + prediction.probability());""",
            "recurrent-zoo predict --model {model} \"some text\""));
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public List<ReportSection> sections() {
    boolean small = report.labels().size() <= LARGEST_MATRIX;
    ReportSection classes = new ReportSection("Answers by class");
    if (small) {
      classes.note(
          "Each row of the matrix holds the texts of one class, each column the answers. Blue is right, orange is wrong; the stronger, the larger the part of the row.");
    }
    classes.sideBySide().table(small ? matrix() : confusions()).table(scores());
    List<ReportSection> sections = new ArrayList<>(List.of(classes));
    report.calibrationError().ifPresent(error -> sections.add(trust(error)));
    if (!told.isEmpty()) {
      sections.add(explanations());
    }
    return sections;
  }

  private ReportSection trust(double error) {
    ReportSection section =
        new ReportSection("How far to trust the probabilities")
            .text(
                String.format(
                    Locale.ROOT,
                    "Expected calibration error %.3f: so far, on average, is the probability of an answer from how often such answers are right.",
                    error));
    report.precisionRecall().ifPresent(curve -> section.chart(chart(curve)));
    if (!report.confidentMistakes().isEmpty()) {
      section.table(mistakes());
    }
    return section;
  }

  private static LineChart chart(PrecisionRecall curve) {
    double[] recall = curve.points().stream().mapToDouble(PrecisionRecall.Point::recall).toArray();
    double[] precision =
        curve.points().stream().mapToDouble(PrecisionRecall.Point::precision).toArray();
    String found =
        String.format(
            Locale.ROOT,
            "Precision by recall for %s (average precision %.3f)",
            curve.label(),
            curve.averagePrecision());
    return new LineChart(found, "recall", "precision")
        .line("this network", 0, recall, precision)
        .reference(
            "at random",
            LineChart.INK,
            new double[] {0, 1},
            new double[] {curve.share(), curve.share()});
  }

  private Table mistakes() {
    Table table =
        new Table()
            .caption("The most confident mistakes: look here for wrong labels")
            .left("text")
            .left("class")
            .left("answer")
            .right("probability")
            .longestCell(LONGEST_TEXT);
    report
        .confidentMistakes()
        .forEach(
            each ->
                table.row(
                    each.text().replaceAll("\\s+", " "),
                    each.expected(),
                    each.answered(),
                    decimals(each.probability())));
    return table;
  }

  private Table matrix() {
    Table table =
        new Table()
            .caption("Confusion matrix: number of texts by class (row) and by answer (column)")
            .matrix()
            .head("class \\ answer")
            .right(report.labels().toArray(String[]::new));
    for (ClassificationReport.LabelScore score : report.scores()) {
      List<Object> row = new ArrayList<>(List.of(score.label()));
      for (String answered : report.labels()) {
        int count = report.count(score.label(), answered);
        row.add(
            count == 0
                ? "\u00B7"
                : new Table.Shaded(
                    Integer.toString(count),
                    answered.equals(score.label()),
                    (double) count / score.support()));
      }
      table.row(row.toArray());
    }
    return table;
  }

  private Table confusions() {
    Table table =
        new Table()
            .caption(
                "The most frequent confusions; a matrix of %d classes is too large to read"
                    .formatted(report.labels().size()))
            .left("class")
            .left("answer")
            .right("texts");
    report.confusions().stream()
        .limit(CONFUSIONS)
        .forEach(each -> table.row(each.expected(), each.answered(), each.count()));
    return table;
  }

  private Table scores() {
    Table table =
        new Table()
            .caption("Precision, recall and F1 from 0 to 1, on rows not learned from")
            .head("class")
            .right("precision", "recall", "F1", "texts");
    for (ClassificationReport.LabelScore score : report.scores()) {
      table.row(
          score.label(),
          decimals(score.precision()),
          decimals(score.recall()),
          decimals(score.f1()),
          score.support());
    }
    return table;
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private ReportSection explanations() {
    ReportSection section =
        new ReportSection("What answers rest on")
            .note(
                "Rows that the network has not learned from. A word on blue with a solid line speaks for the answer, one on orange with a dotted line against it; the stronger the colour, the more (gradient times input). Words without colour count for little; a question mark in brackets follows one that the network does not know.");
    for (Told row : told) {
      Prediction answer = row.explanation().prediction();
      boolean right = row.expected().equals(answer.label());
      section.marked(
          String.format(
              Locale.ROOT,
              "%s, with a probability of %.2f: %s",
              answer.label(),
              answer.probability(),
              right ? "right" : "wrong, " + row.expected() + " was expected"),
          marks(row.explanation()));
    }
    return section;
  }

  private static List<ReportSection.Mark> marks(Explanation explanation) {
    double largest =
        explanation.words().stream().mapToDouble(w -> Math.abs(w.contribution())).max().orElse(0);
    List<ReportSection.Mark> marks = new ArrayList<>();
    int next = 0;
    String text = explanation.text();
    for (Explanation.Word word : explanation.words()) {
      marks.add(new ReportSection.Mark(text.substring(next, word.start()), 0, ""));
      marks.add(
          new ReportSection.Mark(
              text.substring(word.start(), word.end()) + (word.known() ? "" : "[?]"),
              largest == 0 ? 0 : word.contribution() / largest,
              String.format(Locale.ROOT, "%+.2f", word.contribution())));
      next = word.end();
    }
    marks.add(new ReportSection.Mark(text.substring(next), 0, ""));
    return marks;
  }
}
