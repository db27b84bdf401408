package io.github.recurrentzoo.zoo.tagging;

import com.ibm.icu.text.Normalizer2;
import java.util.Locale;

/** One spelling for what is written in several ways. */
final class Spelling {
  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

  private Spelling() {}

  /**
   * Unicode's composed form, with plain quotes and dashes: {@code ``}, {@code ''} and typographic
   * double quotes are {@code "}, single ones and the typographic apostrophe {@code '}, long dashes
   * {@code --}. Capitals stay.
   */
  static String plain(String word) {
    String normal = NFC.normalize(word);
    return switch (normal) {
      case "``", "''", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB" -> "\"";
      case "\u2013", "\u2014", "---" -> "--";
      case "\u2026" -> "...";
      default -> normal.replace('\u2019', '\'').replace('\u2018', '\'');
    };
  }

  /** A plain spelling in lower case, as the vocabulary holds words. */
  static String lower(String plain) {
    return plain.toLowerCase(Locale.ROOT);
  }
}
