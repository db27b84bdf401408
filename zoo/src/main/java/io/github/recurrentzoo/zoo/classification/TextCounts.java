package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much of some texts a classifier reads and knows.
 *
 * @param unit what counts as a word here
 * @param texts how many
 * @param maxLength how many words of a text the classifier reads
 * @param cut texts that are longer, whose end is not read
 * @param words that are read
 * @param unknownWords those of them that are not in the vocabulary
 * @param withoutKnownWord texts of which no word that is read is in the vocabulary; answers to them
 *     are guesses
 */
public record TextCounts(
    TextUnit unit,
    int texts,
    int maxLength,
    int cut,
    long words,
    long unknownWords,
    int withoutKnownWord) {

  static TextCounts of(TextEncoder encoder, List<String> texts) {
    int cut = 0;
    long words = 0;
    long unknown = 0;
    int without = 0;
    for (String text : texts) {
      TextEncoder.Reading reading = encoder.reading(text);
      cut += reading.unread() > 0 ? 1 : 0;
      words += reading.words();
      unknown += reading.unknown();
      without += reading.words() == reading.unknown() ? 1 : 0;
    }
    return new TextCounts(
        encoder.unit(), texts.size(), encoder.maxLength(), cut, words, unknown, without);
  }

  /** As an object of JSON, by the names of the components. */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "texts", texts,
        "maxLength", maxLength,
        "cut", cut,
        "words", words,
        "unknownWords", unknownWords,
        "withoutKnownWord", withoutKnownWord);
  }

  /** A sentence or two for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d of %,d %s unknown (%.1f %%)",
            unknownWords,
            words,
            unit.inWords(),
            words == 0 ? 0 : 100.0 * unknownWords / words));
    if (withoutKnownWord > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %,d %s without a known %s %s",
              withoutKnownWord,
              withoutKnownWord == 1 ? "text" : "texts",
              unit == TextUnit.WORDS ? "word" : "character",
              withoutKnownWord == 1 ? "is a guess" : "are guesses"));
    }
    if (cut > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %,d of %,d texts (%.1f %%) cut after %,d %s",
              cut,
              texts,
              100.0 * cut / texts,
              maxLength,
              unit.inWords()));
    }
    return text.toString();
  }
}
