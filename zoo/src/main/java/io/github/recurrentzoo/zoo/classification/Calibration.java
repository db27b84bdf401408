package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.report.JsonTree;
import java.util.Map;

/**
 * How far probabilities may be trusted, and the one number that mends them.
 *
 * <pre>
 * p'_c = p_c^(1/t) / sum_k p_k^(1/t)
 * </pre>
 *
 * which divides the logits of a softmax (or a sigmoid) by the temperature t. It changes no answer.
 * Source: Guo et al., On calibration of modern neural networks, 2017.
 *
 * @param temperature t, chosen by the loss of the validation rows; 1 leaves probabilities as they
 *     are
 * @param before the expected calibration error on the validation rows without it
 * @param after with it
 */
record Calibration(double temperature, double before, double after) {
  static final Calibration NONE = new Calibration(1, Double.NaN, Double.NaN);

  /** With fewer rows, the error is mostly chance. */
  static final int LEAST_ROWS = 100;

  private static final int BINS = 10;
  private static final double LOWEST = Math.log(0.2);
  private static final double HIGHEST = Math.log(5);
  private static final double SMALLEST_PROBABILITY = 1e-12;

  /**
   * The temperature with the lowest loss on validation rows, if their expected calibration error is
   * lower with it; else none.
   */
  static Calibration fit(double[][] probabilities, int[] expected) {
    if (expected.length < LEAST_ROWS) {
      return NONE;
    }
    double low = LOWEST;
    double high = HIGHEST;
    while (high - low > 1e-3) { // the loss has one minimum in t
      double third = (high - low) / 3;
      double left = loss(probabilities, expected, Math.exp(low + third));
      double right = loss(probabilities, expected, Math.exp(high - third));
      if (left < right) {
        high -= third;
      } else {
        low += third;
      }
    }
    double temperature = Math.exp((low + high) / 2);
    double before = error(probabilities, expected);
    double after = error(scaled(probabilities, temperature), expected);
    return after < before ? new Calibration(temperature, before, after) : NONE;
  }

  private static double loss(double[][] probabilities, int[] expected, double temperature) {
    double loss = 0;
    for (int i = 0; i < expected.length; i++) {
      double right = scaled(probabilities[i], temperature)[expected[i]];
      loss -= Math.log(Math.max(right, SMALLEST_PROBABILITY));
    }
    return loss;
  }

  /** The probabilities of rows at this temperature. */
  double[][] applied(double[][] probabilities) {
    return temperature == 1 ? probabilities : scaled(probabilities, temperature);
  }

  private static double[][] scaled(double[][] probabilities, double temperature) {
    double[][] all = new double[probabilities.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = scaled(probabilities[i], temperature);
    }
    return all;
  }

  private static double[] scaled(double[] probabilities, double temperature) {
    double largest = probabilities[ClassProbabilities.best(probabilities)];
    double[] powers = new double[probabilities.length];
    double sum = 0;
    for (int c = 0; c < powers.length; c++) {
      powers[c] = Math.pow(probabilities[c] / largest, 1 / temperature);
      sum += powers[c];
    }
    for (int c = 0; c < powers.length; c++) {
      powers[c] /= sum;
    }
    return powers;
  }

  /**
   * The expected calibration error (Naeini, Cooper and Hauskrecht, 2015): rows are put into ten
   * bins by the probability of their answer,
   *
   * <pre>
   * error = sum_bins (rows of the bin / rows) |accuracy of the bin - mean probability of the bin|
   * </pre>
   *
   * @return from 0, where a probability of 0.8 means that 80 % of such answers are right, to 1
   */
  static double error(double[][] probabilities, int[] expected) {
    double[] surplus = new double[BINS]; // right answers - sum of probabilities
    for (int i = 0; i < expected.length; i++) {
      int answered = ClassProbabilities.best(probabilities[i]);
      double probability = probabilities[i][answered];
      int bin = (int) Math.min(BINS - 1, probability * BINS);
      surplus[bin] += (answered == expected[i] ? 1 : 0) - probability;
    }
    double error = 0;
    for (double bin : surplus) {
      error += Math.abs(bin);
    }
    return error / expected.length;
  }

  /** As an entry of a model file. */
  Map<String, Object> toMap() {
    return JsonTree.object("temperature", temperature, "before", before, "after", after);
  }
}
