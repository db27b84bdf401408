package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;
import io.github.recurrentzoo.layers.CrfOutputLayer;
import io.github.recurrentzoo.layers.FinalStateVertex;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.ReverseStepsVertex;
import io.github.recurrentzoo.layers.inference.InferenceNetwork.Vertex;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.runtime.LayerCells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Makes an {@link InferenceNetwork} of a graph, from its outputs down. */
final class InferenceReader {

  /** Why a network is left to Deeplearning4j. */
  private static final class Obstacle extends Exception {
    private static final long serialVersionUID = 1L;

    Obstacle(String reason) {
      super(reason, null, false, false);
    }
  }

  private final ComputationGraph graph;
  private final List<String> outputs;
  private final Map<String, GraphVertex> conf;
  private final Map<String, List<String>> below;
  private final Map<String, Vertex> made = new LinkedHashMap<>();
  private final Set<String> masks = new HashSet<>();

  private InferenceReader(ComputationGraph graph, List<String> outputs) {
    this.graph = graph;
    this.outputs = outputs;
    this.conf = graph.getConfiguration().getVertices();
    this.below = graph.getConfiguration().getVertexInputs();
  }

  static Optional<InferenceNetwork> read(ComputationGraph graph, List<String> outputs) {
    if (!Kernels.serveOthers(graph.getConfiguration().getDataType(), KernelMode.AUTO)) {
      return Optional.empty();
    }
    InferenceReader reader = new InferenceReader(graph, outputs);
    try {
      for (String output : outputs) {
        reader.make(output);
      }
    } catch (Obstacle e) {
      return Optional.empty();
    }
    if (reader.masks.size() > 1) { // rows have one length
      return Optional.empty();
    }
    List<String> inputs = new ArrayList<>(graph.getConfiguration().getNetworkInputs());
    inputs.retainAll(reader.made.keySet());
    return Optional.of(new InferenceNetwork(reader.made, inputs, outputs));
  }

  /** Makes a vertex after those below it. */
  private String make(String name) throws Obstacle {
    if (made.containsKey(name)) {
      return name;
    }
    if (graph.getConfiguration().getNetworkInputs().contains(name)) {
      return put(name, List.of(), nodes -> new Nodes.Numbers());
    }
    GraphVertex vertex = conf.get(name);
    if (vertex instanceof LayerVertex layer) {
      if (layer.getPreProcessor() != null) {
        throw new Obstacle(name + " has a preprocessor");
      }
      return layer(name, layer.getLayerConf().getLayer());
    }
    if (vertex instanceof MergeVertex merge && merge.getMergeAxis() == 1) {
      List<String> parts = new ArrayList<>();
      for (String part : below.get(name)) {
        parts.add(make(part));
      }
      return put(name, parts, Nodes.Merge::new);
    }
    return plain(name, vertex);
  }

  private String put(String name, List<String> reads, Function<List<Node>, Node> maker) {
    made.put(name, new Vertex(reads, maker));
    return name;
  }

  private String put(String name, String reads, Function<Node, Node> maker) {
    return put(name, List.of(reads), nodes -> maker.apply(nodes.get(0)));
  }

  /** A vertex without parameters that reads one other. */
  private String plain(String name, GraphVertex vertex) throws Obstacle {
    String from = below.get(name).get(0);
    if (vertex instanceof SubsetVertex subset) {
      return put(
          name, make(from), node -> new Nodes.Subset(node, subset.getFrom(), subset.getTo() + 1));
    }
    if (vertex instanceof ConcatPoolingVertex pooling) {
      masks.add(requireMask(pooling.getMaskedInput()));
      return put(name, make(from), node -> new Nodes.Pooling(node, pooling.isBidirectional()));
    }
    if (vertex instanceof LastTimeStepVertex || vertex instanceof FinalStateVertex) {
      masks.add(
          requireMask(
              vertex instanceof FinalStateVertex own
                  ? own.getMaskedInput()
                  : ((LastTimeStepVertex) vertex).getMaskArrayInputName()));
      return put(
          name,
          make(from),
          node -> node.isSequence() ? new Nodes.LastStep(node) : new Nodes.Same(node));
    }
    if (vertex instanceof ReverseStepsVertex reversed) {
      masks.add(requireMask(reversed.getMaskedInput()));
      return put(name, make(from), Nodes.Reversed::new);
    }
    if (vertex instanceof ReverseTimeSeriesVertex reversed) {
      masks.add(requireMask(reversed.getMaskArrayInputName()));
      return put(name, make(from), Nodes.Reversed::new);
    }
    throw new Obstacle(name + " is a " + vertex.getClass().getSimpleName());
  }

