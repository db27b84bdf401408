package io.github.recurrentzoo.zoo.translation;

import java.util.Objects;

/**
 * One row of a sequence-to-sequence data set.
 *
 * @param source what is given, not blank
 * @param target what it is to become, not blank
 */
public record TextPair(String source, String target) {

  /**
   * Checks the row.
   *
   * @throws NullPointerException if a side is null
   * @throws IllegalArgumentException if a side is blank
   */
  public TextPair {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    if (source.isBlank() || target.isBlank()) {
      throw new IllegalArgumentException(
          "A side of the pair (\"%s\", \"%s\") is blank; expected text on both. Write it there, or leave the pair out."
              .formatted(source, target));
    }
  }
}
