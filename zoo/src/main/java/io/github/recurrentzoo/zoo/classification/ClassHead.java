package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.Networks;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final double USUAL_EVIDENCE = 1;
  private static final int ROWS_TO_CHOOSE = 100;
  private static final double[] ADDED_EVIDENCE = {0, 0.25, 0.5, 0.75, 1, 1.5, 2};
  private static final double SMALLEST_PROBABILITY = 1e-7;
  private static final double SHARPEST = 2;
  private static final double FLATTEST = 0.25;
  private static final double STEP = 0.85;

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
   * Lets a network begin with what the linear model answers: the evidence of a class goes to its
   * unit as it is.
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

  /**
   * Adds to what a trained network owes to the evidence,
   *
   * <pre>
   * z'_c = z_c + g evidence_c
   * </pre>
   *
   * z being the logits. On few rows the recurrent part learns its rows by heart and outshouts the
   * linear model, which learned from other folds and knows how little it knows; g mends that. It is
   * the one whose softmax(t z') has the lowest loss on the validation rows, for the best t of each.
   *
   * @param network is changed
   * @param validation of fewer than {@value #ROWS_TO_CHOOSE} rows, which would choose by luck, g is
   *     {@value #USUAL_EVIDENCE}
   */
  static void addEvidence(ComputationGraph network, int classes, TokenRows validation) {
    double added = USUAL_EVIDENCE;
    if (validation.size() >= ROWS_TO_CHOOSE) {
      double[][] logits = ClassProbabilities.unchecked(network, validation.inputs());
      for (double[] row : logits) {
        Arrays.setAll(row, c -> Math.log(Math.max(row[c], SMALLEST_PROBABILITY)));
      }
      double lowest = Double.POSITIVE_INFINITY;
      for (double weight : ADDED_EVIDENCE) {
        for (double t = SHARPEST; t > FLATTEST; t *= STEP) {
          double loss = loss(logits, validation, weight, t);
          if (loss < lowest) {
            lowest = loss;
            added = weight;
          }
        }
      }
    }
    INDArray weights = network.getLayer(TextClassification.OUTPUT).getParam("W");
    int size = evidence(network, classes);
    weights
        .get(NDArrayIndex.interval(weights.size(0) - size, weights.size(0)), NDArrayIndex.all())
        .addi(Nd4j.eye(size).castTo(weights.dataType()).muli(added));
  }

  private static double loss(double[][] logits, TokenRows rows, double weight, double t) {
    double loss = 0;
    for (int row = 0; row < logits.length; row++) {
      float[] evidence = rows.inputs().evidence().get(row);
      double[] z = logits[row].clone();
      for (int c = 0; c < z.length; c++) {
        double own = evidence.length == 1 ? c * evidence[0] : evidence[c];
        z[c] = t * (z[c] + weight * own);
      }
      double largest = Arrays.stream(z).max().orElseThrow();
      double sum = Arrays.stream(z).map(each -> Math.exp(each - largest)).sum();
      loss += largest + Math.log(sum) - z[rows.classOf(row)];
    }
    return loss;
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
