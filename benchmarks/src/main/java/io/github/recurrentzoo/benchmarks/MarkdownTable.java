package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.benchmarks.Entry.Library;
import java.util.List;
import java.util.Locale;

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
    StringBuilder text = new StringBuilder();
    Shape shape = null;
    for (Case what : cases) {
      if (what.shape() != shape) {
        shape = what.shape();
        text.append(heading(shape));
      }
      for (Work work : what.works()) {
        text.append(row(what, work));
      }
    }
    return text.toString();
  }

  private static String heading(Shape shape) {
    return """

        ### %s

        | recurrence | what | ours | Deeplearning4j | PyTorch | ours / Deeplearning4j | ours / PyTorch |
        |---|---|---|---|---|---|---|
        """
        .formatted(shape.title());
  }

  private String row(Case what, Work work) {
    Results.Best ours = results.best(what, work, Library.OURS, threads);
    Results.Best stock = results.best(what, work, Library.STOCK, threads);
    Results.Best pytorch = results.best(what, work, Library.PYTORCH, threads);
    return "| %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
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
