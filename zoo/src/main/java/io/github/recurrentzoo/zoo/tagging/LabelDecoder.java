package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.layers.CrfOutputLayer;
import io.github.recurrentzoo.layers.LinearChainCrf;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * From what a {@link SequenceTagging} network gives for a row of words to labels: of a softmax, the
 * most probable label at each word; of a CRF, the most probable labels of the row as a whole, with
 * the probability of each by itself.
 */
final class LabelDecoder {
  /** A probability of 0 would make the loss of a single word infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final Optional<LinearChainCrf> crf;

  private LabelDecoder(Optional<LinearChainCrf> crf) {
    this.crf = crf;
  }

  /** For a network with the weights that it has now. */
  static LabelDecoder of(ComputationGraph network) {
    Layer layer = network.getLayer(SequenceTagging.LABELS);
    return new LabelDecoder(
        layer.conf().getLayer() instanceof CrfOutputLayer
            ? Optional.of(LinearChainCrf.of(layer))
            : Optional.empty());
  }

  /** The CRF, if there is one. */
  Optional<LinearChainCrf> crf() {
    return crf;
  }

  /**
   * The labels of a row.
   *
   * @param outputs [T][C]
   * @return [T]; of several that are as probable the first
   */
  int[] best(float[][] outputs) {
    if (crf.isPresent()) {
      return crf.get().best(inDouble(outputs));
    }
    int[] best = new int[outputs.length];
    for (int t = 0; t < best.length; t++) {
      for (int c = 1; c < outputs[t].length; c++) {
        if (outputs[t][c] > outputs[t][best[t]]) {
          best[t] = c;
        }
      }
    }
    return best;
  }

  /** The probability of each of a row's labels, [T]. */
  double[] probabilities(float[][] outputs, int[] labels) {
    double[][] ofAll = crf.isPresent() ? crf.get().marginals(inDouble(outputs)) : null;
    double[] probabilities = new double[labels.length];
    for (int t = 0; t < labels.length; t++) {
      probabilities[t] = ofAll == null ? outputs[t][labels[t]] : ofAll[t][labels[t]];
    }
    return probabilities;
  }

  /**
   * The loss of the words [from, to) of a row, in nats; of a CRF, their share of the row's.
   *
   * @param labels those that are right, [T]
   * @param weights of the labels, [C]; a CRF knows none
   */
  double loss(float[][] outputs, int[] labels, double[] weights, int from, int to) {
    if (crf.isPresent()) {
      double ofRow = -crf.get().logProbability(inDouble(outputs), labels);
      return ofRow * (to - from) / labels.length;
    }
    double loss = 0;
    for (int t = from; t < to; t++) {
      loss -= weights[labels[t]] * Math.log(Math.max(outputs[t][labels[t]], SMALLEST_PROBABILITY));
    }
    return loss;
  }

  private static double[][] inDouble(float[][] outputs) {
    double[][] numbers = new double[outputs.length][];
    for (int t = 0; t < numbers.length; t++) {
      numbers[t] = new double[outputs[t].length];
      for (int c = 0; c < numbers[t].length; c++) {
        numbers[t][c] = outputs[t][c];
      }
    }
    return numbers;
  }
}
