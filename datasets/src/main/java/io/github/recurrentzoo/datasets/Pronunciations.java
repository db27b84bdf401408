package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How 105,217 English words are pronounced in the United States: for each word its phones.
 *
 * <p>The data is the artifact {@code de.dfki.mary:marytts-lexicon-en_US-cmudict}, made from CMUDICT
 * 0.4; its licence (Centre for Speech Technology Research, University of Edinburgh; the file
 * COPYING in the artifact) permits use without commercial restrictions. A line is {@code
 * word|phones}, the word in small letters, the phones in SAMPA with a blank between them, such as
 * {@code dolly|' d A - l i}: {@code '} marks a stressed syllable and {@code -} stands between two.
 * Each word has one pronunciation.
 *
 * <p>The lexicon has no split of its own. The presets shuffle it by their seed and keep a tenth of
 * the words for the report: {@code PairSplit.bySource(pairs, 0.1, seed)}.
 */
public final class Pronunciations {
  private static final String DATA = "/marytts/language/en_US/lexicon/en_US_lexicon.dict";
  private static final String STRESS_MARK = "'";
  private static final String BORDER = "-";
  private static final List<String> MARKS = List.of(STRESS_MARK, BORDER);

  private Pronunciations() {}

  /** Labels of {@link #syllables}: of a phone that begins no syllable. */
  public static final String INSIDE = "inside";

  /** Of a phone that begins a syllable without stress. */
  public static final String UNSTRESSED = "unstressed";

  /** Of a phone that begins a stressed syllable. */
  public static final String STRESSED = "stressed";

  /**
   * The phones of each word, with a label that tells where syllables begin and which are stressed:
   * 92,177 words with different phones or labels. Words that sound alike are one.
   *
   * @throws IllegalStateException if the data is not on the class path
   */
  public static List<TaggedText> syllables() {
    Set<TaggedText> words = new LinkedHashSet<>();
    for (TextPair pair : read(true)) {
      List<String> phones = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      String next = UNSTRESSED; // a word begins with a syllable
      for (String symbol : pair.target().split(" ", -1)) {
        if (symbol.equals(STRESS_MARK)) {
          next = STRESSED;
        } else if (symbol.equals(BORDER)) {
          next = UNSTRESSED;
        } else {
          phones.add(symbol);
          labels.add(next);
          next = INSIDE;
        }
      }
      words.add(new TaggedText(phones, labels));
    }
    return List.copyOf(words);
  }

  /**
   * Reads the lexicon from the class path.
   *
   * @param marks whether to keep the marks of stress and of syllables; published work on this
   *     dictionary mostly counts the phones alone
   * @return a pair of word and phones each, in the order of the lexicon
   * @throws IllegalStateException if the data is not on the class path
   */
  public static List<TextPair> read(boolean marks) {
    try (InputStream in = Pronunciations.class.getResourceAsStream(DATA)) {
      if (in == null) {
        throw new IllegalStateException(
            "The lexicon is not on the class path. Add the artifact de.dfki.mary:marytts-lexicon-en_US-cmudict:0.1.1.");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<TextPair> pairs = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int bar = line.indexOf('|');
        List<String> phones = new ArrayList<>(List.of(line.substring(bar + 1).split(" ")));
        if (!marks) {
          phones.removeAll(MARKS);
        }
        pairs.add(new TextPair(line.substring(0, bar), String.join(" ", phones)));
      }
      return pairs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
