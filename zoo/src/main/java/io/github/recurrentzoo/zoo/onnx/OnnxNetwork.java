package io.github.recurrentzoo.zoo.onnx;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;
import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.FinalStateVertex;
import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.ReverseStepsVertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a network as an ONNX graph, vertex by vertex. At its borders batches come first: ids [N,
 * T], lengths [N], numbers [N, T, size] and [N, size]; within, sequences are [T, N, size].
 */
final class OnnxNetwork {
  /** What is behind the name of an input, for the number of steps that each row has. */
  private static final String LENGTHS = "_lengths";

  private static final Object ROWS = "batch";

  private final ComputationGraph network;
  private final OnnxPart part;
  private final OnnxGraph graph;
  private final Set<String> after;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, String> lengths = new HashMap<>();
  private final Map<String, Map<String, Object>> inputs = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> outputs = new LinkedHashMap<>();

  /**
   * What a vertex gives.
   *
   * @param steps whether it is a sequence
   * @param rows the network input whose rows are as long
   */
  private record Value(String tensor, boolean steps, long size, String rows) {}

  private OnnxNetwork(ComputationGraph network, OnnxPart part) {
    this.network = network;
    this.part = part;
    this.graph = OnnxGraph.named(part.file().replace(".onnx", ""));
    this.after = part.asked().map(this::reachedBy).orElse(Set.of());
  }

  /**
   * A part of a network.
   *
   * @param model what the file holds
   * @param inputs type and shape of each, by name
   * @param outputs the same of the outputs
   */
  record Written(
      ModelProto model,
      Map<String, Map<String, Object>> inputs,
      Map<String, Map<String, Object>> outputs) {}

  /**
   * Writes a part.
   *
   * @throws UnsupportedOperationException if ONNX lacks a vertex or an activation of it
   */
  static Written write(ComputationGraph network, OnnxPart part, String version) {
    OnnxNetwork written = new OnnxNetwork(network, part);
    written.vertices();
    written.outputs();
    return new Written(written.graph.toModel(version), written.inputs, written.outputs);
  }

