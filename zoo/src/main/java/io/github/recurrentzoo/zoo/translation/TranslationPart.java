package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sequence to sequence: exact match, symbol error rate, the worst mistakes, and where the network
 * looked in some of the inputs.
 *
 * @param report of pairs that the translator has not learned from
 * @param alignments of some of these pairs; empty for a network without attention
 */
public record TranslationPart(TranslationReport report, List<Alignment> alignments)
    implements ReportPart {
  /** A larger weight is written in its cell, in hundredths. */
  private static final double WORTH_A_NUMBER = 0.05;

  /** Without alignments. */
  public TranslationPart(TranslationReport report) {
    this(report, List.of());
  }

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
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("exact match", report.exactMatch());
    figures.put("symbol error rate", report.symbolErrorRate());
    return figures;
  }

  @Override
  public String verdict() {
    return String.format(
        Locale.ROOT,
        "%.1f %% of the inputs are answered exactly; giving the input back as it is would be right for %.1f %%.",
        100 * report.exactMatch(),
        100 * report.baselineExactMatch());
  }

  @Override
  public Optional<ModelCard> card() {
    return Optional.of(
        new ModelCard(
            "Turns one sequence into another, as it has learned from pairs.",
            List.of(
                "An input that is unlike those it has learned from is answered too, often wrongly: look at the probability.",
                "Symbols that it has not learned from are all the same to it.",
                String.format(
                    Locale.ROOT,
                    "%,d of %,d inputs were answered wrongly.",
                    report.mistakes().size(),
                    report.sources())),
            """
        SequenceTranslator translator = SequenceTranslator.load(Path.of("{model}"));
        System.out.println(translator.translate("some input").text());""",
            "recurrent-zoo translate --model {model} \"some input\""));
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public List<ReportSection> sections() {
    if (alignments.isEmpty()) {
      return List.of(mistakes());
    }
    ReportSection section =
        new ReportSection("Where the network looks")
            .note(
                "For each symbol of the output (row), the weight of each symbol of the input (column) in hundredths, by attention. The weights of a row sum up to 100.")
            .sideBySide();
    alignments.forEach(alignment -> section.table(matrix(alignment)));
    return List.of(mistakes(), section);
  }

  private static Table matrix(Alignment alignment) {
    Table table =
        new Table()
            .caption(
                "%s, answered with %s"
                    .formatted(String.join("", alignment.input()), alignment.translation().text()))
            .matrix()
            .head("output \\ input")
            .right(alignment.input().toArray(String[]::new));
    for (int t = 0; t < alignment.output().size(); t++) {
      List<Object> row = new ArrayList<>(List.of(alignment.output().get(t)));
      for (int j = 0; j < alignment.input().size(); j++) {
        double weight = alignment.weight(t, j);
        row.add(
            weight < WORTH_A_NUMBER
                ? "\u00B7"
                : new Table.Shaded(Long.toString(Math.round(100 * weight)), true, weight));
      }
      table.row(row.toArray());
    }
    return table;
  }

  private ReportSection mistakes() {
    ReportSection section = new ReportSection("Worst mistakes");
    if (report.mistakes().isEmpty()) {
      return section.text("There are none: all inputs were answered rightly.");
    }
    Table table =
        new Table()
            .caption(
                String.format(
                    Locale.ROOT,
                    "%,d of %,d mistakes, those of the largest edit distance first",
                    report.worstMistakes().size(),
                    report.mistakes().size()))
            .right("edits")
            .left("input")
            .left("expected")
            .left("answer");
    report
        .worstMistakes()
        .forEach(each -> table.row(each.edits(), each.source(), each.target(), each.output()));
    return section.table(table);
  }
}
