package io.github.recurrentzoo.zoo.classification;

import java.util.List;

/**
 * Which words an answer rests on: {@link TextClassifier#explain}.
 *
 * @param text the text as it was given
 * @param prediction the answer
 * @param words the words that the network read, in their order; no more than its maximal length,
 *     and none for a text without words
 */
public record Explanation(String text, Prediction prediction, List<Word> words) {

  /** Keeps a copy of the list. */
  public Explanation {
    words = List.copyOf(words);
  }

  /**
   * One word.
   *
   * @param start where it begins in the text, in UTF-16 code units
   * @param end where it ends there, exclusive
   * @param word as the network knows it, in lower case
   * @param known whether it is in the vocabulary; if not, it is read as the unknown word
   * @param contribution gradient times input, in units of the answer's logit: above 0 the word
   *     speaks for the answer, below 0 against it
   */
  public record Word(int start, int end, String word, boolean known, double contribution) {}
}
