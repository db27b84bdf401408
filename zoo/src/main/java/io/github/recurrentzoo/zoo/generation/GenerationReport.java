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
 * @param order n of the n-grams; 0 if there were none to compare with
 * @param baselineBitsPerCharacter the same by the n-grams; NaN without them
 */
public record GenerationReport(
    long characters,
    long unknown,
    double bitsPerCharacter,
    int order,
    double baselineBitsPerCharacter) {

  private static final String WORSE =
      "%d-grams predict this text better than the network. It may need more text, more epochs, or"
          + " more dropout.%n";

  /** Whether there were n-grams to compare with. */
  public boolean hasBaseline() {
    return order > 0;
  }

  /** All of it as an object of JSON; what there is none of is null. */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "characters", characters,
        "unknown", unknown,
        "bitsPerCharacter", bitsPerCharacter,
        "baselineOrder", hasBaseline() ? order : null,
        "baselineBitsPerCharacter", hasBaseline() ? baselineBitsPerCharacter : null);
  }

  /** A table for people to read. */
  @Override
  public String toString() {
    Table table =
        new Table().head("").right("bits per character").row("network", bits(bitsPerCharacter));
    if (hasBaseline()) {
      table.row(order + "-grams", bits(baselineBitsPerCharacter));
    }
    return table.text()
        + String.format(
            Locale.ROOT, "on %,d characters, %,d of them unknown%n", characters, unknown)
        + (isWorseThanBaseline() ? WORSE.formatted(order) : "");
  }

  /** Whether n-grams predict the text better than the network. */
  public boolean isWorseThanBaseline() {
    return hasBaseline() && baselineBitsPerCharacter < bitsPerCharacter;
  }

  private static String bits(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
