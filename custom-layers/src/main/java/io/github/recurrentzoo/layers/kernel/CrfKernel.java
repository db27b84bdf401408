package io.github.recurrentzoo.layers.kernel;

import java.util.function.IntConsumer;

/**
 * A linear-chain CRF over rows of label scores: its loss, gradients and probabilities.
 *
 * <p>The forward-backward algorithm is that of {@link ReferenceCrf} with probabilities in place of
 * logarithms: exp of the transitions is computed once, a step takes C exponentials in place of C^2,
 * and each step's sum is divided out. With R the range of the transitions (start and end included)
 * plus that of the scores of a step, no number falls below exp(-R) / C^2 of the step's largest one:
 * for R up to {@value #WIDEST} nothing is lost. Other rows go to the reference.
 */
public final class CrfKernel {

  private static final double WIDEST = 600; // exp(-745) is 0

  /** A thread with less to do, in multiplications, is not worth waking. */
  private static final long WORTH_A_THREAD = 300_000;

  private final CrfWeights weights;
  private final double[][] exp; // of the transitions less the largest one
  private final double[] expStart;
  private final double[] expEnd;
  private final double largest; // transition
  private final double largestStart;
  private final double largestEnd;
  private final double range;

  /** For some weights, which must not change. */
  public CrfKernel(CrfWeights weights) {
    this.weights = weights;
    int labels = weights.labels();
    double most = Double.NEGATIVE_INFINITY;
    double width = Math.max(range(weights.start()), range(weights.end()));
    double least = Double.POSITIVE_INFINITY;
    for (double[] row : weights.transitions()) {
      for (double each : row) {
        most = Math.max(most, each);
        least = Math.min(least, each);
      }
    }
    largest = most;
    range = Math.max(width, most - least);
    exp = new double[labels][];
    for (int i = 0; i < labels; i++) {
      exp[i] = exp(weights.transitions()[i], largest);
    }
    largestStart = largest(weights.start());
    largestEnd = largest(weights.end());
    expStart = exp(weights.start(), largestStart);
    expEnd = exp(weights.end(), largestEnd);
  }

  /** The weights. */
  public CrfWeights weights() {
    return weights;
  }

  /**
   * What a row is expected to be.
   *
   * @param scores [T][C], T at least 1
   */
  public CrfExpectations expectations(double[][] scores) {
    double widest = 0;
    for (double[] step : scores) {
      widest = Math.max(widest, range(step)); // NaN stays
    }
    return range + widest <= WIDEST ? scaled(scores) : ReferenceCrf.expectations(weights, scores);
  }

  private CrfExpectations scaled(double[][] scores) {
    int steps = scores.length;
    int labels = weights.labels();
    double[][] forward = new double[steps][labels]; // each adds up to 1
    double[][] emitted = new double[steps][]; // exp of the scores, divided by the step's sum
    double log = largestStart + (steps - 1) * largest + largestEnd;
    for (int t = 0; t < steps; t++) {
      double top = largest(scores[t]);
      emitted[t] = exp(scores[t], top);
      if (t == 0) {
        System.arraycopy(expStart, 0, forward[0], 0, labels);
      } else {
        for (int i = 0; i < labels; i++) {
          addScaled(exp[i], forward[t - 1][i], forward[t]);
        }
      }
      double sum = 0;
      for (int j = 0; j < labels; j++) {
        forward[t][j] *= emitted[t][j];
        sum += forward[t][j];
      }
      scale(forward[t], 1 / sum);
      scale(emitted[t], 1 / sum);
      log += top + Math.log(sum);
    }
    double sum = dot(forward[steps - 1], expEnd);
    double[] backward = expEnd.clone();
    scale(backward, 1 / sum);
    return new CrfExpectations(log + Math.log(sum), forward, backward(forward, emitted, backward));
  }

