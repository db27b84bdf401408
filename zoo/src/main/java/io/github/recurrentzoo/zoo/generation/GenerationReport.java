package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How well a text is predicted, by a {@link TextGenerator} and by n-grams.
 *
 * @param characters the number of characters that the network predicted: all but the first one, or
 *     but those of the first word
 * @param unknown those of them that are not in the vocabulary, or stand in words that are not
 * @param bitsPerCharacter the mean of -log2 of the probability that the network gave to each
 *     character; an unknown one costs also the bits that tell which of all characters outside of
 *     the vocabulary it is, an unknown word those of its letters by n-grams of the known words
 * @param order n of the n-grams; 0 if there were none to compare with
 * @param baselineBitsPerCharacter the same by the n-grams of characters; NaN without them
 * @param words the same in words, of a generator that reads words
 */
public record GenerationReport(
    long characters,
    long unknown,
    double bitsPerCharacter,
    int order,
    double baselineBitsPerCharacter,
    Optional<Words> words) {

  /**
   * A text in words, signs of punctuation and ends of lines.
   *
   * @param count how many the network predicted
   * @param unknown those of them that are not in the vocabulary
   * @param bitsPerWord all bits of the text by the number of words
   */
  public record Words(long count, long unknown, double bitsPerWord) {}

  /** Of a generator of characters. */
  public GenerationReport(
      long characters,
      long unknown,
      double bitsPerCharacter,
      int order,
      double baselineBitsPerCharacter) {
    this(characters, unknown, bitsPerCharacter, order, baselineBitsPerCharacter, Optional.empty());
  }

  /** With what n-grams say of the same text. */
  GenerationReport beside(int nGrams, double theirBitsPerCharacter) {
    return new GenerationReport(
        characters, unknown, bitsPerCharacter, nGrams, theirBitsPerCharacter, words);
  }

  private static final String WORSE =
      "%d-grams predict this text better than the network. It may need more text, more epochs, or"
          + " more dropout.%n";

  /** Whether there were n-grams to compare with. */
  public boolean hasBaseline() {
    return order > 0;
  }

  /** All of it as an object of JSON; what there is none of is null. */
  public Map<String, Object> toMap() {
    Map<String, Object> map =
        JsonTree.object(
            "characters", characters,
            "unknown", unknown,
            "bitsPerCharacter", bitsPerCharacter,
            "baselineOrder", hasBaseline() ? order : null,
            "baselineBitsPerCharacter", hasBaseline() ? baselineBitsPerCharacter : null);
    words.ifPresent(
        of ->
            map.put(
                "words",
                JsonTree.object(
                    "count",
                    of.count(),
                    "unknown",
                    of.unknown(),
                    "bitsPerWord",
                    of.bitsPerWord())));
    return map;
  }

  /** A table for people to read. */
  @Override
  public String toString() {
    Table table = new Table().head("").right("bits per character");
    words.ifPresent(of -> table.right("bits per word"));
    table.row(row("network", bitsPerCharacter));
    if (hasBaseline()) {
      table.row(row(order + "-grams" + ofCharacters(), baselineBitsPerCharacter));
    }
    return table.text()
        + String.format(
            Locale.ROOT, "on %,d characters, %,d of them %s%n", characters, unknown, whichUnknown())
        + (isWorseThanBaseline() ? WORSE.formatted(order) : "");
  }

  /** Bits per character, and per word as many times more as words have characters. */
  private Object[] row(String name, double perCharacter) {
    return words
        .map(
            of ->
                new Object[] {
                  name, bits(perCharacter), bits(perCharacter * characters / of.count())
                })
        .orElseGet(() -> new Object[] {name, bits(perCharacter)});
  }

  /** For the name of the n-grams, beside a generator of words. */
  String ofCharacters() {
    return words.isPresent() ? " of characters" : "";
  }

  private String whichUnknown() {
    return words
        .map(
            of ->
                String.format(Locale.ROOT, "in %,d unknown words of %,d", of.unknown(), of.count()))
        .orElse("unknown");
  }

  /** Whether n-grams predict the text better than the network. */
  public boolean isWorseThanBaseline() {
    return hasBaseline() && baselineBitsPerCharacter < bitsPerCharacter;
  }

  private static String bits(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
