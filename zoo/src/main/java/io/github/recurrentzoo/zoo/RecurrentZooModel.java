package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.layers.FusedKernels;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.ZooType;

/**
 * What the entries of this zoo have in common.
 *
 * <p>The weights of a new network depend on the options and the seed and on nothing else. There are
 * no pretrained weights yet: {@link #pretrainedAvailable} says no and {@link #initPretrained()}
 * throws.
 */
// Deeplearning4j declares <M extends Model> M init(), which no implementation can honour; javac
// reports that at the class.
@SuppressWarnings("unchecked")
public abstract class RecurrentZooModel extends ZooModel<ComputationGraph> {

  RecurrentZooModel() {}

  /** The network's configuration, not yet initialised. */
  public abstract ComputationGraphConfiguration configuration();

  /** The size of the output layer. */
  abstract int outputs();

  /** A new network with weights drawn from the seed, run by kernels where they can serve. */
  @Override
  public ComputationGraph init() {
    ComputationGraph network = new ComputationGraph(configuration());
    network.init();
    FusedKernels.attach(network);
    return network;
  }

  /** The number of weights that the network has, without making it. */
  public long parameters() {
    return configuration().getVertices().values().stream()
        .mapToLong(vertex -> vertex.numParams(true))
        .sum();
  }

  @Override
  public Class<? extends Model> modelType() {
    return ComputationGraph.class;
  }

  /** The number of outputs; sequences have any length, so no input shape is told. */
  @Deprecated
  @Override
  public ModelMetaData metaData() {
    return new ModelMetaData(new int[0][], outputs(), ZooType.RNN);
  }

  /**
   * Not supported: the networks take sequences of any length.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setInputShape(int[][] inputShape) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName()
            + " takes sequences of any length, so there is no input shape to set; the sizes of the"
            + " network are options of its builder");
  }

  /** Always null: there are no pretrained weights to download. */
  @Override
  public String pretrainedUrl(PretrainedType pretrainedType) {
    return null;
  }

  /** Always 0: there are no pretrained weights to download. */
  @Override
  public long pretrainedChecksum(PretrainedType pretrainedType) {
    return 0;
  }

  /**
   * Not supported yet.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Model initPretrained() {
    throw new UnsupportedOperationException(
        getClass().getSimpleName()
            + " has no pretrained weights yet; use init() for a network to train, or load a model"
            + " that you saved with the load method of the pipeline");
  }
}
