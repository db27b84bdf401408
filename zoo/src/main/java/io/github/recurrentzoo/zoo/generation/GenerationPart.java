package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    if (report.hasBaseline()) {
      figures.put(
          report.order() + "-grams" + report.ofCharacters(),
          String.format(Locale.ROOT, "%.3f", report.baselineBitsPerCharacter()));
    }
    report
        .words()
        .ifPresent(
            of ->
                figures.put("bits per word", String.format(Locale.ROOT, "%.3f", of.bitsPerWord())));
    figures.put(
        "characters not learned from", String.format(Locale.ROOT, "%,d", report.characters()));
    return figures;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("bits per character", report.bitsPerCharacter());
    figures.put("unknown characters", (double) report.unknown() / report.characters());
    return figures;
  }

  @Override
  public String verdict() {
    double network = report.bitsPerCharacter();
    if (!report.hasBaseline()) {
      return String.format(Locale.ROOT, "The network needs %.3f bits for a character.", network);
    }
    double baseline = report.baselineBitsPerCharacter();
    return String.format(
        Locale.ROOT,
        "The network needs %.3f bits for a character, %.1f %% %s than %d-grams%s of the same text (%.3f).",
        network,
        100 * Math.abs(network / baseline - 1),
        network < baseline ? "fewer" : "more",
        report.order(),
        report.ofCharacters(),
        baseline);
  }

  @Override
  public Optional<ModelCard> card() {
    return Optional.of(
        new ModelCard(
            "Writes text like that which it has learned from, %s."
                .formatted(report.words().isPresent() ? "word by word" : "character by character"),
            List.of(
                "What it writes is likely, not true.",
                "It repeats what its text says, and in that text's words; where that may offend, so may it.",
                report
                    .words()
                    .map(of -> outside("Words", of.unknown(), of.count()))
                    .orElseGet(() -> outside("Characters", report.unknown(), report.characters()))),
            """
        TextGenerator generator = TextGenerator.load(Path.of("{model}"));
        System.out.println(generator.generate("The", GenerationOptions.builder().length(200).build()));""",
            "recurrent-zoo generate --model {model} --prompt \"The\""));
  }

  private static String outside(String what, long unknown, long all) {
    return String.format(
        Locale.ROOT,
        "%s outside of its vocabulary are all the same to it: %,d of %,d in the text for the report.",
        what,
        unknown,
        all);
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
        new ReportSection(samples.isEmpty() ? "Bits per character" : "Samples")
            .note(
                String.format(
                    Locale.ROOT,
                    "The network needs %.3f bits to tell the next character of text that it has not learned from%s. Fewer is better.",
                    report.bitsPerCharacter(),
                    report.hasBaseline()
                        ? String.format(
                            Locale.ROOT,
                            ", %d-grams%s need %.3f",
                            report.order(),
                            report.ofCharacters(),
                            report.baselineBitsPerCharacter())
                        : ""));
    samples.forEach(each -> section.sample(each.how(), each.prompt(), each.text()));
    return List.of(section);
  }
}
