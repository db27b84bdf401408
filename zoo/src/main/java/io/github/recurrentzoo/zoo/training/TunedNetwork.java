package io.github.recurrentzoo.zoo.training;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.Updaters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;

/**
 * A network that is made of a trained one and is to be fine-tuned: the same layers, of which some
 * may be larger, with the parameters of the trained one wherever both have them; the rest is drawn
 * by the seed of the training. The trained network stays as it is.
 *
 * <p>Call {@link #inputs} and {@link #outputs}, then {@link #start}, train, then {@link #finish}:
 * what is left is a network like any other.
 *
 * <p>Frozen layers are frozen while the network is trained, and in no configuration: their vertices
 * are wrapped so that Deeplearning4j's backward pass leaves them out and its updater neither moves
 * them nor adds penalties. A frozen layer's input is always frozen, too, so that nothing that
 * learns lies below. (Deeplearning4j's frozen layers would stay in the saved model, and carry no
 * state over segments; {@code NoOp} as updater lets penalties through.)
 */
public final class TunedNetwork {
  private final ComputationGraph trained;
  private final FineTuneOptions options;
  private final String head;
  private final ComputationGraphConfiguration configuration;
  private boolean newHead;
  private ComputationGraph network;
  private GraphVertex[] vertices; // as they are without frozen ones

