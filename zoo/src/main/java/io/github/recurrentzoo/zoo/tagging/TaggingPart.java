package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tagging: accuracy next to a baseline, F1 of labels and spans, confusions and mistakes.
 *
 * @param report of sentences that the tagger has not learned from
 */
public record TaggingPart(TaggingReport report) implements ReportPart {

  @Override
  public String task() {
    return "tagging";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    report.spanF1().ifPresent(f1 -> figures.put("F1 of spans", percent(f1)));
    figures.put("accuracy", percent(report.accuracy()));
    if (report.unseen() > 0) {
      figures.put("accuracy on unseen words", percent(report.unseenAccuracy()));
    }
    report
        .baseline()
        .ifPresent(other -> figures.put("accuracy of the baseline", percent(other.accuracy())));
    if (figures.size() < 4) {
      figures.put("words not learned from", String.format(Locale.ROOT, "%,d", report.words()));
    }
    return figures;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accuracy", report.accuracy());
    figures.put("macro F1", report.macroF1());
    report.spanF1().ifPresent(f1 -> figures.put("span F1", f1));
    return figures;
  }

  @Override
  public String verdict() {
    StringBuilder verdict = new StringBuilder();
    report
        .spanF1()
        .ifPresent(
            f1 -> verdict.append(String.format(Locale.ROOT, "Spans have an F1 of %.3f. ", f1)));
    verdict.append(
        String.format(
            Locale.ROOT, "%s of the words get the right label", percent(report.accuracy())));
    if (report.unseen() > 0) {
      verdict.append(
          String.format(
              Locale.ROOT,
              ", of those that training has not seen %s",
              percent(report.unseenAccuracy())));
    }
    report
        .baseline()
        .ifPresent(
            other ->
                verdict.append(
                    String.format(
                        Locale.ROOT,
                        "; the %s is right for %s",
                        WordBaseline.NAME,
                        percent(other.accuracy()))));
    return verdict.append('.').toString();
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  @Override
  public Optional<ModelCard> card() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "Each word gets one of the %d labels, also words of another language or kind of text: look at the probability."
            .formatted(report.labels().size()));
    if (report.unseen() > 0) {
      limits.add(
          String.format(
              Locale.ROOT,
              "Words that training has not seen are answered less surely: %s are right.",
              percent(report.unseenAccuracy())));
    }
    report.scores().stream()
        .filter(score -> score.expected() > 0)
        .min(Comparator.comparingDouble(TaggingReport.Score::f1))
        .ifPresent(
            worst ->
                limits.add(
                    String.format(
                        Locale.ROOT,
                        "It is least good at the label %s: F1 %.3f on %,d words.",
                        worst.name(),
                        worst.f1(),
                        worst.expected())));
    return Optional.of(
        new ModelCard(
            "Gives each word of a sentence one of %d labels.".formatted(report.labels().size()),
            limits,
            """
        SequenceTagger tagger = SequenceTagger.load(Path.of("{model}"));
        tagger.tag("some text").forEach(word -> System.out.println(word.word() + " " + word.label()));""",
            "recurrent-zoo tag --model {model} \"some text\""));
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public List<ReportSection> sections() {
    List<ReportSection> sections = new ArrayList<>();
    ReportSection figures =
        new ReportSection("Network and baseline").table(TaggingTables.figures(report));
    if (!report.spans().isEmpty()) {
      figures.table(TaggingTables.spans(report));
    }
    sections.add(figures);
    boolean small = TaggingTables.fitsMatrix(report);
    ReportSection labels = new ReportSection("Answers by label");
    if (small) {
      labels.note(
          "Each row of the matrix holds the words of one label, each column the answers. Blue is right, orange is wrong; the stronger, the larger the part of the row.");
    }
    sections.add(
        labels
            .sideBySide()
            .table(small ? TaggingTables.matrix(report) : TaggingTables.confusions(report))
            .table(TaggingTables.scores(report)));
    if (!report.mistakes().isEmpty()) {
      sections.add(
          new ReportSection("Mistakes")
              .table(TaggingTables.mistakes(report, report.mistakes().size())));
    }
    return sections;
  }
}
