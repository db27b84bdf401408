package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.List;
import java.util.Map;

/** What a generator reads and writes step by step, characters or words, each with its number. */
interface GeneratorUnits {

  /**
   * A text in numbers.
   *
   * @param ids of its units
   * @param unknownBits the bits that the unknown units cost above their id, which tell what they
   *     are; those of the first unit are left out, as it is not predicted
   * @param unknown how many units are unknown, the first one left out
   * @param characters how many characters the units have, the first one left out
   * @param unknownCharacters those of them that stand in unknown units
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, and never compared
  record Encoded(
      int[] ids, double unknownBits, long unknown, long characters, long unknownCharacters) {}

  /**
   * The most frequent units of a text.
   *
   * @param size the largest number of ids
   */
  static GeneratorUnits of(TextUnit unit, String text, int size) {
    return unit == TextUnit.CHARACTERS ? CharacterUnits.of(text, size) : WordUnits.of(text, size);
  }

  /**
   * Those of a saved model.
   *
   * @param symbols as {@link #symbols} gave them
   * @throws IllegalArgumentException if they cannot be units of this kind
   */
  static GeneratorUnits ofSymbols(TextUnit unit, List<String> symbols) {
    return unit == TextUnit.CHARACTERS
        ? CharacterUnits.ofSymbols(symbols)
        : WordUnits.ofSymbols(symbols);
  }

  /** Which kind of units. */
  TextUnit unit();

  /** The number of ids. */
  int size();

  /** The id of all units that are not known. It is never written. */
  int unknown();

  /** The smallest of the ids that are written; all above are. */
  int first();

  /** The known units in the order of their ids, from {@link #first} on. */
  List<String> symbols();

  /** What an id from {@link #first} on stands for. */
  String text(int id);

  /** The units of a text. */
  List<String> cut(String text);

  /** The ids of the units of a text. */
  int[] ids(String text);

  /** The ids of a text, and what its unknown units cost. */
  Encoded encode(String text);

  /** Whether an id counts as a repetition when it comes again: of words, no punctuation. */
  boolean isRepetition(int id);

  /** With the most frequent units of a text that are not known yet, so many at most. */
  GeneratorUnits extended(String text, int more);

  /** The reserved ids by name, for those who run an exported network. */
  Map<String, Integer> reserved();
}
