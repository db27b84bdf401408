package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.Locale;
import java.util.Map;

/**
 * How well a text is predicted, by a {@link TextGenerator} and by n-grams.
 *
 * @param characters the number of characters that the network predicted: all but the first
 * @param unknown those of them that are not in the vocabulary
 * @param bitsPerCharacter the mean of -log2 of the probability that the network gave to each
 *     character; an unknown one costs also the bits that tell which of all characters outside of
 *     the vocabulary it is
 * @param order n of the n-grams
 * @param baselineBitsPerCharacter the same by the n-grams
 */
public record GenerationReport(
    long characters,
    long unknown,
    double bitsPerCharacter,
    int order,
    double baselineBitsPerCharacter) {

  /** All of it as an object of JSON. */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "characters", characters,
        "unknown", unknown,
        "bitsPerCharacter", bitsPerCharacter,
        "baselineOrder", order,
        "baselineBitsPerCharacter", baselineBitsPerCharacter);
  }

  /** A table for people to read. */
  @Override
  public String toString() {
    return new Table()
            .head("")
            .right("bits per character")
            .row("network", bits(bitsPerCharacter))
            .row(order + "-grams", bits(baselineBitsPerCharacter))
            .text()
        + String.format(
            Locale.ROOT, "on %,d characters, %,d of them unknown%n", characters, unknown);
  }

  private static String bits(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
