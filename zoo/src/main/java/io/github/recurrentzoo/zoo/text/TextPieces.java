package io.github.recurrentzoo.zoo.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text of any language into pieces that, put side by side, are the text again: words as they
 * are written, with the blank before them if there is one, signs of punctuation likewise, and ends
 * of lines.
 *
 * <pre>{@code
 * He said: "It's late."   gives   He| said|:| "|It's| late|.|"
 * }</pre>
 *
 * <p>So no rule has to tell where blanks go when text is put together from pieces. The borders are
 * those of Unicode's word segmentation (UAX 29). Blanks at the beginning and end of lines are left
 * out, several blanks or tabs become one, and the text is brought into Unicode's composed form
 * (NFC).
 *
 * <p>Safe for use by many threads.
 */
public final class TextPieces {

  /** The piece that ends a line. */
  public static final String LINE_END = "\n";

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final BreakIterator WORD_BREAKS = BreakIterator.getWordInstance(Locale.ROOT);

  private TextPieces() {}

  /** The pieces of a text, in order; there may be none. */
  public static List<String> cut(String text) {
    String normalized = NFC.normalize(text);
    List<String> pieces = new ArrayList<>();
    BreakIterator breaks = WORD_BREAKS.clone(); // it holds the text that it walks over
    breaks.setText(normalized);
    boolean blank = false;
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String part = normalized.substring(start, end);
      start = end;
      if (!part.isBlank()) {
        String word = part.strip(); // a combining mark takes the blank before it along
        blank |= !part.startsWith(word);
        pieces.add(blank && !isLineStart(pieces) ? " " + word : word);
        blank = false;
      } else if (part.chars().anyMatch(c -> c == '\n' || c == '\r')) {
        pieces.add(LINE_END);
        blank = false;
      } else {
        blank = true;
      }
    }
    return pieces;
  }

  private static boolean isLineStart(List<String> pieces) {
    return pieces.isEmpty() || pieces.get(pieces.size() - 1).equals(LINE_END);
  }
}
