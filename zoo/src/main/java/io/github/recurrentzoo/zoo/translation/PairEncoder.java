package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

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

  /** The encoder that knows more symbols, of each side the most frequent ones that it lacks. */
  PairEncoder extended(List<TextPair> pairs, int newSymbols) {
    return new PairEncoder(
        source.extended(pairs.stream().map(TextPair::source).toList(), newSymbols),
        target.extended(pairs.stream().map(TextPair::target).toList(), newSymbols),
        maxInputLength,
        maxOutputLength);
  }

  /**
   * Which symbols of pairs an encoder knew and an extended one knows.
   *
   * @throws DataException if not one symbol of the sources is known
   */
  static FineTuneMapping mapping(List<TextPair> pairs, PairEncoder before, PairEncoder after) {
    FineTuneMapping.Symbols sources =
        symbols("source symbols", pairs, TextPair::source, before.source, after.source);
    if (sources.known() + sources.added() == 0) {
      throw new DataException(
          "The model knows none of the %d different symbols of the sources, and may not add any. Check that the right column was taken for the sources, or let symbols be added (newWords, with nothing frozen)."
              .formatted(sources.unknown()));
    }
    return new FineTuneMapping(
        List.of(),
        List.of(
            sources,
            symbols("target symbols", pairs, TextPair::target, before.target, after.target)));
  }

  private static FineTuneMapping.Symbols symbols(
      String what,
      List<TextPair> pairs,
      Function<TextPair, String> side,
      SymbolVocabulary before,
      SymbolVocabulary after) {
    List<String> symbols =
        pairs.stream().flatMap(pair -> before.unit().cut(side.apply(pair)).stream()).toList();
    return FineTuneMapping.Symbols.of(what, symbols, before.symbols(), after.symbols());
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
