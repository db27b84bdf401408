package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.List;

/**
 * A sentence, or another sequence of symbols, with a label for each.
 *
 * @param words as they are written, at least one
 * @param labels one per word
 */
public record TaggedText(List<String> words, List<String> labels) {

  /**
   * Keeps copies of the lists.
   *
   * @throws DataException if there are no words, not as many labels as words, or one of them is
   *     empty
   */
  public TaggedText {
    words = List.copyOf(words);
    labels = List.copyOf(labels);
    if (words.isEmpty()) {
      throw new DataException("There are no words; expected one at least, with a label for each.");
    }
    if (words.size() != labels.size()) {
      throw new DataException(
          "There are %d words but %d labels; expected a label for each word: %s, %s."
              .formatted(words.size(), labels.size(), start(words), start(labels)));
    }
    if (words.contains("") || labels.contains("")) {
      throw new DataException(
          "A word or a label is empty; leave both of them out, or write both: %s, %s."
              .formatted(start(words), start(labels)));
    }
  }

  private static String start(List<String> all) {
    return all.size() <= 10 ? all.toString() : all.subList(0, 10) + " ...";
  }
}
