package io.github.recurrentzoo.zoo.text;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Word vectors that others have learned from much text, for a network to begin with: it knows then
 * which words are alike, and from few rows it learns more.
 *
 * <pre>{@code
 * TextClassification.builder().embeddings(EmbeddingSource.english()).build();
 * TextClassification.builder().embeddings(EmbeddingSource.of(Path.of("cc.de.300.vec.gz"))).build();
 * }</pre>
 *
 * <p>Immutable, safe for use by many threads.
 */
public abstract sealed class EmbeddingSource permits VectorFile, EnglishVectors {
  /** The share of a text's words that {@link #englishFor} asks for. */
  public static final double ENOUGH = 0.6;

  EmbeddingSource() {}

  /**
   * The zoo's own English vectors: GloVe 6B (Wikipedia 2014 and Gigaword 5; Pennington, Socher and
   * Manning 2014), 100 dimensions, the 50,000 most frequent words, at 8 bits a number. They are in
   * the artifact recurrent-zoo-pretrained.
   *
   * @throws ModelFileException if the artifact is not on the class path, or the file is not the one
   *     that belongs to it
   */
  public static EmbeddingSource english() {
    return EnglishVectors.get()
        .orElseThrow(
            () ->
                new ModelFileException(
                    "There are no English word vectors on the class path. Add the artifact io.github.recurrentzoo:recurrent-zoo-pretrained, of the same version as recurrent-zoo, or name a file of vectors."));
  }

  /**
   * The zoo's English vectors where they help: if they know at least {@link #ENOUGH} of the words
   * of some texts (each as often as it comes); empty if they do not, or if the artifact
   * recurrent-zoo-pretrained is not on the class path.
   */
  public static Optional<EmbeddingSource> englishFor(Iterable<String> texts) {
    return EnglishVectors.get()
        .<EmbeddingSource>map(english -> english)
        .filter(english -> english.coverage(texts).share() >= ENOUGH);
  }

  /**
   * A text file as GloVe, word2vec (text format) and fastText (.vec) write it, plain or packed by
   * gzip: a line per word, first the word, then its numbers, parted by blanks; a first line of two
   * integers, the numbers of words and of dimensions, may stand before. Words are compared in lower
   * case; a word that the file has in lower case goes before one in capitals, else the first one
   * counts.
   *
   * <p>Only the first lines are read now; {@link #vectors} reads the file to its end.
   *
   * @throws DataException if the file is missing, or its first word has no vector
   */
  public static EmbeddingSource of(Path file) {
    return VectorFile.open(file);
  }

  /** What it is called: {@code english}, or the name of the file. */
  public abstract String name();

  /** The number of numbers of a vector. */
  public abstract int dimension();

  /**
   * The vectors of words, and of others.
   *
   * @param wanted words as {@link WordSegmenter} gives them
   * @param others of how many words that are not wanted the vectors are taken as well: those that
   *     come first, which are the most frequent ones, and which {@link WordSegmenter} may give
   * @return by the word; those that there are
   * @throws DataException if a line of the file cannot be read; the message names it
   */
  public abstract Map<String, float[]> vectors(Set<String> wanted, int others);

  /**
   * How many words of some texts have a vector.
   *
   * @param words all words, each as often as it comes
   * @param known those that have a vector
   */
  public record Coverage(long words, long known) {

    /** known / words; 0 if there are no words. */
    public double share() {
      return words == 0 ? 0 : (double) known / words;
    }
  }

  /** Counts the words of texts, and those of them that have a vector here. */
  public Coverage coverage(Iterable<String> texts) {
    WordSegmenter segmenter = new WordSegmenter();
    Map<String, Long> counts = new HashMap<>();
    for (String text : texts) {
      segmenter.words(text).forEach(word -> counts.merge(word, 1L, Long::sum));
    }
    Set<String> known = known(counts.keySet());
    return new Coverage(
        counts.values().stream().mapToLong(Long::longValue).sum(),
        known.stream().mapToLong(counts::get).sum());
  }

  /** Those of the words that have a vector. */
  Set<String> known(Set<String> words) {
    return vectors(words, 0).keySet();
  }
}
