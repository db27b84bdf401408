package io.github.recurrentzoo.zoo.classification;

import java.util.List;

/**
 * Rows as token ids, each with one token at least, and the index of each row's class.
 *
 * <p>The id arrays are shared, never changed.
 */
final class TokenRows {
  private final List<int[]> ids;
  private final int[] classes;

  TokenRows(List<int[]> ids, int[] classes) {
    this.ids = ids;
    this.classes = classes;
  }

  List<int[]> ids() {
    return ids;
  }

  int classOf(int row) {
    return classes[row];
  }

  /** The index of each row's class; a copy. */
  int[] classes() {
    return classes.clone();
  }

  int size() {
    return classes.length;
  }
}
