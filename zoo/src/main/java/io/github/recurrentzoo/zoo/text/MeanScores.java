package io.github.recurrentzoo.zoo.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The part of {@link RegressionEvidence} that the mean of word vectors has.
 *
 * <pre>
 * s_u = a_u + sum_d w_du m_d          for a text of which a word has a vector; else 0
 * </pre>
 *
 * m is the mean of the vectors of the text's words. So s_u is the mean of scores of the words, a_u
 * + sum_d w_du v_d, which are computed once. Immutable.
 */
public final class MeanScores {
  /** No more scores, of words times units, are kept in memory. */
  static final int MOST_SCORES = 10_000_000;

  private final float[][] weights; // [dimensions][units]
  private final float[] offset; // a
  private final Vocabulary vocabulary;
  private final float[][] scores; // by id; null for a word without a vector

  /**
   * Computes the scores of all words.
   *
   * @param weights [dimensions][units]
   * @param offset of the units
   */
  MeanScores(float[][] weights, float[] offset, WordMean means) {
    this.weights = weights;
    this.offset = offset;
    this.vocabulary = means.vocabulary();
    this.scores =
        IntStream.range(0, vocabulary.size())
            .parallel()
            .mapToObj(id -> means.vector(id) == null ? null : score(means.vector(id)))
            .toArray(float[][]::new);
  }

  private float[] score(float[] vector) {
    if (vector.length != weights.length) {
      throw new IllegalArgumentException(
          "weights of %d dimensions, vectors of %d".formatted(weights.length, vector.length));
    }
    float[] score = offset.clone();
    for (int d = 0; d < vector.length; d++) {
      for (int u = 0; u < score.length; u++) {
        score[u] += vector[d] * weights[d][u];
      }
    }
    return score;
  }

  /** The same weights on other words. */
  MeanScores with(WordMean means) {
    return new MeanScores(weights, offset, means);
  }

  /** The share of each word in the mean, [words][units]; null for a word without a vector. */
  double[][] parts(List<String> words) {
    double[][] parts = new double[words.size()][];
    int known = 0;
    for (int t = 0; t < parts.length; t++) {
      float[] score = scores[vocabulary.id(words.get(t))];
      if (score != null) {
        parts[t] = IntStream.range(0, score.length).mapToDouble(u -> score[u]).toArray();
        known++;
      }
    }
    for (double[] part : parts) {
      for (int u = 0; part != null && u < part.length; u++) {
        part[u] /= known;
      }
    }
    return parts;
  }

  /** As a model file holds it; the weights are bytes in base 64. */
  public record Entry(int dimension, List<Float> offset, String weights) {}

  Entry entry() {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * weights.length * offset.length);
    for (float[] row : weights) {
      for (float weight : row) {
        bytes.putFloat(weight);
      }
    }
    List<Float> offsets = new ArrayList<>();
    for (float each : offset) {
      offsets.add(each);
    }
    return new Entry(weights.length, offsets, Base64.getEncoder().encodeToString(bytes.array()));
  }

  /**
   * The scores of an entry.
   *
   * @throws IllegalArgumentException if its parts do not fit together, or to the vectors
   */
  static MeanScores of(Entry entry, int units, WordMean means) {
    if (entry.offset() == null || entry.weights() == null || entry.offset().size() != units) {
      throw new IllegalArgumentException("the mean of the vectors lacks weights or offsets");
    }
    byte[] bytes = Base64.getDecoder().decode(entry.weights());
    if (entry.dimension() < 1 || bytes.length != (long) Float.BYTES * entry.dimension() * units) {
      throw new IllegalArgumentException(
          "%d bytes of weights for %d dimensions and %d units"
              .formatted(bytes.length, entry.dimension(), units));
    }
    if ((long) means.vocabulary().size() * units > MOST_SCORES) {
      throw new IllegalArgumentException(
          "%d words times %d units".formatted(means.vocabulary().size(), units));
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    float[][] weights = new float[entry.dimension()][units];
    for (float[] row : weights) {
      for (int u = 0; u < units; u++) {
        row[u] = checked(numbers.getFloat());
      }
    }
    float[] offset = new float[units];
    for (int u = 0; u < units; u++) {
      Float each = entry.offset().get(u);
      offset[u] = checked(each == null ? Float.NaN : each);
    }
    return new MeanScores(weights, offset, means);
  }

  private static float checked(float weight) {
    if (!(Math.abs(weight) < 1e6)) {
      throw new IllegalArgumentException("a weight of the mean is " + weight);
    }
    return weight;
  }
}
