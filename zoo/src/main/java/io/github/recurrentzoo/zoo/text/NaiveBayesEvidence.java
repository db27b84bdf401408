package io.github.recurrentzoo.zoo.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * {@link TextEvidence} of multinomial naive Bayes without the prior, of a size that does not grow
 * with the text.
 *
 * <pre>
 * s_c = sum_f n_f log( (n_fc + a) / (n_c + a V) )        over features f that were counted
 * evidence_c = r (s_c - mean_k s_k) / sqrt(n)            for two classes only r (s_1 - s_0) / sqrt(n)
 * </pre>
 *
 * n_f is how often the feature is in the text, n_fc how often it was counted in class c, n_c =
 * sum_f n_fc, V the number of features, n the number of the text's words (or characters, see {@link
 * Grams}); a smooths. Log probabilities of naive Bayes are far too sure of themselves, as it takes
 * words for independent: r makes probabilities of them, see {@link EvidenceFit}.
 *
 * <p>Two features that share the 64 bits of a hash are one. Immutable.
 */
public final class NaiveBayesEvidence implements TextEvidence {
  /** The most frequent ones are kept; a model file holds some ten bytes of each. */
  static final int MOST_FEATURES = 400_000;

  private final Grams grams;
  private final WordCounts counts;
  private final double smoothing;
  private final double scale;

  /**
   * Evidence of counts.
   *
   * @param grams what is counted
   * @param smoothing a
   * @param scale r
   */
  NaiveBayesEvidence(Grams grams, WordCounts counts, double smoothing, double scale) {
    this.grams = grams;
    this.counts = counts;
    this.smoothing = smoothing;
    this.scale = scale;
  }

  /** This evidence times a factor. */
  NaiveBayesEvidence times(double factor) {
    return new NaiveBayesEvidence(grams, counts, smoothing, factor * scale);
  }

  /** As a model file holds it; bytes are in base 64. */
  public record Entry(
      int classes, double smoothing, double scale, String features, String counts) {}

  @Override
  public Entry entry() {
    return new Entry(
        counts.classes(),
        smoothing,
        scale,
        base64(counts.featureBytes()),
        base64(counts.countBytes()));
  }

  /**
   * The evidence of an entry.
   *
   * @param unit of what it counts
   * @throws IllegalArgumentException if its parts do not fit together
   */
  public static NaiveBayesEvidence of(Entry entry, TextUnit unit) {
    if (!(entry.smoothing() > 0 && entry.smoothing() < 1e6) || !(Math.abs(entry.scale()) < 1e6)) {
      throw new IllegalArgumentException(
          "smoothing %s and scale %s".formatted(entry.smoothing(), entry.scale()));
    }
    return new NaiveBayesEvidence(
        Grams.of(unit),
        WordCounts.of(entry.classes(), bytes(entry.features()), bytes(entry.counts())),
        entry.smoothing(),
        entry.scale());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    if (base64 == null) {
      throw new IllegalArgumentException("it lacks features or counts");
    }
    return Base64.getDecoder().decode(base64);
  }

  @Override
  public int classes() {
    return counts.classes();
  }

  @Override
  public float[] of(String text) {
    long[] features = grams.features(text);
    return input(counts.scores(features, null, smoothing), grams.units(features.length), scale);
  }

  /** Log probabilities as the network reads them. */
  static float[] input(double[] scores, int units, double scale) {
    return TextEvidence.input(scores, scale / Math.sqrt(Math.max(1, units)));
  }

  /** The sum over the words is the evidence of the text. */
  @Override
  public float[][] parts(List<String> units) {
    long[] features = grams.features(units);
    int[][] places = grams.places(units);
    double[][] scores = new double[units.size()][counts.classes()];
    for (int place = 0; place < features.length; place++) {
      double[] each = counts.scores(new long[] {features[place]}, null, smoothing);
      for (int t : places[place]) {
        for (int c = 0; c < each.length; c++) {
          scores[t][c] += each[c] / places[place].length;
        }
      }
    }
    return Arrays.stream(scores)
        .map(each -> input(each, scores.length, scale))
        .toArray(float[][]::new);
  }

  /** Numbers as bytes, big-endian. */
  static byte[] bytes(long[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length);
    bytes.asLongBuffer().put(numbers);
    return bytes.array();
  }
}
