package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The CRF's reference against all labellings one by one, and its kernel against the reference. */
class CrfKernelTest {

  private static final double TOLERANCE = 1e-10;

  private static CrfWeights weights(int labels, double scale, Random random) {
    return new CrfWeights(
        numbers(labels, labels, scale, random),
        numbers(1, labels, scale, random)[0],
        numbers(1, labels, scale, random)[0]);
  }

  private static double[][] numbers(int rows, int columns, double scale, Random random) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      for (int i = 0; i < columns; i++) {
        row[i] = scale * random.nextGaussian();
      }
    }
    return numbers;
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(1, 1),
        Arguments.of(1, 5),
        Arguments.of(2, 1),
        Arguments.of(2, 7),
        Arguments.of(3, 2),
        Arguments.of(3, 6),
        Arguments.of(5, 4));
  }

  @ParameterizedTest(name = "{0} labels, {1} steps")
  @MethodSource("sizes")
  void isWhatAllLabellingsGive(int labels, int steps) {
    Random random = new Random(labels * 100L + steps);
    CrfWeights weights = weights(labels, 1.5, random);
    double[][] scores = numbers(steps, labels, 2, random);
    int count = (int) Math.round(Math.pow(labels, steps));
    double sum = 0;
    double best = Double.NEGATIVE_INFINITY;
    int[] bestPath = {};
    double[][] states = new double[steps][labels];
    double[][] pairs = new double[labels][labels];
    for (int n = 0; n < count; n++) {
      int[] path = path(n, labels, steps);
      double score = weights.score(scores, path);
      double part = Math.exp(score);
      sum += part;
      for (int t = 0; t < steps; t++) {
        states[t][path[t]] += part;
        if (t > 0) {
          pairs[path[t - 1]][path[t]] += part;
        }
      }
      if (score > best) {
        best = score;
        bestPath = path;
      }
    }
    for (double[][] each : new double[][][] {states, pairs}) {
      for (double[] row : each) {
        for (int i = 0; i < labels; i++) {
          row[i] /= sum;
        }
      }
    }
    CrfExpectations expected = new CrfExpectations(Math.log(sum), states, pairs);
    assertAlike(expected, ReferenceCrf.expectations(weights, scores));
    assertAlike(expected, new CrfKernel(weights).expectations(scores));
    assertArrayEquals(bestPath, weights.best(scores));
  }

  private static int[] path(int number, int labels, int steps) {
    int[] path = new int[steps];
    int rest = number;
    for (int t = 0; t < steps; t++) {
      path[t] = rest % labels;
      rest /= labels;
    }
    return path;
  }

  private static void assertAlike(CrfExpectations expected, CrfExpectations actual) {
    double size = Math.max(1, Math.abs(expected.logPartition()));
    assertEquals(expected.logPartition(), actual.logPartition(), TOLERANCE * size);
    for (int t = 0; t < expected.states().length; t++) {
      assertArrayEquals(expected.states()[t], actual.states()[t], TOLERANCE);
    }
    for (int i = 0; i < expected.pairs().length; i++) {
      assertArrayEquals(expected.pairs()[i], actual.pairs()[i], TOLERANCE * 100);
    }
  }

  @Test
  void kernelIsTheReferenceOnLongRowsAndWideScores() {
    Random random = new Random(5);
    for (double scale : new double[] {0.01, 1, 20, 60, 1000}) {
      CrfWeights weights = weights(12, scale, random);
      double[][] scores = numbers(150, 12, scale, random);
      assertAlike(
          ReferenceCrf.expectations(weights, scores), new CrfKernel(weights).expectations(scores));
    }
  }

  /** What is forbidden has no share, and what is left is right. */
  @Test
  void minusInfinityForbids() {
    Random random = new Random(6);
    CrfWeights weights = weights(3, 1, random);
    weights.transitions()[0][1] = Double.NEGATIVE_INFINITY;
    weights.start()[2] = Double.NEGATIVE_INFINITY;
    double[][] scores = numbers(5, 3, 1, random);
    CrfExpectations found = new CrfKernel(weights).expectations(scores);
    assertEquals(0, found.pairs()[0][1]);
    assertEquals(0, found.states()[0][2]);
    for (double[] step : found.states()) {
      assertEquals(1, step[0] + step[1] + step[2], TOLERANCE);
    }
    scores[2][1] = 50; // a 0 before it would have it follow
    int[] path = weights.best(scores);
    assertEquals(1, path[2]);
    assertTrue(path[1] != 0 && path[0] != 2, "a forbidden pair");
  }

  /** A path can be the best though two steps before it looks a thousand worse. */
  @Test
  void nothingIsLostWhereOnlyAnUnlikelyLabelCanGoOn() {
    CrfWeights weights =
        new CrfWeights(new double[][] {{-2000, -2000}, {0, 0}}, new double[2], new double[2]);
    double[][] scores = {{1000, 0}, {0, 1}, {1, 0}};
    CrfExpectations expected = ReferenceCrf.expectations(weights, scores);
    assertAlike(expected, new CrfKernel(weights).expectations(scores));
    assertEquals(1, expected.states()[0][1], TOLERANCE);
    assertArrayEquals(new int[] {1, 1, 0}, weights.best(scores));
  }

  @Test
  void gradientsAreThoseOfTheLoss() {
    Random random = new Random(7);
    CrfWeights weights = weights(3, 1, random);
    double[][][] scores = {
      numbers(4, 3, 1, random), new double[0][], numbers(1, 3, 1, random), numbers(6, 3, 1, random)
    };
    int[][] paths = {{0, 2, 2, 1}, {}, {1}, {0, 0, 1, 2, 0, 1}};
    CrfKernel.Gradients found = new CrfKernel(weights).gradients(scores, paths);
    assertTrue(found.loss() > 1, "loss " + found.loss());
    double[][] transitions = found.weights().transitions();
    for (int i = 0; i < 3; i++) {
      checkNumbers(weights, scores, paths, weights.transitions()[i], transitions[i]);
    }
    checkNumbers(weights, scores, paths, weights.start(), found.weights().start());
    checkNumbers(weights, scores, paths, weights.end(), found.weights().end());
    for (int b = 0; b < scores.length; b++) {
      for (int t = 0; t < scores[b].length; t++) {
        checkNumbers(weights, scores, paths, scores[b][t], found.scores()[b][t]);
      }
    }
  }

  private static void checkNumbers(
      CrfWeights weights, double[][][] scores, int[][] paths, double[] at, double[] gradient) {
    double step = 1e-6;
    for (int i = 0; i < at.length; i++) {
      double before = at[i];
      at[i] = before + step;
      double more = new CrfKernel(weights).gradients(scores, paths).loss();
      at[i] = before - step;
      double less = new CrfKernel(weights).gradients(scores, paths).loss();
      at[i] = before;
      assertEquals((more - less) / (2 * step), gradient[i], 1e-7);
    }
  }

  @Test
  void isTheSameForAnyNumberOfThreads() {
    Random random = new Random(8);
    CrfWeights weights = weights(30, 1, random);
    double[][][] scores = new double[16][][];
    int[][] paths = new int[16][];
    for (int b = 0; b < scores.length; b++) {
      scores[b] = numbers(40 + b, 30, 1, random);
      paths[b] = random.ints(40 + b, 0, 30).toArray();
    }
    CrfKernel.Gradients all = new CrfKernel(weights).gradients(scores, paths);
    double loss = 0;
    for (int b = 0; b < scores.length; b++) {
      CrfKernel.Gradients one =
          new CrfKernel(weights).gradients(new double[][][] {scores[b]}, new int[][] {paths[b]});
      assertArrayEquals(one.scores()[0], all.scores()[b]);
      loss += one.loss();
    }
    assertEquals(loss, all.loss());
  }
}
