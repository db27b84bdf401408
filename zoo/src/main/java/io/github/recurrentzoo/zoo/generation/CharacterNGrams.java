package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import java.util.Arrays;

/**
 * A model of text that looks at the last n - 1 characters: the baseline that a network has to beat.
 * Interpolated Kneser-Ney, with one discount D per order, estimated from the counts:
 *
 * <pre>
 * p_k(w | h) = max(c(hw) - D_k, 0) / c(h.)  +  D_k N(h.) / c(h.) * p_{k-1}(w | h')
 * D_k        = n1 / (n1 + 2 n2)
 * </pre>
 *
 * <p>h are the k - 1 characters before w, and h' is h without its first one. For k = n, c(hw)
 * counts how often hw occurs; for k &lt; n it counts how many different characters stand before hw.
 * c(h.) is the sum of c(hw) over w, N(h.) the number of w with c(hw) &gt; 0, and n1 and n2 are the
 * numbers of hw of order k with the counts 1 and 2. p_0 is the same for each id of the vocabulary,
 * the unknown character's included. After a history that was never seen, p_k = p_{k-1}.
 *
 * <p>Source: Kneser and Ney, Improved backing-off for m-gram language modeling, 1995; interpolated
 * as in Chen and Goodman, An empirical study of smoothing techniques for language modeling, 1999.
 *
 * <p>Immutable once made, safe for use by many threads. Takes some 50 bytes per different n-gram of
 * each order.
 */
public final class CharacterNGrams {

  /** The longest n-grams. */
  public static final int MAX_ORDER = 20;

  private static final int ROOT = 0;
  private static final int NONE = -1;

  private final CharacterVocabulary vocabulary;
  private final int order;
  private final Trie trie = new Trie();
  private final double[] discounts; // by order

  private CharacterNGrams(CharacterVocabulary vocabulary, int order) {
    this.vocabulary = vocabulary;
    this.order = order;
    this.discounts = new double[order + 1];
  }

  /**
   * Counts a text.
   *
   * @param text what to learn from
   * @param vocabulary the characters that are told apart
   * @param order n, from 1 to {@value #MAX_ORDER}
   * @throws IllegalArgumentException if the order is another
   */
  public static CharacterNGrams of(String text, CharacterVocabulary vocabulary, int order) {
    if (order < 1 || order > MAX_ORDER) {
      throw new IllegalArgumentException(
          "The order of n-grams is %d; expected 1 to %d.".formatted(order, MAX_ORDER));
    }
    CharacterNGrams model = new CharacterNGrams(vocabulary, order);
    model.count(vocabulary.ids(text));
    model.trie.sumUp();
    for (int k = 1; k <= order; k++) {
      model.discounts[k] = model.trie.discount(k);
    }
    return model;
  }

  /** n. */
  public int order() {
    return order;
  }

  /** The characters that are told apart. */
  public CharacterVocabulary vocabulary() {
    return vocabulary;
  }

  private void count(int[] ids) {
    int[] before = histories();
    int[] now = histories();
    for (int id : ids) {
      for (int k = 1; k <= order && before[k - 1] != NONE; k++) {
        int size = trie.size;
        now[k] = trie.childOrNew(before[k - 1], id, k);
        if (k > 1 && trie.size > size) { // one more character before these k - 1
          trie.counts[now[k - 1]]++;
        }
        if (k == order) {
          trie.counts[now[k]]++;
        }
      }
      int[] free = before;
      before = now;
      now = free;
    }
  }

  /** The nodes of the last 0, 1 ... n characters; there are none yet but the empty history. */
  private int[] histories() {
    int[] nodes = new int[order + 1];
    Arrays.fill(nodes, NONE);
    nodes[0] = ROOT;
    return nodes;
  }

  /**
   * The bits per character of a text: the mean of -log2 of each character's probability after those
   * before it in the text, the first one's after nothing. An unknown character costs {@link
   * CharacterVocabulary#bitsPerUnknown} more.
   *
   * @param text one character at least
   * @throws IllegalArgumentException if the text is empty
   */
  public double bitsPerCharacter(String text) {
    int[] ids = vocabulary.ids(text);
    if (ids.length == 0) {
      throw new IllegalArgumentException("The text is empty; expected one character at least.");
    }
    return bits(ids, 0) / ids.length;
  }

