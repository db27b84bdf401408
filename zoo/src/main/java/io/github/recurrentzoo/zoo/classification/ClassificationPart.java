package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.report.Html;
import io.github.recurrentzoo.zoo.report.ReportPart;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    figures.put("macro F1", String.format(Locale.ROOT, "%.3f", report.macroF1()));
    figures.put("rows not learned from", String.format(Locale.ROOT, "%,d", report.rows()));
    return figures;
  }

  @Override
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("rows", report.rows());
    metrics.put("accuracy", report.accuracy());
    metrics.put("macroF1", report.macroF1());
    metrics.put("labels", report.scores());
    List<List<Integer>> matrix = new ArrayList<>();
    for (String expected : report.labels()) {
      matrix.add(
          report.labels().stream().map(answered -> report.count(expected, answered)).toList());
    }
    metrics.put("confusion", matrix);
    return metrics;
  }

  @Override
  public void write(Html html) {
    html.open("section").element("h2", "Confusion matrix");
    if (report.labels().size() <= LARGEST_MATRIX) {
      matrix(html);
    } else {
      confusions(html);
    }
    html.close("section").line();
    html.open("section").element("h2", "Each class");
    scores(html);
    html.close("section").line();
    if (!told.isEmpty()) {
      explanations(html);
    }
  }

  private void matrix(Html html) {
    List<String> labels = report.labels();
    html.element(
        "p",
        "Each row holds the texts of one class, each column the answers. Blue is right, orange is wrong; the stronger, the larger the part of the row.",
        "class",
        "weak");
    html.scroll("Confusion matrix").open("table", "class", "matrix");
    html.caption("Number of texts by class (row) and by answer (column)");
    html.open("thead").open("tr").element("td", "class \\ answer");
    labels.forEach(label -> html.element("th", label, "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    for (ClassificationReport.LabelScore score : report.scores()) {
      html.open("tr").element("th", score.label(), "scope", "row");
      for (String answered : labels) {
        int count = report.count(score.label(), answered);
        if (count == 0) {
          html.element("td", "\u00B7", "class", "zero");
        } else {
          html.element(
              "td",
              Integer.toString(count),
              "class",
              answered.equals(score.label()) ? "hit" : "miss",
              "style",
              share((double) count / score.support()));
        }
      }
      html.close("tr");
    }
    html.close("tbody").close("table").close("div").line();
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "--p:%.3f", value);
  }

  private void confusions(Html html) {
    record Confusion(String expected, String answered, int count) {}
    List<Confusion> all = new ArrayList<>();
    for (String expected : report.labels()) {
      for (String answered : report.labels()) {
        int count = report.count(expected, answered);
        if (count > 0 && !expected.equals(answered)) {
          all.add(new Confusion(expected, answered, count));
        }
      }
    }
    all.sort(Comparator.comparingInt(Confusion::count).reversed());
    html.scroll("Most frequent confusions").open("table");
    html.caption(
        "The most frequent confusions; a matrix of %d classes is too large to read"
            .formatted(report.labels().size()));
    html.open("thead").open("tr").element("th", "class", "scope", "col");
    html.element("th", "answer", "scope", "col")
        .element("th", "texts", "scope", "col", "class", "n");
    html.close("tr").close("thead").open("tbody");
    for (Confusion confusion : all.subList(0, Math.min(CONFUSIONS, all.size()))) {
      html.open("tr").element("td", confusion.expected()).element("td", confusion.answered());
      html.element("td", Integer.toString(confusion.count()), "class", "n").close("tr");
    }
    html.close("tbody").close("table").close("div").line();
  }

  private void scores(Html html) {
    html.scroll("Each class").open("table");
    html.caption("Precision, recall and F1 from 0 to 1, on rows not learned from");
    html.open("thead").open("tr").element("th", "class", "scope", "col");
    for (String name : List.of("precision", "recall", "F1", "texts")) {
      html.element("th", name, "scope", "col", "class", "n");
    }
    html.close("tr").close("thead").open("tbody");
    for (ClassificationReport.LabelScore score : report.scores()) {
      html.open("tr").element("th", score.label(), "scope", "row");
      for (double value : new double[] {score.precision(), score.recall(), score.f1()}) {
        html.element("td", String.format(Locale.ROOT, "%.3f", value), "class", "n");
      }
      html.element("td", Integer.toString(score.support()), "class", "n").close("tr");
    }
    html.close("tbody").close("table").close("div").line();
  }

  private void explanations(Html html) {
    html.open("section").element("h2", "What answers rest on");
    html.element(
        "p",
        "Rows that the network has not learned from. A word on blue with a solid line speaks for the answer, one on orange with a dotted line against it; the stronger the colour, the more (gradient times input). Words without colour count for little; a question mark in brackets follows one that the network does not know.",
        "class",
        "weak");
    for (Told row : told) {
      Explanation explanation = row.explanation();
      boolean right = row.expected().equals(explanation.prediction().label());
      html.open("div", "class", "told").open("p", "class", "answer");
      html.text(
          String.format(
              Locale.ROOT,
              "%s, with a probability of %.2f: %s",
              explanation.prediction().label(),
              explanation.prediction().probability(),
              right ? "right" : "wrong, " + row.expected() + " was expected"));
      html.close("p").open("p");
      words(html, explanation);
      html.close("p").close("div").line();
    }
    html.close("section").line();
  }

  private static void words(Html html, Explanation explanation) {
    double largest =
        explanation.words().stream().mapToDouble(w -> Math.abs(w.contribution())).max().orElse(0);
    int next = 0;
    String text = explanation.text();
    for (Explanation.Word word : explanation.words()) {
      html.text(text.substring(next, word.start()));
      String original = text.substring(word.start(), word.end()) + (word.known() ? "" : "[?]");
      double part = largest == 0 ? 0 : word.contribution() / largest;
      if (Math.abs(part) < 0.05) {
        html.text(original);
      } else {
        html.element(
            "span",
            original,
            "class",
            part > 0 ? "for" : "against",
            "style",
            share(Math.abs(part)),
            "title",
            String.format(Locale.ROOT, "%+.2f", word.contribution()));
      }
      next = word.end();
    }
    html.text(text.substring(next));
  }
}
