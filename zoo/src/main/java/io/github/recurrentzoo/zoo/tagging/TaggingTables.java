package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables of a {@link TaggingReport}, for the terminal and for the page. */
final class TaggingTables {
  private static final int LARGEST_MATRIX = 20;
  private static final int CONFUSIONS = 15;
  private static final int LONGEST_CELL = 24;
  private static final int LONGEST_CONTEXT = 80;
  private static final int MISTAKES_TO_PRINT = 10;

  private TaggingTables() {}

  static String print(TaggingReport report) {
    StringBuilder text = new StringBuilder(figures(report).text()).append('\n');
    if (!report.spans().isEmpty()) {
      text.append(spans(report).text()).append('\n');
    }
    text.append(scores(report).text()).append('\n');
    text.append(confusions(report).text());
    if (!report.mistakes().isEmpty()) {
      text.append('\n').append(mistakes(report, MISTAKES_TO_PRINT).text());
    }
    return text.toString();
  }

  /** The network beside the baseline. */
  static Table figures(TaggingReport report) {
    List<String> columns = new ArrayList<>(List.of("accuracy", "unseen words", "sentences"));
    report.spanF1().ifPresent(f1 -> columns.add("span F1"));
    Table table = new Table().head("").right(columns.toArray(String[]::new));
    row(table, "network", report);
    report.baseline().ifPresent(other -> row(table, "baseline", other));
    return table.caption(
        String.format(
            Locale.ROOT,
            "%,d words in %,d sentences, %,d words that training has not seen%s",
            report.words(),
            report.sentences(),
            report.unseen(),
            report.baseline().isPresent() ? "; baseline: " + WordBaseline.NAME : ""));
  }

  private static void row(Table table, String name, TaggingReport report) {
    List<Object> cells =
        new ArrayList<>(
            List.of(
                name,
                decimals(report.accuracy()),
                report.unseen() == 0 ? "-" : decimals(report.unseenAccuracy()),
                decimals(report.sentenceAccuracy())));
    report.spanF1().ifPresent(f1 -> cells.add(decimals(f1)));
    table.row(cells.toArray());
  }

  static Table scores(TaggingReport report) {
    return scores(report.scores(), "label", "words").longestCell(LONGEST_CELL);
  }

  static Table spans(TaggingReport report) {
    return scores(report.spans(), "spans", "spans").longestCell(LONGEST_CELL);
  }

  private static Table scores(List<TaggingReport.Score> scores, String head, String count) {
    Table table = new Table().head(head).right("precision", "recall", "F1", count);
    for (TaggingReport.Score score : scores) {
      table.row(
          score.name(),
          decimals(score.precision()),
          decimals(score.recall()),
          decimals(score.f1()),
          score.expected());
    }
    return table;
  }

  static Table mistakes(TaggingReport report, int most) {
    Table table =
        new Table()
            .caption("most frequent mistakes")
            .head("word")
            .left("label")
            .left("answer")
            .right("times")
            .left("for example")
            .longestCell(LONGEST_CONTEXT);
    report.mistakes().stream()
        .limit(most)
        .forEach(
            each ->
                table.row(
                    each.word(), each.expected(), each.answered(), each.count(), each.context()));
    return table;
  }

  /** What is taken for what, the most frequent first. */
  static Table confusions(TaggingReport report) {
    record Confusion(int expected, int answered, int count) {}
    int size = report.labels().size();
    List<Confusion> all = new ArrayList<>();
    for (int e = 0; e < size; e++) {
      for (int a = 0; a < size; a++) {
        int count = report.confusion().get(e).get(a);
        if (e != a && count > 0) {
          all.add(new Confusion(e, a, count));
        }
      }
    }
    all.sort(Comparator.comparingInt(Confusion::count).reversed());
    Table table =
        new Table()
            .caption("most frequent confusions")
            .head("label")
            .left("answer")
            .right("words")
            .longestCell(LONGEST_CELL);
    List<String> labels = report.labels();
    all.stream()
        .limit(CONFUSIONS)
        .forEach(
            each -> table.row(labels.get(each.expected), labels.get(each.answered), each.count));
    return table;
  }

  static boolean fitsMatrix(TaggingReport report) {
    return report.labels().size() <= LARGEST_MATRIX;
  }

  /** For pages. */
  static Table matrix(TaggingReport report) {
    Table table =
        new Table()
            .caption("Confusion matrix: number of words by label (row) and by answer (column)")
            .matrix()
            .head("label \\ answer")
            .right(report.labels().toArray(String[]::new));
    for (int e = 0; e < report.labels().size(); e++) {
      long all = Math.max(1, report.scores().get(e).expected());
      List<Object> row = new ArrayList<>(List.of(report.labels().get(e)));
      for (int a = 0; a < report.labels().size(); a++) {
        int count = report.confusion().get(e).get(a);
        row.add(
            count == 0
                ? "\u00B7"
                : new Table.Shaded(Integer.toString(count), e == a, (double) count / all));
      }
      table.row(row.toArray());
    }
    return table;
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
