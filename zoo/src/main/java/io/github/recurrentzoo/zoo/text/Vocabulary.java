package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that a network knows, each with its number.
 *
 * <p>Id {@link #PADDING} stands for no word, id {@link #UNKNOWN} for each word that is not in the
 * vocabulary; the words have the ids from 2 on, the most frequent one first. Immutable, safe for
 * use by many threads.
 */
public final class Vocabulary {

  /** The id of a place without a word. */
  public static final int PADDING = 0;

  /** The id of each word that the vocabulary does not hold. */
  public static final int UNKNOWN = 1;

  /** The reserved ids by name, and the {@code first} that is not. */
  public static final Map<String, Integer> IDS =
      Map.of("padding", PADDING, "unknown", UNKNOWN, "first", UNKNOWN + 1);

  private static final int RESERVED = 2;
  private static final String PADDING_NAME = "<padding>";
  private static final String UNKNOWN_NAME = "<unknown>";

  private final List<String> words;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    this.ids = new HashMap<>(words.size() * 2);
    for (String word : this.words) {
      int id = RESERVED + ids.size();
      Integer earlier = ids.putIfAbsent(word, id);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "The word \"%s\" has two ids, %d and %d; expected each word once. Remove one of them."
                .formatted(word, earlier, id));
      }
    }
  }

  /**
   * The most frequent words of some texts. Words of equal frequency are taken in the order of
   * {@link String#compareTo}, so that the same texts, in any order, give the same vocabulary.
   *
   * @param texts the words of each text
   * @param size how many ids there may be at most, the two reserved ones included; at least 3
   * @return the vocabulary, smaller than {@code size} if the texts have fewer words
   * @throws IllegalArgumentException if {@code size} is less than 3
   */
  public static Vocabulary of(Iterable<List<String>> texts, int size) {
    return of(texts, size, 1);
  }

  /**
   * As {@link #of(Iterable, int)}, of the words that come often enough; the others are unknown.
   *
   * @param minCount how often a word must come; 1 at least
   */
  public static Vocabulary of(Iterable<List<String>> texts, int size, int minCount) {
    checkSize(size);
    return new Vocabulary(ranked(texts, Set.of(), size - RESERVED, minCount));
  }

  /**
   * The first words of some that were counted elsewhere; those that come too rarely are left out,
   * unless all do.
   *
   * @param counts how often each word comes, the most frequent one first
   * @param size how many ids there may be at most, the two reserved ones included; at least 3
   * @param minCount how often a word must come; 1 at least
   */
  public static Vocabulary ofCounts(Map<String, Long> counts, int size, int minCount) {
    checkSize(size);
    int limit = size - RESERVED;
    List<String> frequent =
        counts.entrySet().stream()
            .filter(word -> word.getValue() >= minCount)
            .map(Map.Entry::getKey)
            .limit(limit)
            .toList();
    return new Vocabulary(
        frequent.isEmpty() ? counts.keySet().stream().limit(limit).toList() : frequent);
  }

  private static void checkSize(int size) {
    if (size <= RESERVED) {
      throw new IllegalArgumentException(
          "The vocabulary size is %d; expected at least %d, as ids 0 (padding) and 1 (unknown) are reserved. Ask for more."
              .formatted(size, RESERVED + 1));
    }
  }

  /** The most frequent words, those of {@code without} left out. */
  private static List<String> ranked(
      Iterable<List<String>> texts, Set<String> without, int limit, int minCount) {
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> text : texts) {
      for (String word : text) {
        if (!without.contains(word)) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    counts.values().removeIf(count -> count < minCount);
    List<Map.Entry<String, Integer>> ranked = new ArrayList<>(counts.entrySet());
    ranked.sort(
        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return ranked.stream().limit(limit).map(Map.Entry::getKey).toList();
  }

  /**
   * This vocabulary with more words. Those that it has keep their ids; those that it lacks come
   * after them, the most frequent one first.
   *
   * @param texts the words of each text
   * @param more how many words may be added; 0 at least
   * @return another vocabulary; an equal one if there is nothing to add
   * @throws IllegalArgumentException if {@code more} is negative
   */
  public Vocabulary extended(Iterable<List<String>> texts, int more) {
    if (more < 0) {
      throw new IllegalArgumentException(
          "The number of words to add is %d; expected 0 at least.".formatted(more));
    }
    List<String> all = new ArrayList<>(words);
    all.addAll(ranked(texts, ids.keySet(), more, 1));
    return new Vocabulary(all);
  }

  /**
   * The vocabulary of known words, such as those of a saved model.
   *
   * @param words the words in the order of their ids, without the two reserved ones: the first gets
   *     id 2
   * @return the vocabulary
   * @throws IllegalArgumentException if a word comes twice
   * @throws NullPointerException if a word is null
   */
  public static Vocabulary ofWords(List<String> words) {
    return new Vocabulary(words);
  }

  /**
   * The id of a word.
   *
   * @param word a word as {@link WordSegmenter} gives it
   * @return its id, or {@link #UNKNOWN}
   */
  public int id(String word) {
    return ids.getOrDefault(word, UNKNOWN);
  }

  /**
   * The ids of the words of a text.
   *
   * @param text its words
   * @return one id per word, in the same order
   */
  public int[] ids(List<String> text) {
    return text.stream().mapToInt(this::id).toArray();
  }

  /**
   * The word that an id stands for.
   *
   * @param id from 0 to {@link #size()} - 1
   * @return the word; a name in angle brackets for the two reserved ids
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public String word(int id) {
    return switch (id) {
      case PADDING -> PADDING_NAME;
      case UNKNOWN -> UNKNOWN_NAME;
      default -> {
        if (id < 0 || id >= size()) {
          throw new IndexOutOfBoundsException(
              "There is no word with id %d; expected 0 to %d.".formatted(id, size() - 1));
        }
        yield words.get(id - RESERVED);
      }
    };
  }

  /**
   * How many ids there are, the two reserved ones included: the number of rows of an embedding.
   *
   * @return at least 2
   */
  public int size() {
    return words.size() + RESERVED;
  }

  /**
   * The words in the order of their ids, without the two reserved ones; {@link #ofWords} makes the
   * vocabulary of it again.
   *
   * @return an immutable list
   */
  public List<String> words() {
    return words;
  }
}
