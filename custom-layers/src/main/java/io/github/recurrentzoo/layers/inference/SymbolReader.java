package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.runtime.LayerCells;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes a {@link SymbolNetwork} of a graph, from its output down. */
final class SymbolReader {

  private final ComputationGraph graph;
  private final Map<String, GraphVertex> vertices;

  private SymbolReader(ComputationGraph graph) {
    this.graph = graph;
    this.vertices = graph.getConfiguration().getVertices();
  }

  static Optional<SymbolNetwork> read(ComputationGraph graph, String output) {
    boolean serves = Kernels.serveOthers(graph.getConfiguration().getDataType(), KernelMode.AUTO);
    return serves ? new SymbolReader(graph).read(output) : Optional.empty();
  }

  private Optional<SymbolNetwork> read(String output) {
    Optional<SteppedSoftmax> softmax = softmax(output);
    if (softmax.isEmpty()) {
      return Optional.empty();
    }
    String top = below(output);
    SteppedAttention attention = null;
    if (vertices.get(top) instanceof LuongAttentionVertex) {
      attention = new SteppedAttention(graph.getVertex(top).paramTable(false));
      top = below(top);
    }
    List<SteppedCell> cells = new ArrayList<>();
    Optional<Cell> cell = cell(top);
    for (; cell.isPresent(); cell = cell(top)) {
      cells.add(0, SteppedCell.of(cell.get(), graph.getLayer(top).paramTable()));
      top = below(top);
    }
    boolean hasContext = vertices.get(top) instanceof ContextVertex;
    Optional<HeapMatrix> embedding = embedding(hasContext ? below(top) : top);
    if (cells.isEmpty() || embedding.isEmpty()) {
      return Optional.empty();
    }
    HeapMatrix input = cells.get(0).input();
    int size = embedding.get().columns();
    return Optional.of(
        new SymbolNetwork(
            new SymbolTable(embedding.get(), input.rows(0, size), cells.get(0).bias()),
            hasContext ? new ContextPart(input.rows(size, input.rows())) : null,
            cells,
            attention,
            softmax.get()));
  }

  /** What a vertex reads, of several the first. */
  private String below(String vertex) {
    return graph.getConfiguration().getVertexInputs().get(vertex).get(0);
  }

  /** The layer of a vertex whose input it takes as it is; empty for anything else. */
  private Optional<Layer> layer(String name) {
    return vertices.get(name) instanceof LayerVertex vertex && vertex.getPreProcessor() == null
        ? Optional.of(vertex.getLayerConf().getLayer())
        : Optional.empty();
  }

  private Optional<Cell> cell(String name) {
    return layer(name)
        .flatMap(layer -> LayerCells.of(graph.getLayer(name)).flatMap(LayerCells::stepwise));
  }

  private Optional<SteppedSoftmax> softmax(String name) {
    return layer(name)
        .filter(RnnOutputLayer.class::isInstance)
        .map(RnnOutputLayer.class::cast)
        .filter(layer -> layer.getActivationFn() instanceof ActivationSoftmax && layer.hasBias())
        .map(
            layer ->
                new SteppedSoftmax(
                    HeapMatrix.of(parameter(name, DefaultParamInitializer.WEIGHT_KEY)),
                    parameter(name, DefaultParamInitializer.BIAS_KEY).dup('c').data().asFloat()));
  }

  /** E, [V, D]. */
  private Optional<HeapMatrix> embedding(String name) {
    return layer(name)
        .filter(layer -> LayerCells.isPlainEmbedding(graph.getLayer(name)))
        .map(layer -> HeapMatrix.of(parameter(name, DefaultParamInitializer.WEIGHT_KEY)));
  }

  private INDArray parameter(String layer, String key) {
    return graph.getLayer(layer).getParam(key);
  }
}
