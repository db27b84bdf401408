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
            "accuracy  %.4f  (%d of %d rows; 95 %% interval %.3f to %.3f)\nmacro F1  %.4f\n%s%s\n",
            report.accuracy(),
            right,
            report.rows(),
            report.accuracyInterval().lower(),
            report.accuracyInterval().upper(),
            report.macroF1(),
            report.texts().map(texts -> "texts     " + texts + "\n").orElse(""),
            tooFew());
    String matrix = matrix().text();
    boolean fits = matrix.lines().mapToInt(String::length).max().orElse(0) <= WIDTH;
    return figures + scores().text() + "\n" + (fits ? matrix : confusions().text());
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
  private Table confusions() {
    Table table = new Table().head("label").left("answer").right("rows").longestCell(LONGEST_LABEL);
    report.confusions().stream()
        .limit(CONFUSIONS)
        .forEach(each -> table.row(each.expected(), each.answered(), each.count()));
    return table.caption(
        "most frequent confusions (the matrix of %d labels is too wide to print)"
            .formatted(labels.size()));
  }
}
