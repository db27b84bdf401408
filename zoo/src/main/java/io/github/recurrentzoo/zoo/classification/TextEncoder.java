package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordSegmenter;
import java.util.List;
import java.util.Objects;

/**
 * Turns a text into the token ids that the network reads: the ids of its first words (or
 * characters, which are words here then), at most {@code maxLength}; one unknown token for a text
 * without any.
 */
record TextEncoder(TextUnit unit, Vocabulary vocabulary, int maxLength) {

  /** The encoder whose vocabulary has the most frequent words of the texts. */
  static TextEncoder of(TextUnit unit, List<String> texts, int vocabularySize, int maxLength) {
    return new TextEncoder(unit, Vocabulary.of(words(unit, texts), vocabularySize), maxLength);
  }

  /** The encoder that knows more words: the most frequent ones of the texts that it lacks. */
  TextEncoder extended(List<String> texts, int newWords) {
    return new TextEncoder(unit, vocabulary.extended(words(unit, texts), newWords), maxLength);
  }

  /** The encoder that knows these words, too; those that it has keep their ids. */
  TextEncoder with(List<String> more) {
    return more.isEmpty() ? this : extended(vocabulary.with(more));
  }

  private TextEncoder extended(Vocabulary other) {
    return new TextEncoder(unit, other, maxLength);
  }

  /** Words are cut when they are asked for: those of all texts would take too much memory. */
  static Iterable<List<String>> words(TextUnit unit, List<String> texts) {
    return () -> texts.stream().map(unit::cut).iterator();
  }

  /**
   * What becomes of a text's words.
   *
   * @param words that are read
   * @param unknown those of them that are not in the vocabulary
   * @param unread those behind the maximal length
   */
  record Reading(int words, int unknown, int unread) {}

  Reading reading(String text) {
    List<String> words = unit.cut(text);
    List<String> read = words.subList(0, Math.min(words.size(), maxLength));
    int unknown = 0;
    for (String word : read) {
      unknown += vocabulary.id(word) == Vocabulary.UNKNOWN ? 1 : 0;
    }
    return new Reading(read.size(), unknown, words.size() - read.size());
  }

  int[] ids(String text) {
    Objects.requireNonNull(text, "The text is null; expected a text, which may be empty.");
    List<String> words = unit.cut(text);
    if (words.isEmpty()) {
      return new int[] {Vocabulary.UNKNOWN};
    }
    return vocabulary.ids(words.subList(0, Math.min(words.size(), maxLength)));
  }

  /**
   * The words that {@link #ids} stands for, and where they are; none where it is one for no word.
   */
  List<WordSegmenter.Span> spans(String text) {
    List<WordSegmenter.Span> spans = unit.spans(text);
    return spans.subList(0, Math.min(spans.size(), maxLength));
  }
}
