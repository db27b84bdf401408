package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.report.Confusions;
import io.github.recurrentzoo.zoo.report.Interval;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.Locale;

/** The tables of a {@link SequenceReport}, for the terminal and for the page. */
final class SequenceTables {
  private static final int WIDTH = 120;
  private static final int LARGEST_MATRIX = 40;
  private static final int LONGEST_CELL = 24;

  private SequenceTables() {}

  static String print(SequenceReport report) {
    StringBuilder text = new StringBuilder(figures(report).text());
    if (report.isWorseThanBaseline()) {
      text.append(worse(report)).append('\n');
    }
    Interval interval = report.accuracyInterval();
    if (interval.isWide()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d sequences are too few to tell how good it is: the accuracy on others of this kind may be anything from %.2f to %.2f. Test on more.\n",
              report.rows(),
              interval.lower(),
              interval.upper()));
    }
    text.append('\n').append(scores(report).text()).append('\n');
    String matrix = numberedMatrix(report).text();
    boolean fits = matrix.lines().mapToInt(String::length).max().orElse(0) <= WIDTH;
    return text.append(fits ? matrix : confusions(report).text()).toString();
  }

  /** What to try where the baseline is better. */
  static String worse(SequenceReport report) {
    return String.format(
        Locale.ROOT,
        "The network is worse than the baseline, by %.1f points. Try more epochs, a convolution with a stride if sequences are long, augmentation, or more rows.",
        100 * (report.baseline().orElseThrow().accuracy() - report.accuracy()));
  }

  /** The network beside what can be had without it. */
  static Table figures(SequenceReport report) {
    Interval interval = report.accuracyInterval();
    Table table = new Table().head("").right("accuracy", "macro F1");
    table.row("network", decimals(report.accuracy()), decimals(report.macroF1()));
    report
        .baseline()
        .ifPresent(
            other ->
                table.row(other.name(), decimals(other.accuracy()), decimals(other.macroF1())));
    table.row("most frequent label", decimals(report.majorityAccuracy()), "");
    return table.caption(
        String.format(
            Locale.ROOT,
            "%,d sequences; 95 %% interval of the network's accuracy %.3f to %.3f",
            report.rows(),
            interval.lower(),
            interval.upper()));
  }

  static Table scores(SequenceReport report) {
    Table table =
        new Table()
            .caption("Precision, recall and F1 by label")
            .head("label")
            .right("precision", "recall", "F1", "sequences");
    for (SequenceReport.Score score : report.scores()) {
      table.row(
          score.label(),
          decimals(score.precision()),
          decimals(score.recall()),
          decimals(score.f1()),
          score.expected());
    }
    return table.longestCell(LONGEST_CELL);
  }

  /** Its columns are numbered, because names would not fit. */
  private static Table numberedMatrix(SequenceReport report) {
    int size = report.labels().size();
    Table table = new Table().caption("sequences by label, columns by answer").head("").right("");
    for (int c = 1; c <= size; c++) {
      table.right(Integer.toString(c));
    }
    for (int e = 0; e < size; e++) {
      Object[] row = new Object[size + 2];
      row[0] = report.labels().get(e);
      row[1] = e + 1;
      for (int a = 0; a < size; a++) {
        int count = report.confusion().get(e).get(a);
        row[a + 2] = count == 0 ? "." : count;
      }
      table.row(row);
    }
    return table.longestCell(LONGEST_CELL);
  }

  static Table confusions(SequenceReport report) {
    return confusionsOf(report).mostFrequent();
  }

  static boolean fitsMatrix(SequenceReport report) {
    return report.labels().size() <= LARGEST_MATRIX;
  }

  /** For pages. */
  static Table matrix(SequenceReport report) {
    return confusionsOf(report).matrix();
  }

  private static Confusions confusionsOf(SequenceReport report) {
    return new Confusions(report.labels(), report.confusion(), "sequences");
  }

  static Table mistakes(SequenceReport report) {
    Table table =
        new Table()
            .caption("The most confident mistakes: look here for wrong labels")
            .head("sequence")
            .left("label")
            .left("answer")
            .right("probability")
            .longestCell(LONGEST_CELL);
    report
        .mistakes()
        .forEach(
            each ->
                table.row(
                    each.id(), each.expected(), each.answered(), decimals(each.probability())));
    return table;
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
