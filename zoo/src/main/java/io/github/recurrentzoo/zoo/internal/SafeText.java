package io.github.recurrentzoo.zoo.internal;

import java.util.Locale;

/**
 * Text from elsewhere (labels, rows, names of files, what a file that somebody made holds) as it
 * may be shown: without what moves a cursor, colours a terminal or turns the order of letters
 * around.
 */
public final class SafeText {
  /** The most UTF-16 code units of a message: some twenty lines of a terminal. */
  public static final int LONGEST_MESSAGE = 2_000;

  private SafeText() {}

  /**
   * The text with each control and each bidirectional formatting character as its Unicode escape,
   * such as {@code \}{@code u001B}, which in a string of JSON means the same character. Tabs and
   * line ends stay.
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isHarmful(text, i)) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 20);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmful(text, i)) {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        safe.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  private static boolean isHarmful(String text, int place) {
    char c = text.charAt(place);
    if (c == '\r') { // harmless in the line end of Windows
      return place + 1 == text.length() || text.charAt(place + 1) != '\n';
    }
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || c == '\u061C' // Arabic letter mark
        || c == '\u200E' // left-to-right mark
        || c == '\u200F' // right-to-left mark
        || (c >= '\u2028' && c <= '\u202E') // separators of lines, embeddings, overrides
        || (c >= '\u2066' && c <= '\u2069'); // isolates
  }

  /**
   * A message that may quote what others wrote: {@linkplain #of safe}, and with its middle left out
   * if it is longer than {@link #LONGEST_MESSAGE}; what is wrong stands first, what to do last.
   *
   * @param message may be null, which stays null
   */
  public static String message(String message) {
    if (message == null) {
      return null;
    }
    String safe = of(message);
    if (safe.length() <= LONGEST_MESSAGE) {
      return safe;
    }
    int end = LONGEST_MESSAGE / 4;
    int start = LONGEST_MESSAGE - end;
    String mark = " ... (%s characters left out) ... ".formatted(safe.length() - LONGEST_MESSAGE);
    return whole(safe.substring(0, start)) + mark + whole(safe.substring(safe.length() - end));
  }

  /** Without the half of a character at its start or end. */
  private static String whole(String part) {
    int from = Character.isLowSurrogate(part.charAt(0)) ? 1 : 0;
    int to = part.length() - (Character.isHighSurrogate(part.charAt(part.length() - 1)) ? 1 : 0);
    return part.substring(from, to);
  }
}
