package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns words into what a {@link SequenceTagging} network reads of them.
 *
 * @param vocabulary words in lower case
 * @param buckets of each kind of affix; 0 if affixes are not read
 * @param vectors word vectors; empty if none are read
 * @param maxLength the number of words that are read at once
 */
record TagEncoder(
    Vocabulary vocabulary, int buckets, Optional<VectorTable> vectors, int maxLength) {
  private static final int MOST_CONTEXT = 25;

  /** As an entry asks for. */
  static TagEncoder of(SequenceTagging entry, Vocabulary vocabulary) {
    return new TagEncoder(
        vocabulary,
        entry.affixes() ? entry.affixBuckets() : 0,
        entry.englishVectors() ? Optional.of(VectorTable.english()) : Optional.empty(),
        entry.maxLength());
  }

  /** The size of a word vector that is read; 0 for none. */
  int vectorSize() {
    return vectors.map(VectorTable::size).orElse(0);
  }

  /** The same with other words. */
  TagEncoder with(Vocabulary words) {
    return new TagEncoder(words, buckets, vectors, maxLength);
  }

  /** What is read of a word. */
  static final class Word {
    private final int id;
    private final int[] affixes;
    private final float[] vector;

    /**
     * A word.
     *
     * @param affixes buckets in the order of {@link Affix}; empty if they are not read
     * @param vector null for a word without one
     */
    Word(int id, int[] affixes, float[] vector) {
      this.id = id;
      this.affixes = affixes;
      this.vector = vector;
    }

    /** The number of affixes that are read. */
    int affixes() {
      return affixes.length;
    }

    /** The bucket of affix k. */
    int affix(int k) {
      return affixes[k];
    }

    /** Null for a word without one; shared, never changed. */
    float[] vector() {
      return vector;
    }
  }

  /** Words in lower case and plain spelling, as vocabularies count them. */
  static List<String> lower(List<String> words) {
    return words.stream().map(word -> Spelling.lower(Spelling.plain(word))).toList();
  }

  private Word word(String written) {
    String plain = Spelling.plain(written);
    String lower = Spelling.lower(plain);
    int[] affixes =
        buckets == 0
            ? new int[0]
            : Stream.of(Affix.values()).mapToInt(affix -> affix.bucket(plain, buckets)).toArray();
    return new Word(
        vocabulary.id(lower), affixes, vectors.map(table -> table.vector(lower)).orElse(null));
  }

  /** A part of a sentence that is read at once. */
  static final class Piece {
    private final int sentence;
    private final int from;
    private final Word[] words;
    private final int[] ids;
    private final int answeredFrom;
    private final int answeredTo;

    private Piece(int sentence, int from, Word[] words, int answeredFrom, int answeredTo) {
      this.sentence = sentence;
      this.from = from;
      this.words = words;
      this.ids = Stream.of(words).mapToInt(word -> word.id).toArray();
      this.answeredFrom = answeredFrom;
      this.answeredTo = answeredTo;
    }

    /** The index of the sentence. */
    int sentence() {
      return sentence;
    }

    /** The index of the part's first word in the sentence. */
    int from() {
      return from;
    }

    /** The number of words, T. */
    int size() {
      return words.length;
    }

    Word word(int t) {
      return words[t];
    }

    /** The ids of the words; shared, never changed. */
    int[] ids() {
      return ids;
    }

    /** The first word of the part that it answers for; those before are context. */
    int answeredFrom() {
      return answeredFrom;
    }

    /** Behind the last word that it answers for. */
    int answeredTo() {
      return answeredTo;
    }
  }

  /** Pieces to learn from: each word is in one of them. */
  List<Piece> toLearn(List<List<String>> sentences) {
    return pieces(sentences, 0);
  }

  /** Pieces to ask for, with context where a sentence is cut. */
  List<Piece> toAsk(List<List<String>> sentences) {
    return pieces(sentences, Math.min(MOST_CONTEXT, maxLength / 4));
  }

  private List<Piece> pieces(List<List<String>> sentences, int context) {
    Map<String, Word> known = new HashMap<>();
    List<Piece> pieces = new ArrayList<>();
    for (int s = 0; s < sentences.size(); s++) {
      List<String> sentence = sentences.get(s);
      int size = sentence.size();
      if (size > 0 && size <= maxLength) {
        pieces.add(piece(s, sentence, 0, size, 0, size, known));
        continue;
      }
      int step = maxLength - 2 * context;
      for (int from = 0; from < size; from += step) {
        int to = Math.min(size, from + step);
        int begin = Math.max(0, from - context);
        int end = Math.min(size, to + context);
        pieces.add(piece(s, sentence, begin, end, from - begin, to - begin, known));
      }
    }
    return pieces;
  }

  private Piece piece(
      int index,
      List<String> sentence,
      int from,
      int to,
      int answeredFrom,
      int answeredTo,
      Map<String, Word> known) {
    Word[] words = new Word[to - from];
    for (int t = 0; t < words.length; t++) {
      words[t] = known.computeIfAbsent(sentence.get(from + t), this::word);
    }
    return new Piece(index, from, words, answeredFrom, answeredTo);
  }
}
