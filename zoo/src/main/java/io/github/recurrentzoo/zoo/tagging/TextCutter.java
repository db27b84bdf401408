package io.github.recurrentzoo.zoo.tagging;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts a text into sentences of words, punctuation included.
 *
 * <p>Borders of words are Unicode's (UAX 29, with dictionaries for scripts without blanks). Then a
 * hyphen joins what it stands between, signs that repeat are one word ("..."), and a period belongs
 * to the word before it if the model knows that word so ("Mr."), or if it holds a period or is a
 * single capital ("U.S.", "J."). A sentence ends behind a period, an exclamation mark or a question
 * mark with the quotes and brackets that close behind it, and at a blank line; behind three dots
 * only if a capital follows.
 */
final class TextCutter {
  private static final BreakIterator WORD_BREAKS = BreakIterator.getWordInstance(Locale.ROOT);
  private static final String ENDS = ".!?\u2026\u3002\uFF01\uFF1F";
  private static final Set<String> TRAILING = Set.of("...", "\u2026");
  private static final Set<String> CLOSING =
      Set.of("\"", "'", "''", "\u201D", "\u2019", "\u00BB", ")", "]");

  private final String text;
  private final Predicate<String> known;

  private TextCutter(String text, Predicate<String> known) {
    this.text = text;
    this.known = known;
  }

  /** Where a word is: from start to before end. */
  record Place(int start, int end) {}

  /**
   * The words of each sentence.
   *
   * @param known whether the model knows a word in lower case
   */
  static List<List<Place>> cut(String text, Predicate<String> known) {
    TextCutter cutter = new TextCutter(text, known);
    return cutter.sentences(cutter.words());
  }

  private List<Place> words() {
    BreakIterator breaks = WORD_BREAKS.clone();
    breaks.setText(text);
    List<Place> words = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      Place next = new Place(start, end);
      start = end;
      if (!word(next).isBlank()) {
        Place last = words.isEmpty() ? null : words.get(words.size() - 1);
        if (last != null && last.end() == next.start() && joined(last, next)) {
          words.set(words.size() - 1, new Place(last.start(), next.end()));
        } else {
          words.add(next);
        }
      }
    }
    return words;
  }

  private String word(Place place) {
    return text.substring(place.start(), place.end());
  }

  private boolean joined(Place before, Place after) {
    // No copies of words here: a run of signs, joined one by one, may be long.
    int first = text.codePointAt(before.start());
    int last = text.codePointBefore(before.end());
    int next = text.codePointAt(after.start());
    boolean single = after.end() - after.start() == 1;
    if (Character.isLetterOrDigit(last)) {
      if (single && next == '-') { // only between two words: "well-" is closed by the next one
        return after.end() < text.length()
            && Character.isLetterOrDigit(text.codePointAt(after.end()));
      }
      return single && next == '.' && withPeriod(word(before));
    }
    if (last == '-' && Character.isLetterOrDigit(first)) {
      return Character.isLetterOrDigit(next);
    }
    boolean sign = !Character.isLetterOrDigit(next) && !Character.isWhitespace(next);
    return sign && last == next && first == last;
  }

  private boolean withPeriod(String word) {
    boolean capital = Character.isUpperCase(word.codePointAt(0));
    return word.indexOf('.') > 0
        || (capital && word.codePointCount(0, word.length()) == 1 && !word.equals("I"))
        || (capital && known.test(Spelling.lower(Spelling.plain(word)) + "."));
  }

  private static boolean isEnd(String word) {
    return word.codePoints().allMatch(c -> ENDS.indexOf(c) >= 0);
  }

  private List<List<Place>> sentences(List<Place> words) {
    List<List<Place>> sentences = new ArrayList<>();
    List<Place> sentence = new ArrayList<>();
    boolean ended = false;
    boolean trails = false;
    int end = 0;
    for (Place place : words) {
      String word = word(place);
      boolean closes = ended && place.start() == end && (CLOSING.contains(word) || isEnd(word));
      boolean blankLine =
          text.substring(end, place.start()).codePoints().filter(c -> c == '\n').count() > 1;
      boolean goesOn = trails && !Character.isUpperCase(word.codePointAt(0));
      if (!sentence.isEmpty() && ((ended && !closes && !goesOn) || blankLine)) {
        sentences.add(sentence);
        sentence = new ArrayList<>();
      }
      sentence.add(place);
      ended = closes || isEnd(word);
      trails = TRAILING.contains(word);
      end = place.end();
    }
    if (!sentence.isEmpty()) {
      sentences.add(sentence);
    }
    return sentences;
  }
}
