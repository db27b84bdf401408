package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.report.Interval;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.List;
import java.util.Locale;

/** Prints a {@link ClassificationReport} within {@value #WIDTH} columns. */
final class ReportTable {
  private static final int WIDTH = 120;
  private static final int LONGEST_LABEL = 24;
  private static final int CONFUSIONS = 15;

  private final ClassificationReport report;
  private final List<String> labels;

  public ReportTable(ClassificationReport report) {
    this.report = report;
    this.labels = report.labels();
  }

  public String print() {
    long right = Math.round(report.accuracy() * report.rows());
    String figures =
        String.format(
            Locale.ROOT,
            "accuracy  %.4f  (%d of %d rows; 95 %% interval %.3f to %.3f)\nmacro F1  %.4f\n%s%s%s%s\n",
            report.accuracy(),
            right,
            report.rows(),
            report.accuracyInterval().lower(),
            report.accuracyInterval().upper(),
            report.macroF1(),
            baseline(),
            confidence(),
            report.texts().map(texts -> "texts     " + texts + "\n").orElse(""),
            tooFew());
    String matrix = matrix().text();
    boolean fits = matrix.lines().mapToInt(String::length).max().orElse(0) <= WIDTH;
    return figures + scores().text() + "\n" + (fits ? matrix : confusions());
  }

  private String baseline() {
    if (report.baseline().isEmpty()) {
      return "";
    }
    ClassificationReport other = report.baseline().get();
    String line =
        String.format(
            Locale.ROOT,
            "baseline  %.4f  (%s on %s, same training rows; macro F1 %.4f)\n",
            other.accuracy(),
            NaiveBayes.NAME,
            NaiveBayes.counted(report),
            other.macroF1());
    return report.isWorseThanBaseline() ? line + worse(report) + "\n" : line;
  }

  /** What to try where the baseline is better. */
  static String worse(ClassificationReport report) {
    return String.format(
        Locale.ROOT,
        "The network is worse than the baseline, by %.1f points. Try word vectors, more dropout, another learning rate, a longer maximal length if texts are cut, or more rows.",
        100 * (report.baseline().orElseThrow().accuracy() - report.accuracy()));
  }

  private String confidence() {
    StringBuilder lines = new StringBuilder();
    report
        .precisionRecall()
        .ifPresent(
            curve ->
                lines.append(
                    String.format(
                        Locale.ROOT,
                        "average precision %.4f for %s (%.4f at random)\n",
                        curve.averagePrecision(),
                        curve.label(),
                        curve.share())));
    report
        .calibrationError()
        .ifPresent(
            error ->
                lines.append(
                    String.format(
                        Locale.ROOT,
                        "calibration error %.4f (how far probabilities are from how often they are right)\n",
                        error)));
    return lines.toString();
  }

  private String tooFew() {
    Interval interval = report.accuracyInterval();
    if (!interval.isWide()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%d rows are too few to tell how good it is: the accuracy on other rows of this kind may be anything from %.2f to %.2f. Test on more rows.\n",
        report.rows(),
        interval.lower(),
        interval.upper());
  }

  private Table scores() {
    Table table = new Table().head("label").right("precision", "recall", "F1", "rows");
    for (ClassificationReport.LabelScore score : report.scores()) {
      table.row(
          score.label(),
          decimals(score.precision()),
          decimals(score.recall()),
          decimals(score.f1()),
          score.support());
    }
    return table.longestCell(LONGEST_LABEL);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** The confusion matrix; its columns are numbered, because names would not fit. */
  private Table matrix() {
    Table table = new Table().caption("rows by label, columns by answer").head("").right("");
    for (int c = 1; c <= labels.size(); c++) {
      table.right(Integer.toString(c));
    }
    for (int e = 0; e < labels.size(); e++) {
      Object[] row = new Object[labels.size() + 2];
      row[0] = labels.get(e);
      row[1] = e + 1;
      for (int a = 0; a < labels.size(); a++) {
        int count = report.count(e, a);
        row[a + 2] = count == 0 ? "." : count;
      }
      table.row(row);
    }
    return table.longestCell(LONGEST_LABEL);
  }

  /** The confusions that happen most, where the matrix is too wide to print. */
  private String confusions() {
    if (report.confusions().isEmpty()) {
      return "";
    }
    Table table = new Table().head("label").left("answer").right("rows").longestCell(LONGEST_LABEL);
    report.confusions().stream()
        .limit(CONFUSIONS)
        .forEach(each -> table.row(each.expected(), each.answered(), each.count()));
    return table
        .caption(
            "most frequent confusions (the matrix of %d labels is too wide to print)"
                .formatted(labels.size()))
        .text();
  }
}
