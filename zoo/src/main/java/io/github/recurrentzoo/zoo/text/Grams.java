package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What linear models count in a text. A feature is known by 64 bits of its hash.
 *
 * <p>Words and characters: a text of p parts (a mark before the first character and one behind the
 * last are parts, too) has p features of one part, p - 1 of two, and so on, in this order: the
 * first part's, the second's ...
 */
enum Grams {
  /** Words, and pairs of neighbours. */
  OF_WORDS(TextUnit.WORDS, 2, 0),

  /** All sequences of one to three characters, the ends of the text among them. */
  OF_CHARACTERS(TextUnit.CHARACTERS, 3, 1),

  /**
   * All sequences of three to five characters of each word, its ends among them, but for the whole
   * word (Bojanowski et al. 2017): what a word that is new has in common with others.
   */
  OF_PARTS(TextUnit.WORDS, 5, 1) {
    @Override
    long[] features(List<String> units) {
      List<Long> features = new ArrayList<>();
      for (String word : units) {
        List<String> parts = parts(TextUnit.CHARACTERS.cut(word));
        for (int length = SHORTEST_PART; length <= longestOf(parts); length++) {
          for (int first = 0; first + length <= parts.size(); first++) {
            features.add(hash(parts, first, length));
          }
        }
      }
      return features.stream().mapToLong(feature -> feature).toArray();
    }

    @Override
    int[][] places(List<String> units) {
      List<int[]> places = new ArrayList<>();
      for (int word = 0; word < units.size(); word++) {
        List<String> parts = parts(TextUnit.CHARACTERS.cut(units.get(word)));
        for (int length = SHORTEST_PART; length <= longestOf(parts); length++) {
          int[] place = {word};
          for (int first = 0; first + length <= parts.size(); first++) {
            places.add(place);
          }
        }
      }
      return places.toArray(int[][]::new);
    }
  };

  private static final int SHORTEST_PART = 3;
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
    List<String> parts = parts(units);
    long[] features = new long[features(parts.size())];
    int place = 0;
    for (int length = 1; length <= longest; length++) {
      for (int first = 0; first + length <= parts.size(); first++) {
        features[place++] = hash(parts, first, length);
      }
    }
    return features;
  }

  /**
   * The words or characters that each of the features is of, as indices; of marks alone the nearest
   * one.
   */
  int[][] places(List<String> units) {
    int[][] places = new int[units.isEmpty() ? 0 : features(units.size() + 2 * marks)][];
    int place = 0;
    for (int length = 1; place < places.length; length++) {
      for (int first = -marks; first + length <= units.size() + marks; first++) {
        int from = Math.max(0, first);
        int to = Math.min(units.size(), first + length);
        places[place++] =
            from < to
                ? IntStream.range(from, to).toArray()
                : new int[] {Math.min(units.size() - 1, from)};
      }
    }
    return places;
  }

  /** With the marks. */
  List<String> parts(List<String> units) {
    List<String> parts = new ArrayList<>(units.size() + 2 * marks);
    for (int i = 0; i < marks; i++) {
      parts.add(START);
    }
    parts.addAll(units);
    for (int i = 0; i < marks; i++) {
      parts.add(END);
    }
    return parts;
  }

  /** Of a word with its marks. */
  int longestOf(List<String> parts) {
    return Math.min(longest, parts.size() - 1);
  }

  /** The number of features of p parts. */
  private int features(int parts) {
    return IntStream.rangeClosed(1, Math.min(longest, parts)).map(l -> parts - l + 1).sum();
  }

  /** How many words or characters have so many features; not for {@link #OF_PARTS}. */
  int units(int features) {
    return features == 0 ? 0 : (features + longest * (longest - 1) / 2) / longest - 2 * marks;
  }

  /** FNV-1a over the chars of the parts, with blanks between them. */
  static long hash(List<String> parts, int first, int length) {
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