  /** The bits of a text after another one. */
  double bits(String before, String text) {
    return bits(vocabulary.ids(before + text), before.codePointCount(0, before.length()));
  }

  /** The bits of the ids from a place on. */
  private double bits(int[] ids, int from) {
    double bits = 0;
    int[] before = histories();
    int[] now = histories();
    for (int i = 0; i < ids.length; i++) {
      int id = ids[i];
      if (i >= from) {
        bits -= Math.log(probability(before, id)) / Math.log(2);
        bits += id == CharacterVocabulary.UNKNOWN ? vocabulary.bitsPerUnknown() : 0;
      }
      for (int k = 1; k < order; k++) {
        now[k] = before[k - 1] == NONE ? NONE : trie.child(before[k - 1], id);
      }
      int[] free = before;
      before = now;
      now = free;
    }
    return bits;
  }

  /**
   * The probability of an id.
   *
   * @param before the nodes of the histories of 0, 1 ... n - 1 characters
   */
  private double probability(int[] before, int id) {
    double p = 1.0 / vocabulary.size();
    for (int k = 1; k <= order; k++) {
      int history = before[k - 1];
      if (history == NONE || trie.totals[history] == 0) {
        continue;
      }
      double d = discounts[k];
      int child = trie.child(history, id);
      double counted = child == NONE ? 0 : Math.max(trie.counts[child] - d, 0);
      p = (counted + d * trie.types[history] * p) / trie.totals[history];
    }
    return p;
  }

  /** All n-grams: the node of hw is a child of the node of h, found by the id of w. */
  private static final class Trie {
    int size = 1;
    int[] counts = new int[1024]; // c(hw)
    int[] totals; // c(h.)
    int[] types; // N(h.)
    private int[] parents = new int[1024];
    private byte[] orders = new byte[1024];
    private long[] keys = new long[2048]; // parent and id, plus 1; 0 is free
    private int[] nodes = new int[2048];

    int child(int parent, int id) {
      int slot = slot(key(parent, id));
      return keys[slot] == 0 ? NONE : nodes[slot];
    }

    int childOrNew(int parent, int id, int order) {
      long key = key(parent, id);
      int slot = slot(key);
      if (keys[slot] != 0) {
        return nodes[slot];
      }
      if (size == counts.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      nodes[slot] = size;
      parents[size] = parent;
      orders[size] = (byte) order;
      return size++;
    }

    private static long key(int parent, int id) {
      return ((long) parent << Integer.SIZE | id) + 1;
    }

    /** Where the key is, or where it may be put. */
    private int slot(long key) {
      long mixed = key * 0x9E3779B97F4A7C15L;
      int slot = (int) (mixed >>> 32) & (keys.length - 1);
      while (keys[slot] != 0 && keys[slot] != key) {
        slot = (slot + 1) & (keys.length - 1);
      }
      return slot;
    }

    private void grow() {
      counts = Arrays.copyOf(counts, size * 2);
      parents = Arrays.copyOf(parents, size * 2);
      orders = Arrays.copyOf(orders, size * 2);
      long[] oldKeys = keys;
      int[] oldNodes = nodes;
      keys = new long[oldKeys.length * 2];
      nodes = new int[oldKeys.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int slot = slot(oldKeys[i]);
          keys[slot] = oldKeys[i];
          nodes[slot] = oldNodes[i];
        }
      }
    }

    void sumUp() {
      totals = new int[size];
      types = new int[size];
      for (int node = 1; node < size; node++) {
        totals[parents[node]] += counts[node];
        types[parents[node]] += counts[node] > 0 ? 1 : 0;
      }
    }

    double discount(int order) {
      double once = 0;
      double twice = 0;
      for (int node = 1; node < size; node++) {
        if (orders[node] == order) {
          once += counts[node] == 1 ? 1 : 0;
          twice += counts[node] == 2 ? 1 : 0;
        }
      }
      // In a tiny text nothing may be there once; then half a count is taken.
      return once == 0 ? 0.5 : once / (once + 2 * twice);
    }
  }
}
