package io.github.recurrentzoo.layers.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network that is only asked, as copies of its weights on the Java heap. Its answers are those of
 * {@code ComputationGraph.output} but for rounding, at the steps that are there. It does not change
 * when the network does. Any number of threads may ask it, each with {@link #newInference} of its
 * own.
 */
public final class InferenceNetwork {

  /** A vertex: which ones it reads, and how it is made for a thread. */
  record Vertex(List<String> below, Function<List<Node>, Node> maker) {}

  private final Map<String, Vertex> vertices; // from the inputs on
  private final List<String> inputs;
  private final List<String> outputs;

  InferenceNetwork(Map<String, Vertex> vertices, List<String> inputs, List<String> outputs) {
    this.vertices = new LinkedHashMap<>(vertices);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** As {@link #of(ComputationGraph, List)}, with the outputs of the network. */
  public static Optional<InferenceNetwork> of(ComputationGraph graph) {
    return of(graph, graph.getConfiguration().getNetworkOutputs());
  }

  /**
   * Reads a network down from some of its vertices.
   *
   * @param outputs names of vertices, whose activations are wanted
   * @return empty if there is a vertex that this package does not compute, or where kernels do not
   *     serve
   */
  public static Optional<InferenceNetwork> of(ComputationGraph graph, List<String> outputs) {
    return InferenceReader.read(graph, outputs);
  }

  /** Arrays for one thread. */
  public Inference newInference() {
    return new Inference(this);
  }

  /** The inputs that the outputs depend on, in the network's order. */
  public List<String> inputs() {
    return inputs;
  }

  /** The vertices whose activations are given. */
  public List<String> outputs() {
    return outputs;
  }

  /** All vertices for one thread, by name, from the inputs on. */
  Map<String, Node> newNodes() {
    Map<String, Node> nodes = new LinkedHashMap<>();
    vertices.forEach(
        (name, vertex) -> {
          List<Node> below = new ArrayList<>();
          vertex.below().forEach(each -> below.add(nodes.get(each)));
          nodes.put(name, vertex.maker().apply(below));
        });
    return nodes;
  }
}
