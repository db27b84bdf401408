package io.github.recurrentzoo.zoo.tagging;

import java.util.Locale;

/**
 * What a tagger reads of how a word is written: parts that words share which training has never
 * seen. Each part is put into one of a fixed number of buckets by a hash, and each bucket has a
 * vector (hash embeddings; Svenstrup, Hansen and Winther 2017).
 */
enum Affix {
  /** The first three letters, in lower case. */
  PREFIX("prefix") {
    @Override
    String of(String word) {
      return beginning(word, 3);
    }
  },

  /** The last two letters, in lower case. */
  SUFFIX_2("suffix-2") {
    @Override
    String of(String word) {
      return ending(word, 2);
    }
  },

  SUFFIX_3("suffix-3") {
    @Override
    String of(String word) {
      return ending(word, 3);
    }
  },

  SUFFIX_4("suffix-4") {
    @Override
    String of(String word) {
      return ending(word, 4);
    }
  },

  /**
   * Kinds of characters in their order: X a capital, x another letter, 0 a digit, others as they
   * are; of more than two in a row that are alike, two. "McDonald's" is XxXxx'x.
   */
  SHAPE("shape") {
    @Override
    String of(String word) {
      StringBuilder shape = new StringBuilder();
      int before = -1;
      int run = 0;
      for (int i = 0; i < word.length(); ) {
        int c = word.codePointAt(i);
        int kind = kind(c);
        run = kind == before ? run + 1 : 1;
        before = kind;
        if (run <= LONGEST_RUN) {
          shape.appendCodePoint(kind);
        }
        i += Character.charCount(c);
      }
      return shape.toString();
    }
  };

  private static final int LONGEST_RUN = 2;
  private static final int MIXER = 0x9E3779B9; // 2^32 / golden ratio

  private final String input;

  Affix(String input) {
    this.input = input;
  }

  /** The name of the network's input. */
  String input() {
    return input;
  }

  /** The name of the layer with its vectors. */
  String table() {
    return input + "-embedding";
  }

  /** The part of a word, as the hash takes it. */
  abstract String of(String word);

  /** The bucket of a word's part, from 1; 0 is that of no word. */
  int bucket(String word, int buckets) {
    int mixed =
        of(word).hashCode() * MIXER; // String.hashCode is specified, so files may rely on it
    return 1 + Math.floorMod(mixed ^ (mixed >>> 15), buckets - 1);
  }

  /** The last so many code points in lower case; of a shorter word all, marked as such. */
  private static String ending(String word, int length) {
    String lower = word.toLowerCase(Locale.ROOT);
    int count = lower.codePointCount(0, lower.length());
    return count <= length
        ? "^" + lower
        : lower.substring(lower.offsetByCodePoints(lower.length(), -length));
  }

  private static String beginning(String word, int length) {
    String lower = word.toLowerCase(Locale.ROOT);
    int count = lower.codePointCount(0, lower.length());
    return count <= length ? lower + "$" : lower.substring(0, lower.offsetByCodePoints(0, length));
  }

  private static int kind(int c) {
    if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
      return 'X';
    }
    if (Character.isLetter(c)) {
      return 'x';
    }
    return Character.isDigit(c) ? '0' : c;
  }
}
