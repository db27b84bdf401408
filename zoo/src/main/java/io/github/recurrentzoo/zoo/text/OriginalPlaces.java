package io.github.recurrentzoo.zoo.text;

import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;
import java.util.Locale;

/** A text in lower case and in a normal form, and where its parts stood before. */
final class OriginalPlaces {
  private final String normalized;
  private final int[] starts;
  private final int[] ends;

  /**
   * Keeps the arrays.
   *
   * @param starts for each code unit of the text, where the part that it comes from begins
   * @param ends for each code unit of it, where that part ends, exclusive
   */
  private OriginalPlaces(String normalized, int[] starts, int[] ends) {
    this.normalized = normalized;
    this.starts = starts;
    this.ends = ends;
  }

  static OriginalPlaces of(String text, Normalizer2 form) {
    // The whole text is lowered at once, as a final sigma depends on its neighbours; no character
    // changes its length by that.
    String lower = text.toLowerCase(Locale.ROOT);
    int[] places = new int[lower.length() + 1];
    int next = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int length = Character.toString(c).toLowerCase(Locale.ROOT).length();
      Arrays.fill(places, next, next + length, i);
      next += length;
      i += Character.charCount(c);
    }
    if (next != lower.length()) {
      throw new AssertionError("Characters in lower case have another length in their context");
    }
    places[next] = text.length();

    StringBuilder normalized = new StringBuilder(lower.length());
    int[] starts = new int[3 * lower.length() + 1]; // NFC makes a string 3 times as long at most
    int[] ends = new int[starts.length];
    for (int from = 0; from < lower.length(); ) {
      int to = from + Character.charCount(lower.codePointAt(from));
      while (to < lower.length() && !form.hasBoundaryBefore(lower.codePointAt(to))) {
        to += Character.charCount(lower.codePointAt(to));
      }
      int start = normalized.length();
      normalized.append(form.normalize(lower.substring(from, to)));
      Arrays.fill(starts, start, normalized.length(), places[from]);
      Arrays.fill(ends, start, normalized.length(), end(text, places, to));
      from = to;
    }
    return new OriginalPlaces(normalized.toString(), starts, ends);
  }

  /** Where what comes before this place of the lowered text ends: behind its last character. */
  private static int end(String text, int[] places, int to) {
    int last = places[to - 1];
    return last + Character.charCount(text.codePointAt(last));
  }

  /** The text as it is cut into words. */
  String normalized() {
    return normalized;
  }

  /** Where the code unit at this place came from. */
  int start(int place) {
    return starts[place];
  }

  /** Where what stands before this place ended. */
  int end(int place) {
    return ends[place - 1];
  }
}
