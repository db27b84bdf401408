package io.github.recurrentzoo.zoo.classification;

import java.util.Objects;

/**
 * One row of a text classification data set.
 *
 * @param text the text to classify, any language
 * @param label the name of the class that it belongs to, not blank
 */
public record LabeledText(String text, String label) {

  /**
   * Checks the row.
   *
   * @throws NullPointerException if text or label is null
   * @throws IllegalArgumentException if the label is blank
   */
  public LabeledText {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
    if (label.isBlank()) {
      throw new IllegalArgumentException(
          "The label is blank; expected the name of a class. Name a class or leave the row out.");
    }
  }
}
