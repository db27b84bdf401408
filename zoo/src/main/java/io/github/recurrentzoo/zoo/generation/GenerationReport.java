package io.github.recurrentzoo.zoo.generation;

import java.util.Locale;

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

  /** A table for people to read. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "bits per character  network  %.3f%n"
            + "                    %-8s %.3f%n"
            + "on %,d characters, %,d of them unknown%n",
        bitsPerCharacter,
        order + "-gram",
        baselineBitsPerCharacter,
        characters,
        unknown);
  }
}
