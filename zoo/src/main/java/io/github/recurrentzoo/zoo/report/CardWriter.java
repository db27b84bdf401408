package io.github.recurrentzoo.zoo.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the {@link ModelCard} of a report: a section of its page, and a file in Markdown. */
final class CardWriter {
  private static final String NO_LICENCE =
      "Not stated. The weights are made from the data: what its licence allows is allowed.";
  private static final String NO_DATA = "Not stated.";

  private final TrainingReport.Builder report;
  private final ModelCard card;

  private CardWriter(TrainingReport.Builder report, ModelCard card) {
    this.report = report;
    this.card = card;
  }

  /** Of a model that lies there; none where the report is about no one model. */
  static Optional<CardWriter> of(TrainingReport.Builder report, String model) {
    return report.part.card().map(card -> new CardWriter(report, card.at(model)));
  }

  private String licence() {
    return report.licence.isEmpty() ? NO_LICENCE : report.licence;
  }

  private String data() {
    return report.data.isEmpty()
        ? NO_DATA
        : report.data.entrySet().stream()
            .map(fact -> fact.getKey() + ": " + fact.getValue())
            .collect(Collectors.joining("; "));
  }

  ReportSection section() {
    return new ReportSection("Model card")
        .text(card.purpose())
        .note("Limits")
        .list(card.limits())
        .note("Data")
        .text(data())
        .note("Licence of the data")
        .text(licence())
        .note("In Java")
        .code(card.java())
        .note("In a shell")
        .code(card.shell());
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(escaped(report.title)).append("\n\n");
    paragraph(text, "What it is for", escaped(card.purpose()));
    paragraph(text, "How good it is", escaped(report.part.verdict()));
    Table figures = new Table().left("figure").right("value");
    report.part.headline().forEach(figures::row);
    text.append(figures.markdown()).append('\n');
    paragraph(text, "Limits", points(card.limits()));
    paragraph(text, "Data", escaped(data()));
    paragraph(text, "Licence of the data", escaped(licence()));
    paragraph(
        text,
        "How to load it",
        "```java\n" + card.java() + "\n```\n\n```shell\n" + card.shell() + "\n```");
    if (report.provenance != null) {
      Table origin = new Table().left("origin").left("");
      TrainingReport.origin(report.provenance)
          .forEach((name, value) -> origin.row(name, String.valueOf(value)));
      text.append(origin.markdown());
    }
    return text.toString();
  }

  private static void paragraph(StringBuilder text, String heading, String content) {
    text.append("## ").append(heading).append("\n\n").append(content).append("\n\n");
  }

  private static String points(List<String> points) {
    return points.stream().map(point -> "- " + escaped(point)).collect(Collectors.joining("\n"));
  }

  /** What a user's text has of Markdown and HTML is shown as it is. */
  private static String escaped(String text) {
    return text.replaceAll("\\s", " ").replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
  }
}
