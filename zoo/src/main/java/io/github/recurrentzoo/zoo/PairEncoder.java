package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.data.TextPair;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Turns texts into the ids that a {@link SequenceToSequence} network reads, within its bounds. */
record PairEncoder(
    SymbolVocabulary source, SymbolVocabulary target, int maxInputLength, int maxOutputLength) {
  private static final int EXCERPT = 60;

  /** The encoder whose vocabularies have the most frequent symbols of the pairs. */
  static PairEncoder of(List<TextPair> pairs, SequenceToSequence entry) {
    return new PairEncoder(
        SymbolVocabulary.of(
            pairs.stream().map(TextPair::source).toList(),
            entry.sourceUnit(),
            entry.sourceVocabularySize()),
        SymbolVocabulary.of(
            pairs.stream().map(TextPair::target).toList(),
            entry.targetUnit(),
            entry.targetVocabularySize()),
        entry.maxInputLength(),
        entry.maxOutputLength());
  }

  /**
   * Pairs to learn from.
   *
   * @throws DataException if a side has too many symbols
   */
  PairRows rows(List<TextPair> pairs) {
    List<int[]> sources = new ArrayList<>(pairs.size());
    List<int[]> targets = new ArrayList<>(pairs.size());
    for (TextPair pair : pairs) {
      sources.add(input(pair.source()));
      int[] ids = target.ids(pair.target());
      requireLength("target", pair.target(), ids.length, maxOutputLength, target.unit());
      targets.add(ids);
    }
    return new PairRows(sources, targets);
  }

  /**
   * An input.
   *
   * @throws DataException if it is blank or has too many symbols
   */
  int[] input(String text) {
    Objects.requireNonNull(text, "The input is null; expected a text.");
    if (text.isBlank()) {
      throw new DataException("The input is empty; expected a text. Leave it out.");
    }
    int[] ids = source.ids(text);
    requireLength("input", text, ids.length, maxInputLength, source.unit());
    return ids;
  }

  /** How many symbols of an input are not known. */
  static int unknown(int[] ids) {
    return (int) Arrays.stream(ids).filter(id -> id == SymbolVocabulary.UNKNOWN).count();
  }

  private static void requireLength(
      String side, String text, int length, int longest, SymbolUnit unit) {
    if (length > longest) {
      throw new DataException(
          "The %s \"%s\" has %d %s, but %d at most are allowed. Shorten it, or train with a larger bound."
              .formatted(side, excerpt(text), length, unit.inWords(), longest));
    }
  }

  private static String excerpt(String text) {
    return text.codePointCount(0, text.length()) <= EXCERPT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + " ...";
  }
}
