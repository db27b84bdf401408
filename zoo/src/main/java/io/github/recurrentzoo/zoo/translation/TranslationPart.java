package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.report.Html;
import io.github.recurrentzoo.zoo.report.ReportPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sequence to sequence: exact match, symbol error rate, and the worst mistakes.
 *
 * @param report of pairs that the translator has not learned from
 */
public record TranslationPart(TranslationReport report) implements ReportPart {
  private static final int MISTAKES = 50;

  @Override
  public String task() {
    return "sequence to sequence";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("exact match", String.format(Locale.ROOT, "%.1f %%", 100 * report.exactMatch()));
    figures.put(
        "symbol error rate", String.format(Locale.ROOT, "%.2f %%", 100 * report.symbolErrorRate()));
    figures.put("inputs not learned from", String.format(Locale.ROOT, "%,d", report.sources()));
    return figures;
  }

  @Override
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("inputs", report.sources());
    metrics.put("exactMatch", report.exactMatch());
    metrics.put("symbolErrorRate", report.symbolErrorRate());
    metrics.put("mistakes", report.mistakes().size());
    metrics.put("worstMistakes", worst());
    return metrics;
  }

  private List<TranslationReport.Mistake> worst() {
    return report.mistakes().subList(0, Math.min(MISTAKES, report.mistakes().size()));
  }

  @Override
  public void write(Html html) {
    html.open("section").element("h2", "Worst mistakes");
    if (report.mistakes().isEmpty()) {
      html.element("p", "There are none: all inputs were answered rightly.").close("section");
      return;
    }
    html.scroll("Worst mistakes").open("table");
    html.caption(
        String.format(
            Locale.ROOT,
            "%,d of %,d mistakes, those of the largest edit distance first",
            worst().size(),
            report.mistakes().size()));
    html.open("thead").open("tr").element("th", "edits", "scope", "col", "class", "n");
    for (String name : List.of("input", "expected", "answer")) {
      html.element("th", name, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
    for (TranslationReport.Mistake mistake : worst()) {
      html.open("tr").element("td", Integer.toString(mistake.edits()), "class", "n");
      html.element("td", mistake.source()).element("td", mistake.target());
      html.element("td", mistake.output()).close("tr");
    }
    html.close("tbody").close("table").close("div").close("section").line();
  }
}
