package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.kernel.CrfKernel;
import io.github.recurrentzoo.layers.kernel.CrfWeights;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Answers of a {@link CrfOutputLayer}: a distribution over the labels y_1 ... y_T of a row, given
 * the scores of each label at each step, which are what the layer gives.
 *
 * <pre>
 * s(y) = start[y_1] + sum_t scores[t][y_t] + sum_t transitions[y_t-1][y_t] + end[y_T]
 * P(y) = exp s(y) / Z          Z = sum over all y of exp s(y)
 * </pre>
 *
 * <p>{@link #best} is the most probable y as a whole (Viterbi), {@link #marginals} the probability
 * of each label at each step, whatever the others are (forward-backward). Both take T C^2 steps.
 * Source: Lafferty, McCallum and Pereira, Conditional random fields, ICML 2001. Safe for use by
 * several threads.
 */
public final class LinearChainCrf {

  private final CrfKernel kernel;

  /**
   * With weights, which are copied.
   *
   * @param transitions of label i followed by label j, [C][C]
   * @param start of the first label, [C]
   * @param end of the last label, [C]
   * @throws IllegalArgumentException if the sizes differ, or there is no label
   */
  public LinearChainCrf(double[][] transitions, double[] start, double[] end) {
    int labels = start.length;
    if (labels == 0
        || end.length != labels
        || transitions.length != labels
        || Stream.of(transitions).anyMatch(row -> row.length != labels)) {
      throw new IllegalArgumentException(
          "Transitions of C x C labels and C for start and end were expected, but there are %d rows of transitions, %d and %d"
              .formatted(transitions.length, labels, end.length));
    }
    kernel =
        new CrfKernel(
            new CrfWeights(
                Stream.of(transitions).map(double[]::clone).toArray(double[][]::new),
                start.clone(),
                end.clone()));
  }

  /**
   * With the weights that a {@link CrfOutputLayer} has now.
   *
   * @param layer of a network, such as {@code graph.getLayer("labels")}
   * @throws IllegalArgumentException if it is another layer
   */
  public static LinearChainCrf of(Layer layer) {
    if (!(layer.conf().getLayer() instanceof CrfOutputLayer)) {
      throw new IllegalArgumentException(
          "A CrfOutputLayer was expected, but the layer is a "
              + layer.conf().getLayer().getClass().getSimpleName());
    }
    double[] start = numbers(layer.getParam(CrfOutputLayer.START));
    double[] flat = numbers(layer.getParam(CrfOutputLayer.TRANSITIONS));
    double[][] transitions = new double[start.length][];
    for (int i = 0; i < start.length; i++) {
      transitions[i] = Arrays.copyOfRange(flat, i * start.length, (i + 1) * start.length);
    }
    return new LinearChainCrf(transitions, start, numbers(layer.getParam(CrfOutputLayer.END)));
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  /** C. */
  public int labels() {
    return kernel.weights().labels();
  }

  /** The score of label i followed by label j, [C][C]; a copy. */
  public double[][] transitions() {
    return Stream.of(kernel.weights().transitions()).map(double[]::clone).toArray(double[][]::new);
  }

  /** The score of a label at the first step, [C]; a copy. */
  public double[] start() {
    return kernel.weights().start().clone();
  }

  /** The score of a label at the last step, [C]; a copy. */
  public double[] end() {
    return kernel.weights().end().clone();
  }

  /**
   * The most probable labels.
   *
   * @param scores [T][C]
   * @return [T]; empty for a row without a step
   */
  public int[] best(double[][] scores) {
    requireScores(scores);
    return scores.length == 0 ? new int[0] : kernel.weights().best(scores);
  }

  /**
   * The probability of each label at each step.
   *
   * @param scores [T][C]
   * @return [T][C]; the numbers of a step add up to 1
   */
  public double[][] marginals(double[][] scores) {
    requireScores(scores);
    return scores.length == 0 ? new double[0][] : kernel.expectations(scores).states();
  }

  /**
   * log P(y), 0 at the most.
   *
   * @param scores [T][C]
   * @param labels y, [T]
   */
  public double logProbability(double[][] scores, int[] labels) {
    requireScores(scores);
    if (labels.length != scores.length) {
      throw new IllegalArgumentException(
          "%d labels for %d steps".formatted(labels.length, scores.length));
    }
    return scores.length == 0
        ? 0
        : kernel.weights().score(scores, labels) - kernel.expectations(scores).logPartition();
  }

  private void requireScores(double[][] scores) {
    for (double[] step : scores) {
      if (step.length != labels()) {
        throw new IllegalArgumentException(
            "%d scores at a step for %d labels".formatted(step.length, labels()));
      }
    }
  }
}
