package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.TextPieces;
import java.util.List;

/**
 * What an unknown word costs: the bits of its letters and its end, by n-grams of the letters of the
 * words that are known, each counted once. With them the probabilities of a generator of words are
 * probabilities of texts, and can be compared with those of characters.
 */
record Spelling(CharacterNGrams letters) {
  private static final int ORDER = 4;
  private static final String END = TextPieces.LINE_END; // is in no word

  static Spelling of(List<String> words) {
    String text = END + String.join(END, words) + END;
    return new Spelling(
        CharacterNGrams.of(text, CharacterVocabulary.of(text, Integer.MAX_VALUE), ORDER));
  }

  /** The bits that tell a word. */
  double bits(String word) {
    return letters.bits(END, word + END);
  }
}
