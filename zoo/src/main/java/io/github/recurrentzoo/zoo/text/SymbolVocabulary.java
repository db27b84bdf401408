package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The symbols of one side of a sequence-to-sequence network, each with its number.
 *
 * <p>Id {@link #PADDING} stands for no symbol, {@link #UNKNOWN} for each symbol that is not in the
 * vocabulary, {@link #START} for what comes before the first symbol of an output and {@link #END}
 * for what comes after the last one; the symbols have the ids from {@value #RESERVED} on, the most
 * frequent one first. Immutable, safe for use by many threads.
 */
public final class SymbolVocabulary {

  /** The id of a place without a symbol. */
  public static final int PADDING = 0;

  /** The id of each symbol that the vocabulary does not hold. */
  public static final int UNKNOWN = 1;

  /** The id of what a decoder reads before the first symbol. */
  public static final int START = 2;

  /** The id of what a decoder answers after the last symbol. */
  public static final int END = 3;

  /** The number of ids that are no symbols. */
  public static final int RESERVED = 4;

  /** The reserved ids by name, and the {@code first} that is not. */
  public static final Map<String, Integer> IDS =
      Map.of("padding", PADDING, "unknown", UNKNOWN, "start", START, "end", END, "first", RESERVED);

  // Vocabulary has two reserved ids: its words begin two ids earlier.
  private static final int SHIFT = RESERVED - 2;

  private final SymbolUnit unit;
  private final Vocabulary symbols;

  private SymbolVocabulary(SymbolUnit unit, Vocabulary symbols) {
    this.unit = unit;
    this.symbols = symbols;
  }

  /**
   * The most frequent symbols of some texts; of equal frequency in the order of {@link
   * String#compareTo}.
   *
   * @param texts any texts
   * @param unit what a symbol is
   * @param size how many ids there may be at most, the reserved ones included; at least 5
   * @throws IllegalArgumentException if {@code size} is less than 5
   */
  public static SymbolVocabulary of(Iterable<String> texts, SymbolUnit unit, int size) {
    if (size <= RESERVED) {
      throw new IllegalArgumentException(
          "The vocabulary size is %d; expected at least %d, as ids 0 to 3 are reserved. Ask for more."
              .formatted(size, RESERVED + 1));
    }
    return new SymbolVocabulary(unit, Vocabulary.of(cut(texts, unit), size - SHIFT));
  }

  private static List<List<String>> cut(Iterable<String> texts, SymbolUnit unit) {
    List<List<String>> cut = new ArrayList<>();
    texts.forEach(text -> cut.add(unit.cut(text)));
    return cut;
  }

  /**
   * This vocabulary with more symbols. Those that it has keep their ids; those that it lacks come
   * after them, the most frequent one first.
   *
   * @param texts any texts
   * @param more how many symbols may be added; 0 at least
   * @return another vocabulary; an equal one if there is nothing to add
   * @throws IllegalArgumentException if {@code more} is negative
   */
  public SymbolVocabulary extended(Iterable<String> texts, int more) {
    return new SymbolVocabulary(unit, symbols.extended(cut(texts, unit), more));
  }

  /**
   * The vocabulary of known symbols, such as those of a saved model.
   *
   * @param symbols in the order of their ids, without the reserved ones
   * @param unit what a symbol is
   * @throws IllegalArgumentException if a symbol comes twice, or one is not one symbol of this unit
   */
  public static SymbolVocabulary ofSymbols(List<String> symbols, SymbolUnit unit) {
    for (String symbol : symbols) {
      if (!unit.cut(symbol).equals(List.of(symbol))) {
        throw new IllegalArgumentException(
            "\"%s\" cannot be a symbol of a vocabulary of %s; expected exactly one of them. Give each symbol as a text of its own."
                .formatted(symbol, unit.inWords()));
      }
    }
    return new SymbolVocabulary(unit, Vocabulary.ofWords(symbols));
  }

  /** What a symbol is. */
  public SymbolUnit unit() {
    return unit;
  }

  /** The ids of a text's symbols, in order, without start and end. */
  public int[] ids(String text) {
    return unit.cut(text).stream().mapToInt(this::id).toArray();
  }

  /** The id of a symbol, or {@link #UNKNOWN}. */
  public int id(String symbol) {
    int id = symbols.id(symbol);
    return id == Vocabulary.UNKNOWN ? UNKNOWN : id + SHIFT;
  }

  /**
   * The text of some ids; reserved ones add nothing.
   *
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public String text(int[] ids) {
    return unit.join(
        Arrays.stream(ids)
            .filter(id -> id >= RESERVED)
            .mapToObj(id -> symbols.word(id - SHIFT))
            .toList());
  }

  /** The number of ids, the reserved ones included: the number of rows of an embedding. */
  public int size() {
    return symbols.size() + SHIFT;
  }

  /** The symbols in the order of their ids, without the reserved ones. */
  public List<String> symbols() {
    return symbols.words();
  }
}