  private Set<String> reachedBy(String input) {
    Set<String> reached = new LinkedHashSet<>(Set.of(input));
    for (String name : names()) {
      if (inputsOf(name).stream().anyMatch(reached::contains)) {
        reached.add(name);
      }
    }
    return reached;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int index : network.topologicalSortOrder()) {
      names.add(network.getVertices()[index].getVertexName());
    }
    return names;
  }

  private List<String> inputsOf(String vertex) {
    return network.getConfiguration().getVertexInputs().getOrDefault(vertex, List.of());
  }

  private boolean belongs(String vertex) {
    return switch (part.kind()) {
      case WHOLE, STEPWISE -> true;
      case BEFORE -> !after.contains(vertex);
      case AFTER -> after.contains(vertex);
    };
  }

  private void vertices() {
    for (String name : names()) {
      if (!belongs(name)) {
        continue;
      }
      if (network.getConfiguration().getNetworkInputs().contains(name)) {
        continue; // added by whoever reads it, who knows its type
      }
      for (String input : inputsOf(name)) {
        if (!values.containsKey(input) && !belongs(input)) {
          values.put(input, fromBefore(input));
        }
      }
      try {
        values.put(name, vertex(name));
      } catch (UnsupportedOperationException e) {
        throw new UnsupportedOperationException(
            "Vertex \"%s\" cannot be exported: %s".formatted(name, e.getMessage()), e);
      }
    }
  }

  /** What the other file gives. */
  private Value fromBefore(String name) {
    OnnxNetwork before =
        new OnnxNetwork(network, new OnnxPart("", OnnxPart.Kind.BEFORE, part.asked(), 1));
    before.vertices();
    Value value = before.values.get(name);
    return input(name, value.steps(), value.size(), value.rows());
  }

  /** Numbers from outside. */
  private Value input(String name, boolean steps, long size, String rows) {
    if (steps) {
      declare(name, TensorProto.DataType.FLOAT, ROWS, stepsOf(rows), size);
      return new Value(graph.turned(name), true, size, rows);
    }
    declare(name, TensorProto.DataType.FLOAT, ROWS, size);
    return new Value(name, false, size, rows);
  }

  private void declare(String name, TensorProto.DataType type, Object... shape) {
    graph.input(name, type, shape);
    inputs.put(name, described(type, shape));
  }

  private static Map<String, Object> described(TensorProto.DataType type, Object... shape) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("type", type == TensorProto.DataType.INT64 ? "int64" : "float32");
    description.put("shape", List.of(shape));
    return description;
  }

  private static Object stepsOf(String rows) {
    return rows + "_steps";
  }

  private OnnxSequence sequence(Value value) {
    return new OnnxSequence(graph, lengthsOf(value.rows()));
  }

  /** The lengths of the rows of an input; null where all steps are there. */
  private String lengthsOf(String rows) {
    boolean queries = part.kind() == OnnxPart.Kind.AFTER && after.contains(rows);
    if (part.kind() == OnnxPart.Kind.STEPWISE || queries || !(part.numbers() || areIds(rows))) {
      return null;
    }
    return lengths.computeIfAbsent(
        rows,
        key -> {
          declare(key + LENGTHS, TensorProto.DataType.INT64, ROWS);
          return key + LENGTHS;
        });
  }

  /** Whether an input is read by an embedding. */
  private boolean areIds(String input) {
    return names().stream()
        .filter(name -> inputsOf(name).contains(input))
        .anyMatch(name -> layer(name) instanceof EmbeddingSequenceLayer);
  }

  private Layer layer(String vertex) {
    org.deeplearning4j.nn.graph.vertex.GraphVertex found = network.getVertex(vertex);
    return found.hasLayer() ? found.getLayer().conf().getLayer() : null;
  }

  private Value vertex(String name) {
    Layer layer = layer(name);
    Map<String, INDArray> weights = network.getVertex(name).paramTable(false);
    if (layer != null) {
      return layer(name, layer, weights);
    }
    GraphVertex vertex = network.getConfiguration().getVertices().get(name);
    List<Value> from = inputsOf(name).stream().map(input -> numbers(input, name)).toList();
    Value first = from.get(0);
    if (vertex instanceof LastTimeStepVertex || vertex instanceof FinalStateVertex) {
      return vector(sequence(first).last(first.tensor()), first.size(), first);
    }
    if (vertex instanceof ReverseTimeSeriesVertex || vertex instanceof ReverseStepsVertex) {
      return with(first, sequence(first).reversed(first.tensor()), first.size());
    }
    if (vertex instanceof ConcatPoolingVertex pooling) {
      return pooled(first, pooling.isBidirectional());
    }
    if (vertex instanceof MergeVertex) {
      return with(
          first,
          graph.concat(from.stream().map(Value::tensor).toList()),
          from.stream().mapToLong(Value::size).sum());
    }
    if (vertex instanceof SubsetVertex subset) {
      return with(
          first,
          slice(first.tensor(), subset.getFrom(), subset.getTo() + 1L),
          subset.getTo() - subset.getFrom() + 1L);
    }
    if (vertex instanceof ContextVertex) {
      return context(first, from.get(1));
    }
    if (vertex instanceof LuongAttentionVertex attention) {
      return attention(attention, from, weights);
    }
    throw new UnsupportedOperationException(
        "ONNX export has no %s.".formatted(vertex.getClass().getSimpleName()));
  }

  /** What a vertex reads; an input that nobody has read before is one of numbers. */
  private Value numbers(String input, String reader) {
    Value known = values.get(input);
    if (known != null) {
      return known;
    }
    Layer layer = layer(reader);
    Value added;
    if (layer == null) { // beside vectors: MergeVertex, ContextVertex
      List<Value> others =
          inputsOf(reader).stream().filter(values::containsKey).map(values::get).toList();
      boolean context =
          network.getConfiguration().getVertices().get(reader) instanceof ContextVertex;
      boolean steps = context || part.numbers() || others.stream().anyMatch(Value::steps);
      long size = sizeRead(reader) - others.stream().mapToLong(Value::size).sum();
      boolean beside = steps && !context && !others.isEmpty();
      added = input(input, steps, size, beside ? others.get(0).rows() : input);
    } else {
      boolean steps = part.numbers() || OnnxRecurrent.serves(layer);
      added = input(input, steps, ((FeedForwardLayer) layer).getNIn(), input);
    }
    values.put(input, added);
    return added;
  }

  /** The size of what a vertex gives, by a layer that reads it. */
  private long sizeRead(String vertex) {
    return readersOf(vertex).stream()
        .map(this::layer)
        .filter(FeedForwardLayer.class::isInstance)
        .mapToLong(layer -> ((FeedForwardLayer) layer).getNIn())
        .findFirst()
        .orElseThrow();
  }

  private List<String> readersOf(String vertex) {
    return names().stream().filter(name -> inputsOf(name).contains(vertex)).toList();
  }

  private Value layer(String name, Layer layer, Map<String, INDArray> weights) {
    String below = inputsOf(name).get(0);
    if (layer instanceof EmbeddingSequenceLayer embedding) {
      return embedding(below, embedding, weights);
    }
    if (layer instanceof EmbeddingLayer embedding) {
      return embeddingOfOne(below, embedding, weights);
    }
    Value input = numbers(below, name);
    if (layer instanceof DropoutLayer) {
      return input;
    }
    if (OnnxRecurrent.serves(layer)) {
      String output =
          new OnnxRecurrent(graph, sequence(input), part.isStepwise() ? new States() : null)
              .add(name, layer, weights, input.tensor());
      long size = outputSize(layer);
      return givesSteps(layer)
          ? new Value(output, true, size, input.rows())
          : new Value(output, false, size, input.rows());
    }
    if (layer instanceof Convolution1DLayer convolution && isOneStep(convolution)) {
      INDArray kernel = weights.get("W"); // [F, S, 1, 1], which Deeplearning4j reads as [1, S, F]
      INDArray matrix = kernel.reshape('c', kernel.size(1), kernel.size(0));
      return dense(name, convolution, Map.of("W", matrix, "b", weights.get("b")), input);
    }
    if (layer instanceof DenseLayer || layer instanceof BaseOutputLayer) {
      return dense(name, (FeedForwardLayer) layer, weights, input);
    }
    throw new UnsupportedOperationException(
        "ONNX export has no layer %s.".formatted(layer.getClass().getSimpleName()));
  }

  private static boolean isOneStep(Convolution1DLayer layer) {
    return layer.getKernelSize()[0] == 1 && layer.getStride()[0] == 1 && layer.hasBias();
  }

  private static boolean givesSteps(Layer layer) {
    return !(layer instanceof RecurrentSameDiffLayer own) || own.isReturnSequences();
  }

  private static long outputSize(Layer layer) {
    return layer instanceof RecurrentSameDiffLayer own
        ? own.outputSize()
        : ((FeedForwardLayer) layer).getNOut();
  }

  private Value embedding(
      String input, EmbeddingSequenceLayer layer, Map<String, INDArray> weights) {
    INDArray table = weights.get("W");
    declare(input, TensorProto.DataType.INT64, ROWS, stepsOf(input));
    String ids = graph.add("Transpose", List.of(input), OnnxGraph.integers("perm", 1, 0));
    String rows =
        graph.add(
            "Gather",
            List.of(graph.weights("embedding", table, table.size(0), table.size(1)), ids));
    if (layer.hasBias()) {
      throw new UnsupportedOperationException("its embedding has a bias.");
    }
    String output = OnnxActivation.apply(graph, OnnxActivation.of(layer.getActivationFn()), rows);
    return new Value(output, true, table.size(1), input);
  }

  /** Of one id a row, [N]. */
  private Value embeddingOfOne(String input, EmbeddingLayer layer, Map<String, INDArray> weights) {
    if (layer.hasBias()) {
      throw new UnsupportedOperationException("its embedding has a bias.");
    }
    INDArray table = weights.get("W");
    declare(input, TensorProto.DataType.INT64, ROWS);
    String rows =
        graph.add(
            "Gather",
            List.of(graph.weights("embedding", table, table.size(0), table.size(1)), input));
    String output = OnnxActivation.apply(graph, OnnxActivation.of(layer.getActivationFn()), rows);
    return new Value(output, false, table.size(1), input);
  }

  private Value dense(
      String name, FeedForwardLayer layer, Map<String, INDArray> weights, Value input) {
    INDArray matrix = weights.get("W");
    String sum =
        graph.add(
            "MatMul",
            List.of(input.tensor(), graph.weights("W", matrix, matrix.size(0), matrix.size(1))));
    INDArray bias = weights.get("b");
    if (bias != null) {
      sum = graph.add("Add", List.of(sum, graph.weights("b", bias, bias.length())));
    }
    Activation activation = OnnxActivation.of(layer.getActivationFn());
    boolean output = network.getConfiguration().getNetworkOutputs().contains(name);
    if (output && part.temperature() != 1) {
      sum = graph.add("Div", List.of(sum, graph.number(part.temperature())));
    }
    String answer = OnnxActivation.apply(graph, activation, sum);
    if (output && activation == Activation.SIGMOID && matrix.size(1) == 1) {
      // One unit for two classes: the probabilities of both.
      String other = graph.add("Sub", List.of(graph.number(1), answer));
      answer = graph.add("Concat", List.of(other, answer), OnnxGraph.integer("axis", -1));
      return with(input, answer, 2);
    }
    return with(input, answer, matrix.size(1));
  }

  private static Value with(Value like, String tensor, long size) {
    return new Value(tensor, like.steps(), size, like.rows());
  }

  private static Value vector(String tensor, long size, Value like) {
    return new Value(tensor, false, size, like.rows());
  }

  private String slice(String tensor, long from, long to) {
    return graph.add("Slice", List.of(tensor, graph.longs(from), graph.longs(to), graph.longs(-1)));
  }

  private Value pooled(Value steps, boolean bidirectional) {
    OnnxSequence sequence = sequence(steps);
    String last = sequence.last(steps.tensor());
    if (bidirectional) {
      long half = steps.size() / 2;
      String first =
          graph.add(
              "Gather", List.of(steps.tensor(), graph.oneLong(0)), OnnxGraph.integer("axis", 0));
      last =
          graph.add(
              "Concat",
              List.of(slice(last, 0, half), slice(first, half, steps.size())),
              OnnxGraph.integer("axis", -1));
    }
    String all =
        graph.add(
            "Concat",
            List.of(last, sequence.mean(steps.tensor()), sequence.largest(steps.tensor())),
            OnnxGraph.integer("axis", -1));
    return vector(all, 3 * steps.size(), steps);
  }

  /** [x_t ; c]. */
  private Value context(Value steps, Value context) {
    String shape = graph.add("Shape", List.of(steps.tensor()));
    String count = graph.add("Gather", List.of(shape, graph.longs(0)));
    String rows = graph.add("Gather", List.of(shape, graph.longs(1)));
    String wanted =
        graph.add(
            "Concat",
            List.of(count, rows, graph.longs(context.size())),
            OnnxGraph.integer("axis", 0));
    String each = graph.add("Expand", List.of(context.tensor(), wanted));
    String both = graph.add("Concat", List.of(steps.tensor(), each), OnnxGraph.integer("axis", -1));
    return with(steps, both, steps.size() + context.size());
  }

  private Value attention(
      LuongAttentionVertex vertex, List<Value> from, Map<String, INDArray> weights) {
    Value queries = from.get(0);
    List<Value> states = from.subList(1, from.size());
    String attended =
        new OnnxAttention(graph)
            .add(
                vertex,
                queries.tensor(),
                states.stream().map(Value::tensor).toList(),
                sequence(states.get(0)),
                weights);
    return with(queries, attended, vertex.getOutputSize());
  }

  private void outputs() {
    List<String> names =
        part.kind() == OnnxPart.Kind.BEFORE
            ? names().stream()
                .filter(after::contains)
                .flatMap(reached -> inputsOf(reached).stream())
                .filter(input -> !after.contains(input))
                .distinct()
                .toList()
            : network.getConfiguration().getNetworkOutputs();
    for (String name : names) {
      Value value = values.get(name);
      if (value.steps()) {
        output(name, graph.turned(value.tensor()), ROWS, stepsOf(value.rows()), value.size());
      } else {
        output(name, value.tensor(), ROWS, value.size());
      }
    }
  }

  private void output(String name, String tensor, Object... shape) {
    graph.output(name, tensor, shape);
    outputs.put(name, described(TensorProto.DataType.FLOAT, shape));
  }

  /** States that go in as {@code layer_h} and come out as {@code layer_h_next}. */
  private final class States implements OnnxRecurrent.Carried {
    @Override
    public String first(String layer, String state, long size) {
      String name = layer + "_" + state;
      declare(name, TensorProto.DataType.FLOAT, ROWS, size);
      return name;
    }

    @Override
    public void last(String layer, String state, String tensor, long size) {
      output(layer + "_" + state + "_next", tensor, ROWS, size);
    }
  }
}
