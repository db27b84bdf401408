package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.FusedAdam;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.AdamUpdater;

/** Puts other layers into a network, wherever it refers to them. */
final class NetworkLayers {

  private NetworkLayers() {}

  /** Gives a layer all that another one of the same configuration holds. */
  static void takeOver(BaseLayer<?> from, BaseLayer<?> to) {
    to.setParamsViewArray(from.params());
    to.setParamTable(from.paramTable());
    if (from.getGradientsViewArray() != null) {
      to.setBackpropGradientsViewArray(from.getGradientsViewArray());
    }
    to.setListeners(from.getListeners());
    to.setIndex(from.getIndex());
    to.setIterationCount(from.getIterationCount());
    to.setEpochCount(from.getEpochCount());
    to.setCacheMode(from.getCacheMode());
    to.allowInputModification(from.isInputModificationAllowed());
    to.setMaskArray(from.getMaskArray());
    to.setMaskState(from.getMaskState());
  }

  static void replace(MultiLayerNetwork network, Layer[] after) {
    Layer[] layers = network.getLayers();
    boolean replaced = false;
    for (int i = 0; i < layers.length; i++) {
      Layer before = layers[i];
      Layer now = after[i];
      if (before != now) { // never by equals: Deeplearning4j's layers are equal to their subclasses
        layersByName(network).replaceAll((name, layer) -> layer == before ? now : layer);
        layers[i] = now;
        replaced = true;
      }
    }
    Updater updater = replaced ? network.getUpdater(false) : null;
    if (updater != null && updater.getClass() == MultiLayerUpdater.class) {
      // It refers to the layers before. The new one goes on with the same state.
      network.setUpdater(new MultiLayerUpdater(network, updater.getStateViewArray()));
    }
  }

  /** What getLayer(name) answers from has no setter. */
  @SuppressWarnings("unchecked") // that is how it is declared
  private static Map<String, Layer> layersByName(MultiLayerNetwork network) {
    try {
      var field = MultiLayerNetwork.class.getDeclaredField("layerMap");
      field.setAccessible(true);
      return (Map<String, Layer>) field.get(network);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "MultiLayerNetwork keeps its layers otherwise than in Deeplearning4j 1.0.0-M2.1; use a"
              + " ComputationGraph, or that version",
          e);
    }
  }

  /** The graph's updater refers to vertices, which stay. */
  static void replace(ComputationGraph graph, LayerVertex vertex, Layer after) {
    Layer[] layers = graph.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] == vertex.getLayer()) {
        layers[i] = after;
      }
    }
    vertex.setLayer(after);
  }

  /**
   * How many parameters there are.
   *
   * @param all in the network
   * @param before that the fused Adam updated before
   * @param now that it updates from now on
   */
  record Counts(long all, long before, long now) {}

  /** Gives all parameters whose updater is Adam the fused one, upon the same state. */
  static Counts fuseAdam(BaseMultiLayerUpdater<?> updater) {
    long all = 0;
    long before = 0;
    long now = 0;
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      long count = (long) block.getParamOffsetEnd() - block.getParamOffsetStart();
      all += count;
      if (block.getGradientUpdater() instanceof FusedAdam) {
        before += count;
      } else if (block.getGradientUpdater() instanceof AdamUpdater plain
          && count <= FusedAdam.MAX_PARAMETERS) {
        block.setGradientUpdater(new FusedAdam(plain));
        now += count;
      }
    }
    return new Counts(all, before, now);
  }
}
