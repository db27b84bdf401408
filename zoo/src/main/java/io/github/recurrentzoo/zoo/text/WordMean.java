package io.github.recurrentzoo.zoo.text;

import java.util.List;

/**
 * The mean of the vectors of a text's words: what it is about, if not in which order. Immutable;
 * the vectors are not copied.
 */
public final class WordMean {
  private final Vocabulary vocabulary;
  private final float[][] vectors; // null for an id that has none

  private WordMean(Vocabulary vocabulary, float[][] vectors) {
    this.vocabulary = vocabulary;
    this.vectors = vectors;
  }

  /**
   * Of the words of a vocabulary.
   *
   * @param rows a vector by id; one of zeros, as a network has it for words without a vector, is
   *     none
   */
  public static WordMean of(Vocabulary vocabulary, float[][] rows) {
    float[][] vectors = new float[vocabulary.size()][];
    for (int id = 0; id < vectors.length; id++) {
      vectors[id] = isZero(rows[id]) ? null : rows[id];
    }
    return new WordMean(vocabulary, vectors);
  }

  private static boolean isZero(float[] vector) {
    for (float number : vector) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }

  /** The mean over the words that have a vector; null where none has. */
  double[] of(List<String> words) {
    double[] sum = null;
    int known = 0;
    for (String word : words) {
      float[] vector = vectors[vocabulary.id(word)];
      if (vector != null) {
        sum = sum == null ? new double[vector.length] : sum;
        for (int d = 0; d < sum.length; d++) {
          sum[d] += vector[d];
        }
        known++;
      }
    }
    for (int d = 0; sum != null && d < sum.length; d++) {
      sum[d] /= known;
    }
    return sum;
  }

  /** The words. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The vector of an id; null if it has none. */
  float[] vector(int id) {
    return vectors[id];
  }
}