  /**
   * Copies the configuration of a network.
   *
   * @param trained may be asked meanwhile, but not be changed
   * @param head the name of the output layer
   */
  public TunedNetwork(ComputationGraph trained, FineTuneOptions options, String head) {
    this.trained = trained;
    this.options = options;
    this.head = head;
    configuration = trained.getConfiguration().clone();
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
    configuration.getDefaultConfiguration().setSeed(Networks.seed(options.training().seed()));
    configuration
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex layerVertex) {
                layerVertex.getLayerConf().setSeed(Networks.seed(options.training().seed()));
                org.deeplearning4j.nn.conf.layers.Layer layer =
                    layerVertex.getLayerConf().getLayer();
                if (layer instanceof BaseLayer own && Updaters.leaves(own.getIUpdater())) {
                  own.setIUpdater(Updaters.leaving()); // word vectors that are not trained
                  return;
                }
                if (!Networks.setUpdater(
                    layer, name.equals(head) ? options.headUpdater() : options.updater())) {
                  throw new IllegalStateException(
                      "The layer " + name + " is no layer of this zoo's networks: " + layer);
                }
              } else {
                Networks.setUpdater(vertex, options.updater());
              }
            });
  }

  /** A layer of the new network's configuration, to change before {@link #start}. */
  public FeedForwardLayer layer(String name) {
    return (FeedForwardLayer)
        ((LayerVertex) configuration.getVertices().get(name)).getLayerConf().getLayer();
  }

  /** Gives an embedding this many rows, as many as it has at least. */
  public TunedNetwork inputs(String layer, int size) {
    layer(layer).setNIn(size);
    return this;
  }

  /** Gives the output layer this many units; those that both networks have keep their weights. */
  public TunedNetwork outputs(int size) {
    layer(head).setNOut(size);
    return this;
  }

  /** Lets the output layer be drawn anew, for whoever knows what of the trained one it may have. */
  public TunedNetwork newHead() {
    newHead = true;
    return this;
  }

  /** The options of the trained network's entry, with what is other now. */
  public Map<String, Object> describe(Map<String, Object> architecture) {
    Map<String, Object> description = new LinkedHashMap<>(architecture);
    description.put("updater", options.updater().toString());
    description.put(Updaters.OPTIMIZER, Updaters.describeAsMap(options.updater()));
    description.put("seed", options.training().seed());
    return description;
  }

  /** Makes the network, with frozen layers and with kernels. */
  public ComputationGraph start() {
    network = new ComputationGraph(configuration);
    network.init();
    for (GraphVertex vertex : network.getVertices()) {
      if (!(newHead && vertex.getVertexName().equals(head))) {
        copy(trained.getVertex(vertex.getVertexName()), vertex);
      }
    }
    FusedKernels.attach(network);
    vertices = network.getVertices().clone();
    if (options.freeze() != Freeze.NOTHING) {
      freeze();
    }
    return network;
  }

  private static void copy(GraphVertex from, GraphVertex to) {
    Map<String, INDArray> parameters = to.paramTable(false);
    from.paramTable(false)
        .forEach(
            (name, array) -> copy(Networks.matrix(array), Networks.matrix(parameters.get(name))));
  }

  private static void copy(INDArray from, INDArray to) {
    if (Arrays.equals(from.shape(), to.shape())) {
      to.assign(from);
      return;
    }
    INDArrayIndex rows = interval(0, Math.min(from.size(0), to.size(0)));
    INDArrayIndex columns = interval(0, Math.min(from.size(1), to.size(1)));
    to.get(rows, columns).assign(from.get(rows, columns));
  }

  private void freeze() {
    GraphVertex[] inUse = network.getVertices();
    for (int i = 0; i < inUse.length; i++) {
      if (!inUse[i].isInputVertex() && isFrozen(inUse[i])) {
        inUse[i] = new Frozen(inUse[i]);
      }
    }
    renewUpdater();
  }

  private boolean isFrozen(GraphVertex vertex) {
    return switch (options.freeze()) {
      case NOTHING -> false;
      case EMBEDDING ->
          vertex.hasLayer()
              && vertex.getLayer().conf().getLayer() instanceof EmbeddingSequenceLayer;
      case ALL_BUT_HEAD -> !vertex.getVertexName().equals(head);
    };
  }

  /** A frozen vertex that tells which one it is. */
  private static final class Frozen extends FrozenVertex {
    private static final long serialVersionUID = 1L;

    final transient GraphVertex vertex;

    Frozen(GraphVertex vertex) {
      super(vertex);
      this.vertex = vertex;
    }
  }

  /** Saves a network in training as it would be if it were finished, and leaves it as it is. */
  static void saveFinished(ComputationGraph network, Runnable saving) {
    GraphVertex[] inUse = network.getVertices();
    GraphVertex[] inTraining = inUse.clone();
    if (Arrays.stream(inTraining).noneMatch(Frozen.class::isInstance)) {
      saving.run();
      return;
    }
    ComputationGraphUpdater updater = network.getUpdater();
    for (int i = 0; i < inUse.length; i++) {
      if (inUse[i] instanceof Frozen frozen) {
        inUse[i] = frozen.vertex;
      }
    }
    network.setUpdater(new ComputationGraphUpdater(network)); // without history, for all layers
    int steps = network.getIterationCount();
    int epochs = network.getEpochCount();
    resetCounters(network);
    try {
      saving.run();
    } finally {
      network.getConfiguration().setIterationCount(steps);
      network.getConfiguration().setEpochCount(epochs);
      System.arraycopy(inTraining, 0, inUse, 0, inUse.length);
      network.setUpdater(updater);
    }
  }

  /** Lays out the updater's state for the layers that learn, without history. */
  private void renewUpdater() {
    network.setUpdater(new ComputationGraphUpdater(network));
    FusedKernels.attach(network); // the updater's kernel
  }

  /**
   * Makes a network without frozen layers of it. If there were some, its updater has no history, so
   * that it may be trained on like any other.
   */
  public void finish() {
    if (options.freeze() != Freeze.NOTHING) {
      System.arraycopy(vertices, 0, network.getVertices(), 0, vertices.length);
      renewUpdater();
      resetCounters(network);
    }
  }

  /** An updater without history begins at the first step. */
  private static void resetCounters(ComputationGraph network) {
    network.getConfiguration().setIterationCount(0);
    network.getConfiguration().setEpochCount(0);
  }
}
