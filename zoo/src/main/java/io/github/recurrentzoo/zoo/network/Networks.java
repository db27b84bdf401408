package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.FusedKernels;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** Copies of networks, and what Deeplearning4j's classes leave to do by hand. */
public final class Networks {
  private static final long SEED_FOR_0 = 0x5EED_0000_0000L;

  private Networks() {}

  /**
   * A copy to train on, with kernels, weights, the updater's state and the counters of steps and
   * epochs, which Deeplearning4j's {@code clone} forgets: Adam would correct moments that are long
   * warm as if they were cold, and schedules would begin again.
   */
  public static ComputationGraph copyToTrainOn(ComputationGraph network) {
    ComputationGraph copy = network.clone();
    copy.getConfiguration().setIterationCount(network.getIterationCount());
    copy.getConfiguration().setEpochCount(network.getEpochCount());
    FusedKernels.attach(copy);
    return copy;
  }

  /**
   * A network to ask that has the same parameters, not a copy of them, and no state of an updater.
   *
   * @param network may be asked meanwhile, but not be changed
   */
  static ComputationGraph sharing(ComputationGraph network) {
    ComputationGraphConfiguration configuration = network.getConfiguration().clone();
    withoutUpdater(configuration);
    ComputationGraph replica = new ComputationGraph(configuration);
    replica.init(network.params(), false);
    FusedKernels.attach(replica);
    return replica;
  }

  /** Gives the layers of a network that is only asked an updater that has no state. */
  public static void withoutUpdater(ComputationGraphConfiguration configuration) {
    configuration
        .getVertices()
        .values()
        .forEach(
            vertex -> {
              if (vertex instanceof LayerVertex layer) {
                setUpdater(layer.getLayerConf().getLayer(), new NoOp());
              } else {
                setUpdater(vertex, new NoOp());
              }
            });
  }

  /**
   * Gives a layer another updater.
   *
   * @return false if it is a wrapper, which is left as it is: the clone of a wrapper's
   *     configuration has the same layer within, not a copy; or if it has no updater
   */
  public static boolean setUpdater(Layer layer, IUpdater updater) {
    if (layer instanceof BaseLayer base) {
      base.setIUpdater(updater);
      return true;
    }
    return false;
  }

  /** Gives a vertex that has parameters and is no layer's another updater; others stay. */
  public static void setUpdater(GraphVertex vertex, IUpdater updater) {
    if (vertex instanceof SameDiffVertex own) {
      own.setUpdater(updater);
    }
  }

  /**
   * The seed to give to Deeplearning4j and ND4J, for which 0 is none: random numbers stay as they
   * are, or go by the clock, and each network begins differently.
   */
  public static long seed(long seed) {
    return seed == 0 ? SEED_FOR_0 : seed;
  }

  /** A view with two dimensions of parameters; biases may come with one. */
  public static INDArray matrix(INDArray array) {
    return array.rank() == 1 ? array.reshape(1, array.length()) : array;
  }
}
