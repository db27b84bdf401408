package io.github.recurrentzoo.zoo.text;

import java.util.List;

/** The distance of Levenshtein (1966) between two sequences of symbols. */
public final class EditDistance {
  private EditDistance() {}

  /** The least number of symbols to insert, to delete and to replace that makes b of a. */
  public static int between(List<String> a, List<String> b) {
    int[] above = new int[b.size() + 1];
    for (int j = 0; j <= b.size(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      int[] row = new int[b.size() + 1];
      row[0] = i;
      for (int j = 1; j <= b.size(); j++) {
        int replaced = above[j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.size()];
  }
}
