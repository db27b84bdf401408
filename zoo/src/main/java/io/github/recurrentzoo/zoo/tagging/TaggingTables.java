package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.report.Confusions;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of a {@link TaggingReport}, for the terminal and for the page. */
final class TaggingTables {
  private static final int LARGEST_MATRIX = 20;
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

  static Table confusions(TaggingReport report) {
    return confusionsOf(report).mostFrequent();
  }

  static boolean fitsMatrix(TaggingReport report) {
    return report.labels().size() <= LARGEST_MATRIX;
  }

  /** For pages. */
  static Table matrix(TaggingReport report) {
    return confusionsOf(report).matrix();
  }

  private static Confusions confusionsOf(TaggingReport report) {
    return new Confusions(report.labels(), report.confusion(), "words");
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
