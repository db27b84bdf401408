package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.Networks;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The output layer of a {@link TextClassification} network, seen as one column of weights per
 * label, however many labels there are. With two labels the layer has one sigmoid unit z for label
 * 1, which is a softmax over -z/2 and z/2.
 */
final class ClassHead {
  private ClassHead() {}

  /**
   * Gives the labels that both networks know the weights of the trained one; the others keep those
   * that they were drawn with.
   *
   * @param trained with the labels {@code known}
   * @param tuned with the labels {@code labels}, and weights that have been drawn
   */
  static void copy(
      ComputationGraph trained, List<String> known, ComputationGraph tuned, List<String> labels) {
    for (String name : List.of("W", "b")) {
      INDArray from = ofStates(trained, name, known.size());
      INDArray to = ofStates(tuned, name, labels.size());
      List<INDArray> columns = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        int old = known.indexOf(labels.get(i));
        columns.add(old >= 0 ? column(from, old) : newColumn(to, i));
      }
      if (columns.size() == 2) {
        to.assign(columns.get(1).sub(columns.get(0)));
      } else {
        to.assign(Nd4j.hstack(columns));
      }
    }
  }

  /** The parameters of the layer but for those of the evidence, which are the last rows. */
  private static INDArray ofStates(ComputationGraph network, String name, int classes) {
    INDArray all = Networks.matrix(network.getLayer(TextClassification.OUTPUT).getParam(name));
    return name.equals("W")
        ? all.get(
            NDArrayIndex.interval(0, all.size(0) - evidence(network, classes)), NDArrayIndex.all())
        : all;
  }

  /** The number of evidence inputs. */
  static int evidence(ComputationGraph network, int classes) {
    return network.getConfiguration().getNetworkInputs().contains(TextClassification.EVIDENCE)
        ? TextClassification.evidenceSize(classes)
        : 0;
  }

  /**
   * Lets a network begin with what naive Bayes answers: the evidence of a class goes to its unit as
   * it is.
   *
   * @param network that reads evidence
   */
  static void beginWithEvidence(ComputationGraph network, int classes) {
    INDArray weights = network.getLayer(TextClassification.OUTPUT).getParam("W");
    int size = evidence(network, classes);
    weights
        .get(NDArrayIndex.interval(weights.size(0) - size, weights.size(0)), NDArrayIndex.all())
        .assign(Nd4j.eye(size).castTo(weights.dataType()));
  }

  /** Lets a network begin with the shares of the classes as its biases. */
  static void beginWithPriors(ComputationGraph network, List<Double> logPriors) {
    INDArray bias = network.getLayer(TextClassification.OUTPUT).getParam("b");
    if (logPriors.size() == 2) {
      bias.assign(logPriors.get(1) - logPriors.get(0));
    } else {
      for (int c = 0; c < logPriors.size(); c++) {
        bias.putScalar(c, logPriors.get(c));
      }
    }
  }

  /** The weights of a label that the layer knows, [H, 1] or [1, 1]. */
  private static INDArray column(INDArray weights, int label) {
    return weights.size(1) == 1
        ? weights.mul(label == 0 ? -0.5 : 0.5)
        : weights.getColumn(label, true).dup();
  }

  /** Drawn weights; with one unit, that is the other label's as well. */
  private static INDArray newColumn(INDArray weights, int label) {
    return weights.size(1) == 1
        ? weights.mul(label == 0 ? 0 : 1)
        : weights.getColumn(label, true).dup();
  }
}