  /** Without one, a vertex reads padding too. */
  private static String requireMask(String input) throws Obstacle {
    if (input == null) {
      throw new Obstacle("a vertex takes all steps of all rows");
    }
    return input;
  }

  private String layer(String name, Layer layer) throws Obstacle {
    String from = below.get(name).get(0);
    Optional<LayerCells> cells = LayerCells.of(graph.getLayer(name));
    if (cells.isPresent()) {
      return recurrent(name, cells.get());
    }
    if (layer instanceof DropoutLayer) {
      return put(name, make(from), Nodes.Same::new);
    }
    if (layer instanceof EmbeddingSequenceLayer) {
      HeapMatrix table = embedding(name);
      return put(name, symbols(name), node -> new Nodes.Embedding(node, table));
    }
    boolean sequences = layer instanceof RnnOutputLayer;
    if (sequences && ((RnnOutputLayer) layer).getRnnDataFormat() == RNNFormat.NWC) {
      throw new Obstacle(name + " has the format NWC");
    }
    if (layer.getClass() == DenseLayer.class
        || layer.getClass() == OutputLayer.class
        || layer instanceof CrfOutputLayer
        || sequences) {
      return dense(name, (FeedForwardLayer) layer, make(from));
    }
    throw new Obstacle(name + " is a " + layer.getClass().getSimpleName());
  }

  /** The input of an embedding. */
  private String symbols(String embedding) throws Obstacle {
    String from = below.get(embedding).get(0);
    if (!graph.getConfiguration().getNetworkInputs().contains(from)) {
      throw new Obstacle(embedding + " reads no input of the network");
    }
    return put(from, List.of(), nodes -> new Nodes.Symbols());
  }

  private HeapMatrix embedding(String name) throws Obstacle {
    if (!LayerCells.isPlainEmbedding(graph.getLayer(name))) {
      throw new Obstacle(name + " is more than a table");
    }
    return matrix(name);
  }

  private HeapMatrix matrix(String name) {
    return HeapMatrix.of(graph.getLayer(name).getParam(DefaultParamInitializer.WEIGHT_KEY));
  }

  private String dense(String name, FeedForwardLayer layer, String from) throws Obstacle {
    HeapMatrix weights = matrix(name);
    var b = graph.getLayer(name).getParam(DefaultParamInitializer.BIAS_KEY);
    float[] bias = b == null ? new float[weights.columns()] : b.dup('c').data().asFloat();
    if (layer instanceof DenseLayer hidden && hidden.hasLayerNorm()) {
      throw new Obstacle(name + " has layer norm");
    }
    if (layer.getActivationFn() instanceof ActivationSoftmax) {
      SteppedSoftmax softmax = new SteppedSoftmax(weights, bias);
      return put(name, from, node -> new Nodes.Softmax(node, softmax));
    }
    CellActivation activation =
        CellActivation.of(layer.getActivationFn())
            .orElseThrow(() -> new Obstacle(name + " has another activation"));
    return put(name, from, node -> new Nodes.Dense(node, weights, bias, activation));
  }

  /** One direction, or both side by side. */
  private String recurrent(String name, LayerCells cells) throws Obstacle {
    String from = below.get(name).get(0);
    boolean embedded =
        conf.get(from) instanceof LayerVertex vertex
            && vertex.getLayerConf().getLayer() instanceof EmbeddingSequenceLayer;
    HeapMatrix embedding = embedded ? embedding(from) : null;
    String reads = embedded ? symbols(from) : make(from);
    boolean isForward = cells.directions().size() == 1 && cells.directions().get(0).forward();
    boolean sequences = cells.returnsSequences() && !(isForward && isReadByLastStepOnly(name));
    List<String> parts = new ArrayList<>();
    for (LayerCells.Direction direction : cells.directions()) {
      SteppedCell cell = SteppedCell.of(direction.cell(), direction.parameters());
      SymbolTable table = embedded ? new SymbolTable(embedding, cell.input(), cell.bias()) : null;
      String part = cells.directions().size() == 1 ? name : name + "/" + parts.size();
      boolean forward = direction.forward();
      parts.add(put(part, reads, node -> new Recurrent(node, cell, table, forward, sequences)));
    }
    return parts.size() == 1 ? name : put(name, parts, Nodes.Merge::new);
  }

  private boolean isReadByLastStepOnly(String name) {
    List<String> above =
        below.entrySet().stream()
            .filter(entry -> entry.getValue().contains(name))
            .map(Map.Entry::getKey)
            .toList();
    return !outputs.contains(name)
        && above.size() == 1
        && (conf.get(above.get(0)) instanceof LastTimeStepVertex
            || conf.get(above.get(0)) instanceof FinalStateVertex);
  }
}
