package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.report.Html;
import io.github.recurrentzoo.zoo.report.ReportPart;
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
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("characters", report.characters());
    metrics.put("unknownCharacters", report.unknown());
    metrics.put("bitsPerCharacter", report.bitsPerCharacter());
    metrics.put("baselineOrder", report.order());
    metrics.put("baselineBitsPerCharacter", report.baselineBitsPerCharacter());
    metrics.put("samples", samples);
    return metrics;
  }

  @Override
  public void write(Html html) {
    html.open("section").element("h2", "Samples");
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "The network needs %.3f bits to tell the next character of text that it has not learned from, %d-grams need %.3f. Fewer is better.",
            report.bitsPerCharacter(),
            report.order(),
            report.baselineBitsPerCharacter()),
        "class",
        "weak");
    for (Sample sample : samples) {
      html.element("p", sample.how(), "class", "weak").open("blockquote").open("pre");
      if (!sample.prompt().isEmpty()) {
        html.element("strong", sample.prompt());
      }
      html.text(sample.text()).close("pre").close("blockquote").line();
    }
    html.close("section").line();
  }
}
