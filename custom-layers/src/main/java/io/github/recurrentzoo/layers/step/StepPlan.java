package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.EmbeddingGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link TrainingStep} has made of a network. It holds as long as the network has these
 * vertices, layers and updater.
 */
final class StepPlan {

  private final ComputationGraph graph;
  private final ComputationGraphUpdater updater;
  private final GraphVertex[] vertices;
  private final Layer[] layers;
  private final List<StepNode> nodes;
  private final List<StepNode> learning;
  private final List<StepOutput> outputs = new ArrayList<>();
  private final Map<String, EmbeddingGradient> rows = new HashMap<>();
  private final Optional<StepUpdate> update;
  private final StepGradient gradient;

  private StepPlan(
      ComputationGraph graph,
      ComputationGraphUpdater updater,
      Map<String, StepNode> nodes,
      Map<String, INDArray> gradients) {
    this.graph = graph;
    this.updater = updater;
    this.vertices = graph.getVertices().clone();
    this.layers = layers(graph);
    this.nodes = List.copyOf(nodes.values());
    this.learning = new ArrayList<>(this.nodes);
    learning.removeIf(node -> !node.learns());
    Collections.reverse(learning);
    nodes.forEach(
        (name, node) -> {
          if (node instanceof StepEmbedding embedding && node.learns()) {
            rows.put(name, embedding.gradient());
          } else if (node instanceof StepOutput output) {
            outputs.add(output);
          }
        });
    this.update = this.nodes.isEmpty() ? Optional.empty() : StepUpdate.of(updater, rows);
    this.gradient = gradient(gradients);
  }

  /**
   * For a network as it is.
   *
   * @throws StepGraph.Obstacle if no step is made for it
   */
  static StepPlan of(ComputationGraph graph, ComputationGraphUpdater updater)
      throws StepGraph.Obstacle {
    Map<String, StepNode> nodes = StepGraph.of(graph);
    return new StepPlan(graph, updater, nodes, gradients(graph, nodes));
  }

  /** For a network as it is, which is left to Deeplearning4j. */
  static StepPlan none(ComputationGraph graph, ComputationGraphUpdater updater) {
    return new StepPlan(graph, updater, Map.of(), Map.of());
  }

  private static Layer[] layers(ComputationGraph graph) {
    return Arrays.stream(graph.getVertices()).map(GraphVertex::getLayer).toArray(Layer[]::new);
  }

  /** Where the gradients go of all parameters that learn. */
  private static Map<String, INDArray> gradients(
      ComputationGraph graph, Map<String, StepNode> nodes) throws StepGraph.Obstacle {
    Map<String, INDArray> views = new LinkedHashMap<>();
    for (Map.Entry<String, StepNode> entry : nodes.entrySet()) {
      GraphVertex vertex = graph.getVertex(entry.getKey());
      if (entry.getValue().learns() && vertex.numParams() > 0) {
        StepGraph.gradients(vertex)
            .forEach((key, view) -> views.put(entry.getKey() + "_" + key, view));
      }
    }
    return views;
  }

  private StepGradient gradient(Map<String, INDArray> views) {
    Runnable writeRows = () -> rows.forEach((name, row) -> row.write(views.get(name + "_W")));
    StepGradient made = new StepGradient(graph.getFlattenedGradients(), writeRows);
    views.forEach((name, view) -> made.setGradientFor(name, view, view.ordering()));
    return made;
  }

  /** Whether the network is as it was. */
  @SuppressWarnings("ReferenceEquality") // updaters are equal where their states are
  boolean holds(ComputationGraphUpdater now) {
    GraphVertex[] verticesNow = graph.getVertices();
    Layer[] layersNow = layers(graph);
    boolean same = updater == now && vertices.length == verticesNow.length;
    for (int i = 0; same && i < vertices.length; i++) {
      same = vertices[i] == verticesNow[i] && layers[i] == layersNow[i];
    }
    return same && update.map(StepUpdate::isOpen).orElse(true);
  }

  ComputationGraphUpdater updater() {
    return updater;
  }

  /** From the input on; none if the network is left to Deeplearning4j. */
  List<StepNode> nodes() {
    return nodes;
  }

  /** Those that a gradient goes to, from the output on. */
  List<StepNode> learning() {
    return learning;
  }

  List<StepOutput> outputs() {
    return outputs;
  }

  /** Empty if Deeplearning4j's updater is to do it. */
  Optional<StepUpdate> update() {
    return update;
  }

  StepGradient gradient() {
    return gradient;
  }
}
