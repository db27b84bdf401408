package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.TextEvidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordMean;
import io.github.recurrentzoo.zoo.text.WordSegmenter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns a text into the token ids that the network reads: the ids of its first words, at most
 * {@code maxLength}; one unknown token for a text without any word.
 *
 * @param evidence what the network reads beside the ids, of all words of a text; null for a network
 *     that reads ids only
 */
record TextEncoder(TextUnit unit, Vocabulary vocabulary, int maxLength, TextEvidence evidence) {

  /**
   * The encoder whose vocabulary has the most frequent words of the texts; all of them where none
   * comes so often as the entry asks for.
   */
  static TextEncoder of(List<String> texts, TextClassification entry) {
    TextUnit unit = entry.unit();
    Vocabulary vocabulary =
        Vocabulary.of(words(unit, texts), entry.vocabularySize(), entry.minCount());
    if (vocabulary.words().isEmpty()) {
      vocabulary = Vocabulary.of(words(unit, texts), entry.vocabularySize());
    }
    return new TextEncoder(unit, vocabulary, entry.maxLength(), null);
  }

  /** The encoder of a network that reads this evidence, too. */
  TextEncoder with(TextEvidence counted) {
    return new TextEncoder(unit, vocabulary, maxLength, counted);
  }

  /** The encoder that knows these words. */
  TextEncoder with(Vocabulary words) {
    return new TextEncoder(unit, words, maxLength, evidence);
  }

  /** The encoder that knows these words, and whose evidence reads their vectors. */
  TextEncoder with(Vocabulary words, WordMean means) {
    return new TextEncoder(unit, words, maxLength, evidence == null ? null : evidence.with(means));
  }

  /** What the network reads of texts. */
  TextInputs inputs(List<String> texts) {
    return new TextInputs(
        texts.stream().map(this::ids).toList(),
        evidence == null ? List.of() : texts.stream().map(evidence::of).toList());
  }

  /** The encoder that knows more words: the most frequent ones of the texts that it lacks. */
  TextEncoder extended(List<String> texts, int newWords) {
    return new TextEncoder(
        unit, vocabulary.extended(words(unit, texts), newWords), maxLength, evidence);
  }

  /** Words are cut when they are asked for: those of all texts would take too much memory. */
  static Iterable<List<String>> words(TextUnit unit, List<String> texts) {
    return () -> texts.stream().map(unit::cut).iterator();
  }

  /**
   * What becomes of a text's words.
   *
   * @param words that are read
   * @param unknown those of them that are not in the vocabulary
   * @param unread those behind the maximal length
   */
  record Reading(int words, int unknown, int unread) {}

  Reading reading(String text) {
    List<String> words = unit.cut(text);
    List<String> read = words.subList(0, Math.min(words.size(), maxLength));
    int unknown = 0;
    for (String word : read) {
      unknown += vocabulary.id(word) == Vocabulary.UNKNOWN ? 1 : 0;
    }
    return new Reading(read.size(), unknown, words.size() - read.size());
  }

  int[] ids(String text) {
    Objects.requireNonNull(text, "The text is null; expected a text, which may be empty.");
    List<String> words = unit.cut(text);
    if (words.isEmpty()) {
      return new int[] {Vocabulary.UNKNOWN};
    }
    return vocabulary.ids(words.subList(0, Math.min(words.size(), maxLength)));
  }

  /**
   * The words that {@link #ids} stands for, and where they are; none where it is one for no word.
   */
  List<WordSegmenter.Span> spans(String text) {
    List<WordSegmenter.Span> spans = unit.spans(text);
    return spans.subList(0, Math.min(spans.size(), maxLength));
  }

  /**
   * The part of the evidence that is each read word's; null for a network that reads none.
   *
   * @param steps the number of tokens; one without a word has no part
   */
  float[][] evidenceParts(String text, int steps) {
    if (evidence == null) {
      return null;
    }
    float[][] parts = Arrays.copyOf(evidence.parts(unit.cut(text)), steps);
    for (int t = 0; t < steps; t++) {
      parts[t] = parts[t] == null ? new float[evidence.of("").length] : parts[t];
    }
    return parts;
  }

  /** Labelled rows as a network reads them. */
  TokenRows rows(List<LabeledText> rows, List<String> labels) {
    return new TokenRows(
        inputs(rows.stream().map(LabeledText::text).toList()), classes(rows, labels));
  }

  /** The index of each row's label. */
  static int[] classes(List<LabeledText> rows, List<String> labels) {
    Map<String, Integer> indices = new HashMap<>();
    labels.forEach(label -> indices.put(label, indices.size()));
    int[] classes = new int[rows.size()];
    for (int i = 0; i < classes.length; i++) {
      Integer index = indices.get(rows.get(i).label());
      if (index == null) {
        throw new DataException(
            "Row "
                + (i + 1)
                + " has the label \""
                + rows.get(i).label()
                + "\", which the classifier has never seen; it knows "
                + labels
                + ". Correct the label, remove the row, or train with rows of this label.");
      }
      classes[i] = index;
    }
    return classes;
  }
}
