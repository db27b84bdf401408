package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.StepGradients;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradient times input of a {@link TextClassification} network.
 *
 * <pre>
 * contribution_t = sum_d  e_td  dz_c / de_td
 * </pre>
 *
 * where e_t [E] is the embedding of the token at step t, and z_c is the logit of class c: what goes
 * into the softmax, or into the sigmoid for class 1 and its negative for class 0. Without dropout.
 * Where the network reads evidence as well, the part that a word has in it, times its weight, is
 * added. {@link StepGradients} computes it, on a network whose output layer gives logits.
 */
final class TextContributions {
  private static final String EMBEDDING = "embedding";
  private static final String WEIGHTS = "W";

  private final StepGradients steps;
  private final INDArray embedding;

  /**
   * Copies the weights, but for the embedding's, which it reads where they are.
   *
   * @param network as {@link TextClassification} makes it, or with frozen layers; nobody may change
   *     its parameters
   * @param longest the largest number of steps that will be asked for
   */
  TextContributions(ComputationGraph network, int longest) {
    this.embedding = network.getLayer(EMBEDDING).getParam(WEIGHTS);
    ComputationGraphConfiguration configuration = network.getConfiguration().clone();
    LayerVertex vertex = (LayerVertex) configuration.getVertices().get(TextClassification.OUTPUT);
    vertex.getLayerConf().setLayer(logits(vertex.getLayerConf().getLayer()));
    steps = new StepGradients(network, configuration, EMBEDDING, longest);
  }

  /** Weights are copied later, but Deeplearning4j draws them before. */
  private static Layer logits(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return logits(frozen.getLayer());
    }
    FeedForwardLayer output = (FeedForwardLayer) layer;
    DenseLayer logits =
        new DenseLayer.Builder()
            .name(TextClassification.OUTPUT)
            .nIn(output.getNIn())
            .nOut(output.getNOut())
            .activation(Activation.IDENTITY)
            .build();
    logits.setWeightInitFn(output.getWeightInitFn());
    return logits;
  }

  /**
   * The contribution of each step. Not for several threads at once.
   *
   * @param ids of the tokens, at most as many as were announced
   * @param evidence the part of each token in the evidence, [ids][evidence]; null for a network
   *     that reads none
   * @param answered index of the class
   * @param classes the number of classes
   */
  double[] of(int[] ids, float[][] evidence, int answered, int classes) {
    double[] contributions = ofStates(ids, answered, classes);
    if (evidence == null) {
      return contributions;
    }
    INDArray weights = steps.network().getLayer(TextClassification.OUTPUT).getParam(WEIGHTS);
    long first = weights.size(0) - ClassHead.evidence(steps.network(), classes);
    for (int t = 0; t < ids.length; t++) {
      for (int e = 0; e < evidence[t].length; e++) {
        double weight = weights.getDouble(first + e, classes == 2 ? 0 : answered);
        contributions[t] += evidence[t][e] * (classes == 2 && answered == 0 ? -weight : weight);
      }
    }
    return contributions;
  }

  /** What the network's logit owes to the embedding of each step. */
  private double[] ofStates(int[] ids, int answered, int classes) {
    float[][] vectors = new float[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      vectors[t] = embedding.getRow(ids[t]).toFloatVector();
    }
    DataType type = embedding.dataType();
    int evidence = ClassHead.evidence(steps.network(), classes); // the slopes do not depend on it
    if (evidence == 0) {
      steps.read(vectors);
    } else {
      steps.read(vectors, Nd4j.zeros(type, 1, evidence));
    }
    INDArray logit = Nd4j.zeros(type, 1, classes == 2 ? 1 : classes);
    if (classes == 2) {
      logit.putScalar(0, answered == 1 ? 1 : -1);
    } else {
      logit.putScalar(answered, 1);
    }
    double[][] products = steps.products(logit, ids.length);
    double[] contributions = new double[ids.length];
    for (int t = 0; t < ids.length; t++) {
      for (double product : products[t]) {
        contributions[t] += product;
      }
    }
    return contributions;
  }
}
