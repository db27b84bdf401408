package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Networks;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
 * added. Sources: Denil, Demiraj and de Freitas, Extraction of salient sentences from labelled
 * documents, 2014; Shrikumar et al., Not just a black box, 2016.
 *
 * <p>It works on a network of its own with the same weights, whose embedding has one row for each
 * step in place of one for each word, so that the gradient of a row is that of a step, and whose
 * output layer gives logits.
 */
final class TextContributions {
  private static final String EMBEDDING = "embedding";
  private static final String WEIGHTS = "W";

  private final ComputationGraph steps;
  private final INDArray embedding;
  private final int longest;

  /**
   * Copies the weights, but for the embedding's, which it reads where they are.
   *
   * @param network as {@link TextClassification} makes it, or with frozen layers; nobody may change
   *     its parameters
   * @param longest the largest number of steps that will be asked for
   */
  TextContributions(ComputationGraph network, int longest) {
    this.longest = longest;
    this.embedding = network.getLayer(EMBEDDING).getParam(WEIGHTS);
    ComputationGraphConfiguration configuration = network.getConfiguration().clone();
    configuration
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().setLayer(inner(name, layer.getLayerConf().getLayer()));
              }
            });
    Networks.withoutUpdater(configuration);
    steps = new ComputationGraph(configuration);
    steps.init();
    steps.initGradientsView();
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      if (!name.equals(EMBEDDING) && layer.numParams() > 0) {
        steps.getLayer(name).setParams(layer.params().dup());
      }
    }
    FusedKernels.attach(steps);
  }

  private Layer inner(String name, Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return inner(name, frozen.getLayer());
    }
    layer.setIDropout(null);
    if (layer instanceof EmbeddingSequenceLayer rows) {
      rows.setNIn(longest);
      return rows;
    }
    if (name.equals(TextClassification.OUTPUT)) {
      // Weights are copied later, but Deeplearning4j draws them before.
      FeedForwardLayer output = (FeedForwardLayer) layer;
      DenseLayer logits =
          new DenseLayer.Builder()
              .name(name)
              .nIn(output.getNIn())
              .nOut(output.getNOut())
              .activation(Activation.IDENTITY)
              .build();
      logits.setWeightInitFn(output.getWeightInitFn());
      return logits;
    }
    return layer;
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
    INDArray weights = steps.getLayer(TextClassification.OUTPUT).getParam(WEIGHTS);
    long first = weights.size(0) - ClassHead.evidence(steps, classes);
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
    INDArray rows = steps.getLayer(EMBEDDING).getParam(WEIGHTS);
    float[] numbers = new float[ids.length];
    for (int t = 0; t < ids.length; t++) {
      rows.putRow(t, embedding.getRow(ids[t]));
      numbers[t] = t;
    }
    INDArray tokens = Nd4j.create(numbers, new long[] {1, ids.length}, 'c');
    int evidence = ClassHead.evidence(steps, classes); // the slopes do not depend on it
    steps.feedForward(
        evidence == 0
            ? new INDArray[] {tokens}
            : new INDArray[] {tokens, Nd4j.zeros(rows.dataType(), 1, evidence)},
        true,
        false);
    INDArray logit = Nd4j.zeros(rows.dataType(), 1, classes == 2 ? 1 : classes);
    if (classes == 2) {
      logit.putScalar(0, answered == 1 ? 1 : -1);
    } else {
      logit.putScalar(answered, 1);
    }
    Gradient gradient = steps.backpropGradient(logit);
    INDArray slopes = gradient.getGradientFor(EMBEDDING + "_" + WEIGHTS);
    double[][] products =
        slopes
            .mul(rows)
            .get(NDArrayIndex.interval(0, ids.length), NDArrayIndex.all())
            .toDoubleMatrix();
    double[] contributions = new double[ids.length];
    for (int t = 0; t < ids.length; t++) {
      for (double product : products[t]) {
        contributions[t] += product;
      }
    }
    return contributions;
  }
}
