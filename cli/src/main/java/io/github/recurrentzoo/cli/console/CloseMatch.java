package io.github.recurrentzoo.cli.console;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody may have meant who mistyped a name. */
public final class CloseMatch {

  private CloseMatch() {}

  /** The nearest name, if no more than a third of what was typed would have to be changed. */
  public static Optional<String> of(String typed, List<String> names) {
    return names.stream()
        .filter(name -> edits(typed, name) <= Math.max(1, typed.length() / 3))
        .min(Comparator.comparingInt(name -> edits(typed, name)));
  }

  /** Characters to insert, delete and replace. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
