package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What linear models count in a text: its words and the pairs of neighbours among them; or all
 * sequences of one to three of its characters, where a mark before the first and one behind the
 * last are characters, too.
 *
 * <p>A text of p parts (marks are parts) has p features of one part, p - 1 of two, and so on, in
 * this order: the first part's, the second's ... A feature is known by 64 bits of its hash.
 */
enum Grams {
  /** One and two words. */
  OF_WORDS(TextUnit.WORDS, 2, 0),
  /** One to three characters. */
  OF_CHARACTERS(TextUnit.CHARACTERS, 3, 1);

  private static final String START = "\u0002"; // no text for people has these
  private static final String END = "\u0003";
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final TextUnit unit;
  private final int longest;
  private final int marks; // at each end

  Grams(TextUnit unit, int longest, int marks) {
    this.unit = unit;
    this.longest = longest;
    this.marks = marks;
  }

  /** Those of a unit. */
  static Grams of(TextUnit unit) {
    return unit == TextUnit.WORDS ? OF_WORDS : OF_CHARACTERS;
  }

  /** The words or characters of a text. */
  List<String> cut(String text) {
    return unit.cut(text);
  }

  /** The features of a text. */
  long[] features(String text) {
    return features(cut(text));
  }

  /** The features of words or characters; none of none. */
  long[] features(List<String> units) {
    if (units.isEmpty()) {
      return new long[0];
    }
    List<String> parts = new ArrayList<>(units.size() + 2 * marks);
    for (int i = 0; i < marks; i++) {
      parts.add(START);
    }
    parts.addAll(units);
    for (int i = 0; i < marks; i++) {
      parts.add(END);
    }
    long[] features = new long[features(parts.size())];
    int place = 0;
    for (int length = 1; length <= longest; length++) {
      for (int first = 0; first + length <= parts.size(); first++) {
        features[place++] = hash(parts, first, length);
      }
    }
    return features;
  }

  /** The number of features of p parts. */
  private int features(int parts) {
    return IntStream.rangeClosed(1, Math.min(longest, parts)).map(l -> parts - l + 1).sum();
  }

  /** How many words or characters have so many features. */
  int units(int features) {
    return features == 0 ? 0 : (features + longest * (longest - 1) / 2) / longest - 2 * marks;
  }

  /**
   * The words or characters that a feature is of; of marks alone the nearest one.
   *
   * @param place of the feature among the text's
   * @param units the number of the text's words or characters
   */
  int[] covered(int place, int units) {
    int first = place;
    int length = 1;
    for (int parts = units + 2 * marks; first >= parts - length + 1; length++) {
      first -= parts - length + 1;
    }
    int from = Math.max(0, first - marks);
    int to = Math.min(units, first + length - marks);
    return from < to
        ? IntStream.range(from, to).toArray()
        : new int[] {Math.max(0, Math.min(units - 1, from))};
  }

  /** FNV-1a over the chars of the parts, with blanks between them. */
  private static long hash(List<String> parts, int first, int length) {
    long hash = hash(FNV_START, parts.get(first));
    for (int i = first + 1; i < first + length; i++) {
      hash = hash(hash(hash, " "), parts.get(i));
    }
    return hash;
  }

  private static long hash(long start, String part) {
    long hash = start;
    for (int i = 0; i < part.length(); i++) {
      hash = (hash ^ part.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
