package io.github.recurrentzoo.zoo.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints a {@link ClassificationReport} within {@value #WIDTH} columns. */
final class ReportTable {
  private static final int WIDTH = 120;
  private static final int LONGEST_LABEL = 24;
  private static final int CONFUSIONS = 15;

  private final ClassificationReport report;
  private final List<String> names = new ArrayList<>();
  private final int nameWidth;
  private final StringBuilder text = new StringBuilder();

  public ReportTable(ClassificationReport report) {
    this.report = report;
    int widest = "label".length();
    for (String label : report.labels()) {
      String name = shortened(label);
      names.add(name);
      widest = Math.max(widest, length(name));
    }
    nameWidth = widest;
  }

  public String print() {
    int right = (int) Math.round(report.accuracy() * report.rows());
    line("accuracy  %.4f  (%d of %d rows)", report.accuracy(), right, report.rows());
    line("macro F1  %.4f", report.macroF1());
    line("");
    line("%s  precision  recall      F1    rows", padded("label"));
    List<ClassificationReport.LabelScore> scores = report.scores();
    for (int c = 0; c < names.size(); c++) {
      ClassificationReport.LabelScore score = scores.get(c);
      line(
          "%s     %.4f  %.4f  %.4f  %6d",
          padded(names.get(c)), score.precision(), score.recall(), score.f1(), score.support());
    }
    line("");
    int digits = digits();
    if (rowLabelWidth() + names.size() * (digits + 1) <= WIDTH) {
      matrix(digits);
    } else {
      confusions();
    }
    return text.toString();
  }

  /** The confusion matrix; its columns are numbered, because names would not fit. */
  private void matrix(int digits) {
    line("rows by label, columns by answer");
    StringBuilder head = new StringBuilder(" ".repeat(rowLabelWidth()));
    for (int c = 1; c <= names.size(); c++) {
      head.append(String.format(Locale.ROOT, " %" + digits + "d", c));
    }
    line("%s", head);
    for (int e = 0; e < names.size(); e++) {
      StringBuilder row = new StringBuilder();
      row.append(String.format(Locale.ROOT, "%s %3d ", padded(names.get(e)), e + 1));
      for (int a = 0; a < names.size(); a++) {
        int count = report.count(e, a);
        row.append(String.format(Locale.ROOT, " %" + digits + "s", count == 0 ? "." : count));
      }
      line("%s", row);
    }
  }

  /** The confusions that happen most, where the matrix is too wide to print. */
  private void confusions() {
    record Confusion(int expected, int answered, int count) {}
    List<Confusion> all = new ArrayList<>();
    for (int e = 0; e < names.size(); e++) {
      for (int a = 0; a < names.size(); a++) {
        if (e != a && report.count(e, a) > 0) {
          all.add(new Confusion(e, a, report.count(e, a)));
        }
      }
    }
    all.sort(Comparator.comparingInt(Confusion::count).reversed());
    line("most frequent confusions (the matrix of %d labels is too wide to print)", names.size());
    line("%s  %s    rows", padded("label"), padded("answer"));
    for (Confusion confusion : all.subList(0, Math.min(CONFUSIONS, all.size()))) {
      line(
          "%s  %s  %6d",
          padded(names.get(confusion.expected())),
          padded(names.get(confusion.answered())),
          confusion.count());
    }
  }

  private int rowLabelWidth() {
    return nameWidth + 5;
  }

  private int digits() {
    int largest = names.size();
    for (int e = 0; e < names.size(); e++) {
      for (int a = 0; a < names.size(); a++) {
        largest = Math.max(largest, report.count(e, a));
      }
    }
    return Integer.toString(largest).length();
  }

  private String padded(String name) {
    return name + " ".repeat(nameWidth - length(name));
  }

  /** One line, its control characters replaced, cut to the longest label that a table bears. */
  private static String shortened(String label) {
    String oneLine = label.replaceAll("\\p{Cntrl}", " ");
    if (length(oneLine) <= LONGEST_LABEL) {
      return oneLine;
    }
    return oneLine.substring(0, oneLine.offsetByCodePoints(0, LONGEST_LABEL - 3)) + "...";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
