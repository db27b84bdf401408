package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The characters that a network knows, each with its number. A character is a Unicode code point,
 * so that an emoji of two UTF-16 units is one character; what belongs together for the eye (a base
 * letter with combining marks, joined emoji) may still be several.
 *
 * <p>Id {@link #UNKNOWN} stands for each character that is not in the vocabulary, also for half of
 * a surrogate pair; the characters have the ids from 1 on, the most frequent one first. Immutable,
 * safe for use by many threads.
 */
public final class CharacterVocabulary {

  /** The id of each character that the vocabulary does not hold. */
  public static final int UNKNOWN = 0;

  /** How many characters Unicode has room for, surrogates left out. */
  private static final int ALL_CHARACTERS =
      Character.MAX_CODE_POINT + 1 - (Character.MAX_SURROGATE + 1 - Character.MIN_SURROGATE);

  private static final int REPLACEMENT = 0xFFFD;

  private final int[] characters; // by id; that of UNKNOWN is never looked up
  private final Map<Integer, Integer> ids;

  private CharacterVocabulary(List<Integer> ranked) {
    if (ranked.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no character for a vocabulary; expected one at least. Give a text that has some.");
    }
    characters = new int[ranked.size() + 1];
    characters[UNKNOWN] = REPLACEMENT;
    ids = new HashMap<>(ranked.size() * 2);
    for (int character : ranked) {
      int id = ids.size() + 1;
      Integer earlier = ids.putIfAbsent(character, id);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "The character %s has two ids, %d and %d; expected each character once. Remove one of them."
                .formatted(name(character), earlier, id));
      }
      characters[id] = character;
    }
  }

  /**
   * The most frequent characters of a text; those of equal frequency are taken in the order of
   * their code points.
   *
   * @param text any text
   * @param size how many ids there may be at most, that of the unknown character included; at least
   *     2
   * @return the vocabulary, smaller than {@code size} if the text has fewer characters
   * @throws IllegalArgumentException if {@code size} is less than 2, or the text has no character
   */
  public static CharacterVocabulary of(String text, int size) {
    if (size < 2) {
      throw new IllegalArgumentException(
          "The vocabulary size is %d; expected at least 2, as id 0 is reserved for unknown characters. Ask for more."
              .formatted(size));
    }
    return new CharacterVocabulary(ranked(text, Set.of(), size - 1));
  }

  /** The most frequent characters, those of {@code without} left out. */
  private static List<Integer> ranked(String text, Set<Integer> without, int limit) {
    Map<Integer, Integer> counts = new HashMap<>();
    text.codePoints()
        .filter(c -> !isSurrogate(c) && !without.contains(c))
        .forEach(c -> counts.merge(c, 1, Integer::sum));
    List<Map.Entry<Integer, Integer>> ranked = new ArrayList<>(counts.entrySet());
    ranked.sort(
        Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return ranked.stream().limit(limit).map(Map.Entry::getKey).toList();
  }

  /**
   * This vocabulary with more characters. Those that it has keep their ids; those that it lacks
   * come after them, the most frequent one first.
   *
   * @param text any text
   * @param more how many characters may be added; 0 at least
   * @return another vocabulary; an equal one if there is nothing to add
   * @throws IllegalArgumentException if {@code more} is negative
   */
  public CharacterVocabulary extended(String text, int more) {
    if (more < 0) {
      throw new IllegalArgumentException(
          "The number of characters to add is %d; expected 0 at least.".formatted(more));
    }
    List<Integer> all = new ArrayList<>();
    for (int id = 1; id < size(); id++) {
      all.add(characters[id]);
    }
    all.addAll(ranked(text, ids.keySet(), more));
    return new CharacterVocabulary(all);
  }

  /**
   * The vocabulary of known characters, such as those of a saved model.
   *
   * @param characters the characters in the order of their ids, without the unknown one: the first
   *     gets id 1
   * @throws IllegalArgumentException if there are none, an element is not one character, or one
   *     comes twice
   * @throws NullPointerException if an element is null
   */
  public static CharacterVocabulary ofCharacters(List<String> characters) {
    List<Integer> ranked = new ArrayList<>(characters.size());
    for (String character : characters) {
      if (character.codePointCount(0, character.length()) != 1
          || isSurrogate(character.codePointAt(0))) {
        throw new IllegalArgumentException(
            "\"%s\" cannot be a character of a vocabulary; expected one Unicode character. Give each character as a text of its own."
                .formatted(character));
      }
      ranked.add(character.codePointAt(0));
    }
    return new CharacterVocabulary(ranked);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String name(int character) {
    return "\"%s\" (U+%04X)".formatted(Character.toString(character), character);
  }

  /**
   * The id of a character.
   *
   * @param codePoint any number
   * @return its id, or {@link #UNKNOWN}
   */
  public int id(int codePoint) {
    return ids.getOrDefault(codePoint, UNKNOWN);
  }

  /**
   * The ids of the characters of a text.
   *
   * @param text any text
   * @return one id per character, in the same order
   */
  public int[] ids(String text) {
    return text.codePoints().map(this::id).toArray();
  }

  /**
   * The character that an id stands for.
   *
   * @param id from 0 to {@link #size()} - 1
   * @return its code point; the replacement character U+FFFD for the unknown one
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public int character(int id) {
    if (id < 0 || id >= size()) {
      throw new IndexOutOfBoundsException(
          "There is no character with id %d; expected 0 to %d.".formatted(id, size() - 1));
    }
    return characters[id];
  }

  /**
   * How many ids there are, that of the unknown character included.
   *
   * @return at least 2
   */
  public int size() {
    return characters.length;
  }

  /**
   * What an unknown character costs above the id {@link #UNKNOWN}: the bits that tell which of all
   * characters outside of the vocabulary it is, each as likely as the others.
   */
  public double bitsPerUnknown() {
    return Math.log((double) ALL_CHARACTERS - ids.size()) / Math.log(2);
  }

  /**
   * The characters in the order of their ids, without the unknown one; {@link #ofCharacters} makes
   * the vocabulary of it again.
   *
   * @return an immutable list
   */
  public List<String> characters() {
    List<String> list = new ArrayList<>(size() - 1);
    for (int id = 1; id < size(); id++) {
      list.add(Character.toString(characters[id]));
    }
    return List.copyOf(list);
  }
}
