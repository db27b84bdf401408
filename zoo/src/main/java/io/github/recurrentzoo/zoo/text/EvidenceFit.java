package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * {@link TextEvidence} of training rows, and what it says of each of them.
 *
 * <p>Of a row that it has learned, a linear model is sure beyond all reason, and a network that
 * learned from that would trust it blindly. So the evidence of a training row is that of the other
 * folds: the rows are cut into folds, each with the same share of each class, and a fold is left
 * out before its rows are read. (Stacking: Wolpert 1992.) Smoothing and scale are those with the
 * lowest cross-entropy of this evidence, of naive Bayes alone with priors.
 *
 * @param evidence for rows that were not counted
 * @param inputs of the training rows, in their order, as {@link TextEvidence#of} gives them
 * @param logPriors log of the share of each class, for naive Bayes alone; else zeros
 */
public record EvidenceFit(TextEvidence evidence, List<float[]> inputs, List<Double> logPriors) {
  private static final int FOLDS = 10;
  private static final double[] SMOOTHINGS = {1, 0.3, 0.1, 0.03, 0.01};
  static final int ROWS_TO_CHOOSE = 2000; // smoothing, share and scale
  private static final int SCALES = 40;
  private static final double SMALLEST_SCALE = 0.01;
  private static final double LARGEST_SCALE = 3;

  /**
   * Learns from texts.
   *
   * @param kind not {@link Evidence#NONE}
   * @param words vectors for a regression to read the mean of, if that lowers its loss on the folds
   *     that it has not learned; null for none
   */
  public static EvidenceFit of(Evidence kind, ClassTexts texts, WordMean words, long seed) {
    return switch (kind) {
      case NAIVE_BAYES -> naiveBayes(texts, seed);
      case REGRESSION -> RegressionFit.of(texts, words, seed);
      case BOTH ->
          BlendedEvidence.fit(
              naiveBayes(texts, seed),
              RegressionFit.of(texts, words, seed),
              texts.hasParts() ? RegressionFit.of(texts, Grams.OF_PARTS, null, seed) : null,
              texts.classArray());
      case NONE -> throw new IllegalArgumentException("There is nothing to fit");
    };
  }

  private static EvidenceFit naiveBayes(ClassTexts texts, long seed) {
    Grams grams = texts.grams();
    List<long[]> features = texts.features(grams);
    int[] classOf = texts.classArray();
    int classes = texts.classes();
    WordCounts counts = WordCounts.of(features, classOf, classes, NaiveBayesEvidence.MOST_FEATURES);
    Folds folds = Folds.of(grams, counts, features, classOf, seed);
    double[] logPriors = new double[classes];
    Arrays.stream(classOf).forEach(c -> logPriors[c]++);
    Arrays.setAll(logPriors, c -> Math.log(Math.max(1, logPriors[c]) / classOf.length));
    int step = 1 + classOf.length / ROWS_TO_CHOOSE;
    int[] rows = IntStream.range(0, classOf.length).filter(row -> row % step == 0).toArray();
    int[] expected = Arrays.stream(rows).map(row -> classOf[row]).toArray();
    Candidate best =
        DoubleStream.of(SMOOTHINGS)
            .mapToObj(
                smoothing -> best(folds.perRoot(rows, smoothing), expected, logPriors, smoothing))
            .min(Comparator.comparingDouble(Candidate::loss))
            .orElseThrow();
    List<float[]> inputs =
        IntStream.range(0, classOf.length)
            .mapToObj(
                row ->
                    NaiveBayesEvidence.input(
                        folds.scores(row, best.smoothing),
                        grams.units(features.get(row).length),
                        best.scale))
            .toList();
    return new EvidenceFit(
        new NaiveBayesEvidence(grams, counts, best.smoothing, best.scale),
        inputs,
        DoubleStream.of(logPriors).boxed().toList());
  }

  /** The fold of each row: the rows of each class are dealt out in turn. */
  static int[] foldOf(int[] classOf, int folds, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, classOf.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    order.sort(Comparator.comparingInt(row -> classOf[row]));
    int[] foldOf = new int[classOf.length];
    for (int i = 0; i < foldOf.length; i++) {
      foldOf[order.get(i)] = i % folds;
    }
    return foldOf;
  }

  /**
   * The scale of left-out scores with the lowest mean cross-entropy of softmax(scale scores). Rows
   * whose class no other row has say nothing: the other folds cannot know it.
   */
  static Scaled scaled(double[][] scores, int[] classOf) {
    int[] times = new int[scores[0].length];
    IntStream.of(classOf).forEach(c -> times[c]++);
    int[] known = IntStream.range(0, scores.length).filter(i -> times[classOf[i]] > 1).toArray();
    int[] rows = known.length == 0 ? IntStream.range(0, scores.length).toArray() : known;
    Candidate best =
        best(
            IntStream.of(rows).mapToObj(i -> scores[i]).toArray(double[][]::new),
            IntStream.of(rows).map(i -> classOf[i]).toArray(),
            new double[times.length],
            1);
    return new Scaled(best.scale, best.loss / rows.length);
  }

  /**
   * A factor of scores.
   *
   * @param loss the mean cross-entropy with it
   */
  record Scaled(double scale, double loss) {}

  /** The rows in folds, each with its counts. */
  private static final class Folds {
    private final Grams grams;
    private final WordCounts counts;
    private final List<long[]> features;
    private final int[] foldOf;
    private final WordCounts[] parts;

    private Folds(
        Grams grams, WordCounts counts, List<long[]> features, int[] foldOf, WordCounts[] parts) {
      this.grams = grams;
      this.counts = counts;
      this.features = features;
      this.foldOf = foldOf;
      this.parts = parts;
    }

    static Folds of(
        Grams grams, WordCounts counts, List<long[]> features, int[] classOf, long seed) {
      int[] foldOf = foldOf(classOf, FOLDS, seed);
      WordCounts[] parts = new WordCounts[FOLDS];
      for (int fold = 0; fold < FOLDS; fold++) {
        int each = fold;
        int[] rows =
            IntStream.range(0, classOf.length).filter(row -> foldOf[row] == each).toArray();
        parts[fold] =
            counts.part(
                Arrays.stream(rows).mapToObj(features::get).toList(),
                Arrays.stream(rows).map(row -> classOf[row]).toArray());
      }
      return new Folds(grams, counts, features, foldOf, parts);
    }

    /** As naive Bayes scores a row that it has not counted. */
    double[] scores(int row, double smoothing) {
      return counts.scores(features.get(row), parts[foldOf[row]], smoothing);
    }

    /** The same by the root of the number of words, of some rows. */
    double[][] perRoot(int[] rows, double smoothing) {
      return Arrays.stream(rows)
          .mapToObj(
              row -> {
                double root = Math.sqrt(Math.max(1, grams.units(features.get(row).length)));
                return Arrays.stream(scores(row, smoothing)).map(score -> score / root).toArray();
              })
          .toArray(double[][]::new);
    }
  }

  private record Candidate(double smoothing, double scale, double loss) {}

  /**
   * The scale with the lowest mean cross-entropy of softmax(scale scores + log priors). All rows
   * may be told apart, so that no scale were large enough; so one row more is expected to be wrong
   * than are (Platt 1999).
   */
  private static Candidate best(
      double[][] scores, int[] classOf, double[] logPriors, double smoothing) {
    Candidate best = null;
    for (int step = 0; step < SCALES; step++) {
      double scale =
          SMALLEST_SCALE * Math.pow(LARGEST_SCALE / SMALLEST_SCALE, (double) step / (SCALES - 1));
      double loss = 0;
      for (int i = 0; i < scores.length; i++) {
        loss += crossEntropy(scores[i], scale, logPriors, classOf[i], 1.0 / (scores.length + 2));
      }
      if (best == null || loss < best.loss) {
        best = new Candidate(smoothing, scale, loss);
      }
    }
    return best;
  }

  /**
   * The cross-entropy of softmax(scale scores + log priors).
   *
   * @param others the probability that is expected of all other classes together
   */
  private static double crossEntropy(
      double[] scores, double scale, double[] logPriors, int expected, double others) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scores.length; c++) {
      largest = Math.max(largest, scale * scores[c] + logPriors[c]);
    }
    double sum = 0;
    double mean = 0;
    for (int c = 0; c < scores.length; c++) {
      double logit = scale * scores[c] + logPriors[c];
      sum += Math.exp(logit - largest);
      mean += (c == expected ? 1 - others : others / (scores.length - 1)) * logit;
    }
    return largest + Math.log(sum) - mean;
  }
}
