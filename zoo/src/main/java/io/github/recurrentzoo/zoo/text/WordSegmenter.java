package io.github.recurrentzoo.zoo.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text of any language into lower-cased words.
 *
 * <p>The borders are those of Unicode's word segmentation (UAX 29), with ICU's dictionaries for the
 * scripts that put no blanks between words (Chinese, Japanese, Thai, Khmer, Lao, Burmese). Words,
 * numbers and emoji are kept, an emoji sequence (joined, with skin tone, flag, keycap) as one word;
 * punctuation, blanks and other symbols are dropped. A hyphen parts words, an apostrophe inside a
 * word does not: "well-known" gives two words, "don't" gives one.
 *
 * <p>Different ways to write the same word give the same word: the result is in lower case ({@link
 * Locale#ROOT}) and in Unicode's composed form (NFC), the typographic apostrophe is the plain one,
 * and soft hyphens and variation selectors are left out.
 *
 * <p>Safe for use by many threads.
 */
public final class WordSegmenter {

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final BreakIterator WORD_BREAKS = BreakIterator.getWordInstance(Locale.ROOT);

  private static final int TRADE_MARK_SIGN = 0x2122;
  private static final int ENCLOSING_KEYCAP = 0x20E3;

  /** Makes a segmenter; all segmenters behave alike. */
  public WordSegmenter() {}

  /**
   * Cuts a text into words.
   *
   * @param text any text; it may be empty
   * @return its words in the order of the text; empty if it has none
   */
  public List<String> words(String text) {
    List<String> words = new ArrayList<>();
    walk(
        NFC.normalize(text.toLowerCase(Locale.ROOT)),
        (normalized, start, end) -> words.add(spelling(normalized, start, end)));
    return words;
  }

  /**
   * A word and where it stands. Places do not overlap: of two words that come from one composed
   * sign (which happens in strings of single Hangul letters), the second one has an empty place.
   *
   * @param start where it begins in the text, in UTF-16 code units
   * @param end where it ends there, exclusive
   * @param word as {@link #words} gives it
   */
  public record Span(int start, int end, String word) {}

  /**
   * Cuts a text into the same words as {@link #words}, and says where each stands in the text as it
   * was given.
   *
   * @param text any text; it may be empty
   */
  public List<Span> spans(String text) {
    OriginalPlaces places = OriginalPlaces.of(text, NFC);
    List<Span> spans = new ArrayList<>();
    walk(
        places.normalized(),
        (normalized, start, end) -> {
          int free = spans.isEmpty() ? 0 : spans.get(spans.size() - 1).end();
          int from = Math.max(free, places.start(start));
          spans.add(
              new Span(from, Math.max(from, places.end(end)), spelling(normalized, start, end)));
        });
    return spans;
  }

  /** Hears where words are. */
  private interface Found {
    void word(String normalized, int start, int end);
  }

  private static void walk(String normalized, Found found) {
    // A break iterator holds the text that it walks over, so each call has a copy of its own.
    BreakIterator breaks = WORD_BREAKS.clone();
    breaks.setText(normalized);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (breaks.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT
          || isEmoji(normalized, start, end)) {
        found.word(normalized, start, end);
      }
      start = end;
    }
  }

  private static boolean isEmoji(String text, int start, int end) {
    for (int i = start; i < end; ) {
      int c = text.codePointAt(i);
      if (c == ENCLOSING_KEYCAP
          || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_PRESENTATION)
          || UCharacter.hasBinaryProperty(c, UProperty.REGIONAL_INDICATOR)
          || isPictograph(c)) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  /**
   * Pictographs that are often written without the emoji selector, such as the heart; not the signs
   * (c), (r), TM.
   */
  private static boolean isPictograph(int c) {
    return c > TRADE_MARK_SIGN
        && UCharacter.hasBinaryProperty(c, UProperty.EXTENDED_PICTOGRAPHIC)
        && UCharacter.getType(c) == UCharacterCategory.OTHER_SYMBOL;
  }

  private static String spelling(String text, int start, int end) {
    StringBuilder word = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      switch (text.charAt(i)) {
        case '\u00AD',
            '\u2060',
            '\uFE0E',
            '\uFE0F',
            '\uFEFF' -> {} // invisible, and left out by many writers
        case '\u2019' -> word.append('\'');
        default -> word.append(text.charAt(i));
      }
    }
    return word.toString();
  }
}
