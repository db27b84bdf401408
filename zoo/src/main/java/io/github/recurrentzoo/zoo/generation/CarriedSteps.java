package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.layers.runtime.FusedSoftmaxLayer;
import io.github.recurrentzoo.layers.step.StepSolver;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Passes of a network with one input and one output over segments of a text, each of which begins
 * with the state that the one before it ended with. Deeplearning4j's {@code fit} begins each call
 * with zeros. Gradients go back to the beginning of the segment, where the state is held constant.
 *
 * <p>Where the network has kernels, its training step is made on them, and reads what comes next as
 * ids.
 */
final class CarriedSteps {
  private static final long MOST_PROBABILITIES = 4_000_000;

  private final ComputationGraph network;
  private final Solver solver;

  /**
   * For a network that is configured for truncated back-propagation through time; its updater is
   * the one that steps.
   */
  CarriedSteps(ComputationGraph network) {
    this.network = network;
    if (network.getFlattenedGradients() == null) { // else the updater would keep the old view
      network.initGradientsView();
    }
    solver = StepSolver.of(network).orElseGet(() -> plainSolver(network));
  }

  private static Solver plainSolver(ComputationGraph network) {
    Solver solver = new Solver.Builder().configure(network.conf()).model(network).build();
    solver.getOptimizer().setUpdaterComputationGraph(network.getUpdater());
    return solver;
  }

  /** The next segment begins with a state of zeros. */
  void reset() {
    network.rnnClearPreviousState();
    network.clearLayerMaskArrays();
  }

  /**
   * The next segment of one stream begins with a state of zeros.
   *
   * @param stream its row in the minibatch
   */
  void reset(int stream) {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        Map<String, INDArray> state = recurrent.rnnGetTBPTTState();
        state.values().forEach(array -> array.getRow(stream).assign(0));
        recurrent.rnnSetTBPTTState(state);
      }
    }
  }

  /** A copy of the state that the next segment begins with, by layer and array. */
  Map<String, INDArray> state() {
    Map<String, INDArray> all = new LinkedHashMap<>();
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] instanceof RecurrentLayer recurrent) {
        String prefix = prefix(i);
        recurrent
            .rnnGetTBPTTState()
            .forEach((name, array) -> all.put(prefix + name, array.dup(array.ordering())));
      }
    }
    return all;
  }

  /**
   * The next segment begins with a state that {@link #state} gave.
   *
   * @param streams the number of rows, B
   * @throws IllegalArgumentException if it is no state of this network
   */
  void restore(Map<String, INDArray> state, int streams) {
    reset();
    int arrays = 0;
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] instanceof RecurrentLayer recurrent) {
        String prefix = prefix(i);
        Map<String, INDArray> own = new LinkedHashMap<>();
        state.forEach(
            (name, array) -> {
              if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), array);
              }
            });
        requireState(prefix, own, new long[] {streams, units(layers[i])});
        arrays += own.size();
        recurrent.rnnSetTBPTTState(own);
      }
    }
    if (arrays != state.size()) {
      throw new IllegalArgumentException("state of other layers: " + state.keySet());
    }
  }

  private static void requireState(String layer, Map<String, INDArray> state, long[] shape) {
    if (state.isEmpty()) {
      throw new IllegalArgumentException("no state of layer " + layer);
    }
    state.forEach(
        (name, array) -> {
          if (!Arrays.equals(array.shape(), shape)) {
            throw new IllegalArgumentException(
                "the state %s%s has the shape %s; expected %s"
                    .formatted(
                        layer, name, Arrays.toString(array.shape()), Arrays.toString(shape)));
          }
        });
  }

  /** The number of units, H: the rows of the recurrent weights. */
  private static long units(Layer layer) {
    return layer.getParam("RW").size(0);
  }

  private static String prefix(int layer) {
    return layer + "-";
  }

  /**
   * One step of the optimiser; carries the state on.
   *
   * @param inputs [B, T]
   * @param labels as {@link #labels} gives them
   * @return the loss: a sum over steps and a mean over rows, with penalties
   */
  double train(INDArray inputs, INDArray labels) {
    network.setInputs(inputs);
    network.setLabels(labels);
    solver.setListeners(network.getListeners()); // they are attached when training begins
    solver.optimize(LayerWorkspaceMgr.noWorkspaces());
    return network.score();
  }

  /**
   * Ids as the network takes them for labels: as they are, [B, 1, T], where the kernel of its
   * output layer reads them, else one-hot, [B, V, T].
   *
   * @param next [B][T]
   */
  INDArray labels(int[][] next) {
    RnnOutputLayer output = (RnnOutputLayer) network.getOutputLayer(0);
    return output instanceof FusedSoftmaxLayer
        ? UnitStreams.array(next).reshape(next.length, 1, next[0].length)
        : UnitStreams.oneHot(next, Math.toIntExact(output.layerConf().getNOut()));
  }

  /**
   * How many steps of so many streams are answered at once, so that probabilities take {@value
   * #MOST_PROBABILITIES} numbers at most, or are of one step.
   */
  int stepsAtOnce(int streams) {
    RnnOutputLayer output = (RnnOutputLayer) network.getOutputLayer(0);
    long ofStep = streams * output.layerConf().getNOut();
    return (int) Math.max(1, MOST_PROBABILITIES / ofStep);
  }

  /**
   * What the network answers, without dropout.
   *
   * @param inputs [B, T]
   * @param carriesOn whether the next segment begins with the state after this one; if not, it
   *     begins as this one did
   * @return [B, V, T]
   */
  INDArray answer(INDArray inputs, boolean carriesOn) {
    return network
        .rnnActivateUsingStoredState(new INDArray[] {inputs}, false, carriesOn)
        .get(network.getConfiguration().getNetworkOutputs().get(0));
  }
}
