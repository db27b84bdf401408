package io.github.recurrentzoo.zoo.text;

import java.nio.ByteBuffer;
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
 * sum_f n_fc, V the number of features, n the number of the text's words; a smooths. Log
 * probabilities of naive Bayes are far too sure of themselves, as it takes words for independent: r
 * makes probabilities of them, see {@link EvidenceFit}.
 *
 * <p>A feature is known by 64 bits of its hash; two that share them are one. Immutable.
 */
public final class WordEvidence implements TextEvidence {
  /** The most frequent ones are kept; a model file holds some ten bytes of each. */
  static final int MOST_FEATURES = 400_000;

  private static final WordSegmenter SEGMENTER = new WordSegmenter();
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final WordCounts counts;
  private final double smoothing;
  private final double scale;

  /**
   * Evidence of counts.
   *
   * @param smoothing a
   * @param scale r
   */
  WordEvidence(WordCounts counts, double smoothing, double scale) {
    this.counts = counts;
    this.smoothing = smoothing;
    this.scale = scale;
  }

  /** This evidence times a factor. */
  WordEvidence times(double factor) {
    return new WordEvidence(counts, smoothing, factor * scale);
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
   * @throws IllegalArgumentException if its parts do not fit together
   */
  public static WordEvidence of(Entry entry) {
    if (!(entry.smoothing() > 0 && entry.smoothing() < 1e6) || !(Math.abs(entry.scale()) < 1e6)) {
      throw new IllegalArgumentException(
          "smoothing %s and scale %s".formatted(entry.smoothing(), entry.scale()));
    }
    return new WordEvidence(
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

  /** The words of a text. */
  static List<String> words(String text) {
    return SEGMENTER.words(text);
  }

  /** The features of a text: its words, and from n on the pairs of neighbours. */
  static long[] features(String text) {
    return features(words(text));
  }

  /** Of n words, 2n - 1 features: word t is feature t, the pair of words t and t + 1 n + t. */
  static long[] features(List<String> words) {
    int n = words.size();
    if (n == 0) {
      return new long[0];
    }
    long[] features = new long[2 * n - 1];
    for (int t = 0; t < n; t++) {
      features[t] = hash(FNV_START, words.get(t));
    }
    for (int t = 0; t + 1 < n; t++) {
      features[n + t] = hash(hash(hash(FNV_START, words.get(t)), " "), words.get(t + 1));
    }
    return features;
  }

  /** FNV-1a over the chars of a word. */
  private static long hash(long start, String word) {
    long hash = start;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public float[] of(String text) {
    long[] features = features(text);
    double[] scores = counts.scores(features, null, smoothing);
    return input(scores, words(features.length), scale);
  }

  /** How many words have so many features. */
  static int words(int features) {
    return (features + 1) / 2;
  }

  /** Log probabilities as the network reads them. */
  static float[] input(double[] scores, int words, double scale) {
    return TextEvidence.input(scores, scale / Math.sqrt(Math.max(1, words)));
  }

  /** The sum over the words is the evidence of the text. */
  @Override
  public float[][] parts(List<String> words) {
    long[] features = features(words);
    int n = words.size();
    float[][] parts = new float[n][];
    for (int t = 0; t < n; t++) {
      double[] scores = counts.scores(new long[] {features[t]}, null, smoothing);
      for (int pair = Math.max(0, t - 1); pair <= Math.min(t, n - 2); pair++) {
        double[] both = counts.scores(new long[] {features[n + pair]}, null, smoothing);
        for (int c = 0; c < scores.length; c++) {
          scores[c] += both[c] / 2;
        }
      }
      parts[t] = input(scores, n, scale);
    }
    return parts;
  }

  /** Numbers as bytes, big-endian. */
  static byte[] bytes(long[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length);
    bytes.asLongBuffer().put(numbers);
    return bytes.array();
  }
}
