package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.FusedKernels;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gradient times input of a network that reads one vector at each step,
 *
 * <pre>
 * products[t][d] = x_td  dz / dx_td
 * </pre>
 *
 * where x_t [D] is the vector at step t and z a number that the network makes of all of them,
 * without dropout. Sources: Denil, Demiraj and de Freitas, Extraction of salient sentences from
 * labelled documents, 2014; Shrikumar et al., Not just a black box, 2016.
 *
 * <p>It works on a network of its own with the same weights, whose embedding has one row for each
 * step in place of one for each word, so that the gradient of a row is that of a step.
 */
public final class StepGradients {
  private static final String WEIGHTS = "W";

  private final ComputationGraph steps;
  private final String embedding;

  /**
   * Copies the weights of all layers that both networks have, but for the embedding's.
   *
   * @param network nobody may change its parameters
   * @param configuration of the network of its own, whose first input the embedding reads; it is
   *     changed
   * @param embedding name of the embedding
   * @param longest the largest number of steps that will be asked for
   */
  public StepGradients(
      ComputationGraph network,
      ComputationGraphConfiguration configuration,
      String embedding,
      int longest) {
    this.embedding = embedding;
    configuration
        .getVertices()
        .values()
        .forEach(
            vertex -> {
              if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().setLayer(plain(layer.getLayerConf().getLayer(), longest));
              }
            });
    Networks.withoutUpdater(configuration);
    steps = new ComputationGraph(configuration);
    steps.init();
    steps.initGradientsView();
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      boolean shared = configuration.getVertices().containsKey(name) && !name.equals(embedding);
      if (shared && layer.numParams() > 0 && steps.getLayer(name).numParams() > 0) {
        steps.getLayer(name).setParams(layer.params().dup());
      }
    }
    FusedKernels.attach(steps);
  }

  private static Layer plain(Layer layer, int longest) {
    if (layer instanceof FrozenLayer frozen) {
      return plain(frozen.getLayer(), longest);
    }
    layer.setIDropout(null);
    if (layer instanceof EmbeddingSequenceLayer rows) {
      rows.setNIn(longest);
    }
    return layer;
  }

  /** The network of its own. */
  public ComputationGraph network() {
    return steps;
  }

  /**
   * Reads vectors.
   *
   * @param vectors one for each step, [T][D]
   * @param further inputs behind the first one
   */
  public void read(float[][] vectors, INDArray... further) {
    INDArray rows = steps.getLayer(embedding).getParam(WEIGHTS);
    float[] numbers = new float[vectors.length];
    for (int t = 0; t < vectors.length; t++) {
      rows.putRow(t, Nd4j.createFromArray(vectors[t]));
      numbers[t] = t;
    }
    INDArray[] inputs = new INDArray[1 + further.length];
    inputs[0] = Nd4j.create(numbers, new long[] {1, vectors.length}, 'c');
    System.arraycopy(further, 0, inputs, 1, further.length);
    steps.feedForward(inputs, true, false);
  }

  /**
   * The products for what was read last. To be asked once: Deeplearning4j lets go of the inputs.
   *
   * @param slope dz by the network's output
   * @param count T
   */
  public double[][] products(INDArray slope, int count) {
    INDArray rows = steps.getLayer(embedding).getParam(WEIGHTS);
    Gradient gradient = steps.backpropGradient(slope);
    return gradient
        .getGradientFor(embedding + "_" + WEIGHTS)
        .mul(rows)
        .get(NDArrayIndex.interval(0, count), NDArrayIndex.all())
        .toDoubleMatrix();
  }
}
