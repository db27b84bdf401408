package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Text generation: bits per character next to n-grams, and samples.
 *
 * @param report of text that the generator has not learned from
 * @param samples what it wrote
 */
public record GenerationPart(GenerationReport report, List<Sample> samples) implements ReportPart {

  /** Keeps a copy of the list. */
  public GenerationPart {
    samples = List.copyOf(samples);
  }

  /**
   * Text that was written.
   *
   * @param how with which options, for people
   * @param prompt what it begins with
   * @param text what follows
   */
  public record Sample(String how, String prompt, String text) {}

  @Override
  public String task() {
    return "text generation";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "bits per character", String.format(Locale.ROOT, "%.3f", report.bitsPerCharacter()));
    figures.put(
        report.order() + "-grams",
        String.format(Locale.ROOT, "%.3f", report.baselineBitsPerCharacter()));
    figures.put(
        "characters not learned from", String.format(Locale.ROOT, "%,d", report.characters()));
    return figures;
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public Map<String, Object> more() {
    return Map.of("samples", samples);
  }

  @Override
  public List<ReportSection> sections() {
    ReportSection section =
        new ReportSection("Samples")
            .note(
                String.format(
                    Locale.ROOT,
                    "The network needs %.3f bits to tell the next character of text that it has not learned from, %d-grams need %.3f. Fewer is better.",
                    report.bitsPerCharacter(),
                    report.order(),
                    report.baselineBitsPerCharacter()));
    samples.forEach(each -> section.sample(each.how(), each.prompt(), each.text()));
    return List.of(section);
  }
}
