package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.benchmarks.Entry.Library;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as a document in Markdown, one table for each shape. */
final class MarkdownTable {

  private final Results results;
  private final List<Integer> threads;

  MarkdownTable(Results results, List<Integer> threads) {
    this.results = results;
    this.threads = threads;
  }

  /** All cases; those of one shape stand together. */
  String of(List<Case> cases) {
    Map<Shape, Table> tables = new LinkedHashMap<>();
    for (Case what : cases) {
      Table table = tables.computeIfAbsent(what.shape(), shape -> table());
      for (Work work : what.works()) {
        add(table, what, work);
      }
    }
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (shape, table) ->
            text.append("\n### ").append(shape.title()).append("\n\n").append(table.markdown()));
    return text.toString();
  }

  private static Table table() {
    return new Table()
        .left("recurrence")
        .left("what")
        .right("ours", "Deeplearning4j", "PyTorch", "ours / Deeplearning4j", "ours / PyTorch");
  }

  private void add(Table table, Case what, Work work) {
    Results.Best ours = results.best(what, work, Library.OURS, threads);
    Results.Best stock = results.best(what, work, Library.STOCK, threads);
    Results.Best pytorch = results.best(what, work, Library.PYTORCH, threads);
    table.row(
        what.cell().title(),
        work.title(),
        time(ours),
        time(stock),
        time(pytorch),
        ratio(ours, stock),
        ratio(ours, pytorch));
  }

  /** Milliseconds, and with how many threads. */
  private static String time(Results.Best best) {
    return Double.isNaN(best.micros())
        ? "-"
        : String.format(
            Locale.ROOT, "%s ms (%d)", threeDigits(best.micros() / 1000), best.threads());
  }

  private static String ratio(Results.Best ours, Results.Best theirs) {
    double ratio = ours.micros() / theirs.micros();
    return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** As many decimals as it takes to have three digits. */
  static String threeDigits(double number) {
    int decimals = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : number >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