  /**
   * Turns {@code forward} into probabilities.
   *
   * @param backward of the last step, changed
   * @return how often each pair is expected
   */
  private double[][] backward(double[][] forward, double[][] emitted, double[] backward) {
    int labels = backward.length;
    double[][] pairs = new double[labels][labels];
    double[] above = new double[labels];
    for (int t = forward.length - 1; t > 0; t--) {
      for (int j = 0; j < labels; j++) {
        above[j] = emitted[t][j] * backward[j];
        forward[t][j] *= backward[j];
      }
      for (int i = 0; i < labels; i++) {
        addScaled(above, forward[t - 1][i], pairs[i]);
        backward[i] = dot(exp[i], above);
      }
    }
    for (int j = 0; j < labels; j++) {
      forward[0][j] *= backward[j];
      for (int i = 0; i < labels; i++) {
        pairs[i][j] *= exp[i][j];
      }
    }
    return pairs;
  }

  /** The gradients of a minibatch's loss, which is the sum of log Z - s(y) over its rows. */
  public static final class Gradients {

    private final double loss;
    private final double[][][] scores;
    private final CrfWeights weights;

    private Gradients(double loss, double[][][] scores, CrfWeights weights) {
      this.loss = loss;
      this.scores = scores;
      this.weights = weights;
    }

    /** The loss. */
    public double loss() {
      return loss;
    }

    /** By the scores of each row, [B][T_b][C]. */
    public double[][][] scores() {
      return scores;
    }

    /** By transitions, start and end. */
    public CrfWeights weights() {
      return weights;
    }
  }

  /**
   * Loss and gradients. The same to the bit for any number of threads.
   *
   * @param scores of each row, [B][T_b][C]; a row without a step has no loss
   * @param paths the labels of each row, [B][T_b]
   */
  public Gradients gradients(double[][][] scores, int[][] paths) {
    int rows = scores.length;
    CrfExpectations[] expected = new CrfExpectations[rows];
    long work = 0;
    for (double[][] row : scores) {
      work += 3L * row.length * weights.labels() * weights.labels();
    }
    int parts = (int) Math.min(Math.min(KernelThreads.count(), rows), 1 + work / WORTH_A_THREAD);
    IntConsumer part =
        i -> {
          for (int b = rows * i / parts; b < rows * (i + 1) / parts; b++) {
            expected[b] = scores[b].length == 0 ? null : expectations(scores[b]);
          }
        };
    KernelThreads.run(parts, part);
    return sums(expected, scores, paths);
  }

  private Gradients sums(CrfExpectations[] expected, double[][][] scores, int[][] paths) {
    int labels = weights.labels();
    double loss = 0;
    CrfWeights sum =
        new CrfWeights(new double[labels][labels], new double[labels], new double[labels]);
    double[][][] byScores = new double[scores.length][][];
    for (int b = 0; b < scores.length; b++) {
      if (expected[b] == null) {
        byScores[b] = new double[0][];
        continue;
      }
      int[] path = paths[b];
      int last = path.length - 1;
      loss += expected[b].logPartition() - weights.score(scores[b], path);
      double[][] states = expected[b].states();
      for (int t = 0; t <= last; t++) {
        states[t][path[t]] -= 1;
        if (t > 0) {
          sum.transitions()[path[t - 1]][path[t]] -= 1;
        }
      }
      for (int i = 0; i < labels; i++) {
        addScaled(expected[b].pairs()[i], 1, sum.transitions()[i]);
      }
      addScaled(states[0], 1, sum.start());
      addScaled(states[last], 1, sum.end());
      byScores[b] = states;
    }
    return new Gradients(loss, byScores, sum);
  }

  private static void addScaled(double[] from, double factor, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static void scale(double[] numbers, double factor) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= factor;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] numbers) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double number : numbers) {
      largest = Math.max(largest, number);
    }
    return largest;
  }

  private static double range(double[] numbers) {
    double least = Double.POSITIVE_INFINITY;
    for (double number : numbers) {
      least = Math.min(least, number);
    }
    return largest(numbers) - least;
  }

  private static double[] exp(double[] numbers, double less) {
    double[] exp = new double[numbers.length];
    for (int i = 0; i < exp.length; i++) {
      exp[i] = Math.exp(numbers[i] - less);
    }
    return exp;
  }
}
