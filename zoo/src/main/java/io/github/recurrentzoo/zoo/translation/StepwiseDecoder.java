package io.github.recurrentzoo.zoo.translation;

import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.ATTENTION;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.CONTEXT;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.SOURCE;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.SYMBOLS;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.TARGET;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import io.github.recurrentzoo.layers.inference.SymbolNetwork;
import io.github.recurrentzoo.layers.inference.SymbolSteps;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A {@link SequenceToSequence} network in parts with copies of its weights: the encoder, which runs
 * once per input; the decoder, which runs one step per symbol and carries its state; and, with
 * attention, what looks from there at the encoder's states and answers. Decoder and attention are
 * {@link SymbolSteps} where the recurrence has a kernel, else networks of Deeplearning4j's.
 */
final class StepwiseDecoder {
  private final OnHeap onHeap; // null: Deeplearning4j computes
  private final Inference inference; // the encoder; null likewise
  private final SymbolSteps steps; // decoder and attention; null likewise
  private final ComputationGraph encoder; // these three are null where the others are not
  private final ComputationGraph decoder;
  private final ComputationGraph attention; // null: the decoder itself answers
  private INDArray context; // [N, H], of the rows that are being decoded
  private List<INDArray> allStates; // [B, E, S] in parts, of the rows that were encoded
  private INDArray allMasks; // [B, S], or null
  private List<INDArray> states; // [N, E, S] in parts, of the rows that are being decoded
  private INDArray masks; // [N, S], or null
  private int[] sources; // [N], which of the rows that were encoded
  private int step;

  /**
   * A network as copies of its weights on the Java heap, which threads share.
   *
   * @param encoder gives the context, and with attention the states
   */
  record OnHeap(InferenceNetwork encoder, SymbolNetwork decoder) {

    /** Empty where Deeplearning4j is to compute. */
    static Optional<OnHeap> of(ComputationGraph network) {
      Optional<InferenceNetwork> encoder = InferenceNetwork.of(network, encoded(network));
      Optional<SymbolNetwork> decoder = SymbolNetwork.of(network, SYMBOLS);
      return encoder.isPresent() && decoder.isPresent()
          ? Optional.of(new OnHeap(encoder.get(), decoder.get()))
          : Optional.empty();
    }
  }

  /** By itself, for one thread. */
  StepwiseDecoder(ComputationGraph network) {
    this(network, OnHeap.of(network));
  }

  /**
   * For one thread.
   *
   * @param shared what {@link OnHeap#of} has made of the network
   */
  StepwiseDecoder(ComputationGraph network, Optional<OnHeap> shared) {
    onHeap = shared.orElse(null);
    inference = shared.map(each -> each.encoder().newInference()).orElse(null);
    steps = shared.map(each -> each.decoder().newSteps()).orElse(null);
    if (onHeap != null) {
      encoder = null;
      decoder = null;
      attention = null;
      return;
    }
    List<String> attended = network.getConfiguration().getVertexInputs().get(ATTENTION);
    if (attended == null) {
      encoder = part(network, Map.of(SOURCE, SOURCE), CONTEXT);
      decoder = part(network, inputs(TARGET, TARGET, CONTEXT, CONTEXT), SYMBOLS);
      attention = null;
      return;
    }
    String query = attended.get(0);
    List<String> parts = attended.subList(1, attended.size());
    encoder = part(network, Map.of(SOURCE, SOURCE), encoded(network).toArray(String[]::new));
    decoder = part(network, inputs(TARGET, TARGET, CONTEXT, CONTEXT), query);
    // Named as the network inputs whose masks the vertex reads.
    Map<String, String> inputs = inputs(query, TARGET, parts.get(0), SOURCE);
    parts.subList(1, parts.size()).forEach(more -> inputs.put(more, more));
    attention = part(network, inputs, SYMBOLS);
  }

  /** The vertices that the decoder reads of the encoder: the context, and what it attends to. */
  private static List<String> encoded(ComputationGraph network) {
    List<String> attended = network.getConfiguration().getVertexInputs().get(ATTENTION);
    List<String> vertices = new ArrayList<>(List.of(CONTEXT));
    if (attended != null) {
      vertices.addAll(attended.subList(1, attended.size()));
    }
    return vertices;
  }

  /** Whether Deeplearning4j has no part in it. */
  boolean isOnHeap() {
    return onHeap != null;
  }

  /** Two inputs in this order, each with what it is called in a part. */
  private static Map<String, String> inputs(
      String first, String firstName, String second, String secondName) {
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put(first, firstName);
    inputs.put(second, secondName);
    return inputs;
  }

  /**
   * The vertices that lead from some inputs, or vertices that become inputs, to outputs.
   *
   * @param inputs their names in the network, and what they are called in the part
   */
  private static ComputationGraph part(
      ComputationGraph network, Map<String, String> inputs, String... outputs) {
    ComputationGraphConfiguration whole = network.getConfiguration();
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .dataType(whole.getDataType())
            .updater(new NoOp())
            // With workspaces, rnnTimeStep fails where a recurrent layer is the output.
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs(inputs.values());
    for (String name : leadingTo(List.of(outputs), inputs.keySet(), whole)) {
      graph.addVertex(
          name,
          whole.getVertices().get(name).clone(),
          whole.getVertexInputs().get(name).stream()
              .map(input -> inputs.getOrDefault(input, input))
              .toArray(String[]::new));
    }
    ComputationGraphConfiguration configuration = graph.setOutputs(outputs).build();
    Networks.withoutUpdater(configuration);
    ComputationGraph part = new ComputationGraph(configuration);
    part.init();
    FusedKernels.attach(part);
    Map<String, INDArray> parameters = network.paramTable();
    part.paramTable().forEach((key, values) -> values.assign(parameters.get(key)));
    return part;
  }

  private static Set<String> leadingTo(
      List<String> outputs, Set<String> inputs, ComputationGraphConfiguration whole) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (!inputs.contains(name) && found.add(name)) {
        open.addAll(whole.getVertexInputs().get(name));
      }
    }
    return found;
  }

  /** Encodes inputs; a row each begins to be decoded. */
  void begin(TokenBatch source) {
    if (onHeap != null) {
      beginOnHeap(source);
      return;
    }
    INDArray[] inputMasks = source.mask() == null ? null : new INDArray[] {source.mask()};
    OffHeap.close(context);
    INDArray[] encoded = encoder.output(false, new INDArray[] {source.tokens()}, inputMasks, null);
    context = encoded[0];
    decoder.rnnClearPreviousState();
    step = 0;
    sources = new int[(int) context.size(0)];
    Arrays.setAll(sources, row -> row);
    if (attention != null) {
      allStates = List.of(encoded).subList(1, encoded.length);
      allMasks = source.mask();
      states = allStates;
      masks = allMasks;
    }
  }

  private void beginOnHeap(TokenBatch source) {
    int[][] ids = source.rows();
    int[] lengths = Arrays.stream(ids).mapToInt(row -> row.length).toArray();
    inference.begin(lengths).symbols(0, ids).run();
    List<float[][]> states = new ArrayList<>();
    for (int i = 1; i < onHeap.encoder().outputs().size(); i++) {
      states.add(inference.output(i));
    }
    steps.begin(inference.output(0), states, lengths);
  }

  /**
   * One step of the decoder.
   *
   * @param read the symbols that it reads, an id for each row
   * @return the probabilities of the next symbol, of one step
   */
  SymbolProbabilities next(int[] read) {
    SymbolProbabilities next =
        onHeap == null
            ? nextByNetwork(read)
            : SymbolProbabilities.of(steps.next(read), read.length, onHeap.decoder().symbols());
    if (next.hasNaN()) {
      throw new IllegalStateException(
          "The network answers NaN; expected a probability. Its weights are infinite or no"
              + " numbers: train it again with a lower learning rate or with clipped gradients.");
    }
    return next;
  }

  private SymbolProbabilities nextByNetwork(int[] symbolsRead) {
    float[] read = new float[symbolsRead.length];
    for (int row = 0; row < read.length; row++) {
      read[row] = symbolsRead[row];
    }
    INDArray ids = Nd4j.create(read, new long[] {read.length, 1, 1}, 'c');
    INDArray answer = decoder.rnnTimeStep(ids, context)[0];
    OffHeap.close(ids);
    if (attention != null) {
      LuongAttentionVertex.setFirstStep(attention, ATTENTION, step);
      answer = attend(answer);
    }
    step++;
    SymbolProbabilities next = SymbolProbabilities.of(answer);
    OffHeap.close(answer);
    return next;
  }

  private INDArray attend(INDArray query) {
    INDArray[] inputs = new INDArray[1 + states.size()];
    inputs[0] = query;
    for (int i = 1; i < inputs.length; i++) {
      inputs[i] = states.get(i - 1);
    }
    INDArray[] inputMasks = masks == null ? null : new INDArray[inputs.length];
    if (inputMasks != null) {
      inputMasks[1] = masks;
    }
    return attention.output(false, inputs, inputMasks, null)[0];
  }

  /** The weights of the input's symbols in the last step, [N][S]. */
  double[][] weights() {
    if (steps != null) {
      return Arrays.stream(steps.weights())
          .map(row -> IntStream.range(0, row.length).mapToDouble(j -> row[j]).toArray())
          .toArray(double[][]::new);
    }
    double[][][] weights = LuongAttentionVertex.weights(attention, ATTENTION);
    return Arrays.stream(weights).map(row -> row[0]).toArray(double[][]::new);
  }

  /**
   * Goes on with these rows, in this order.
   *
   * @param rows indices of rows as they were; a row may come several times or not at all
   */
  void select(int[] rows) {
    if (steps != null) {
      steps.select(rows);
      return;
    }
    if (isIdentity(rows, sources.length)) {
      return;
    }
    context = pull(context, rows);
    Map<String, Map<String, INDArray>> selectedStates = new HashMap<>();
    decoder
        .rnnGetPreviousStates()
        .forEach(
            (layer, state) -> {
              Map<String, INDArray> selected = new HashMap<>();
              state.forEach((key, values) -> selected.put(key, pull(values, rows)));
              selectedStates.put(layer, selected);
            });
    decoder.rnnClearPreviousState();
    decoder.rnnSetPreviousStates(selectedStates);
    selectSources(Arrays.stream(rows).map(row -> sources[row]).toArray());
  }

  /** Beams move within their input mostly, whose states are large: they are not copied then. */
  private void selectSources(int[] selected) {
    boolean same = Arrays.equals(sources, selected);
    sources = selected;
    if (attention == null || same) {
      return;
    }
    states = allStates.stream().map(part -> pullSequences(part, selected)).toList();
    masks = allMasks == null ? null : pull(allMasks, selected);
  }

  private static boolean isIdentity(int[] rows, int count) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != i) {
        return false;
      }
    }
    return rows.length == count;
  }

  private static INDArray pull(INDArray values, int[] rows) {
    return Nd4j.pullRows(values, 1, rows, 'c');
  }

  /** Rows of [B, E, S], whose memory is time-major, [S, B, E]. */
  private static INDArray pullSequences(INDArray values, int[] rows) {
    int batch = (int) values.size(0);
    int size = (int) values.size(1);
    int steps = (int) values.size(2);
    INDArray memory = values.permute(2, 0, 1).dup('c').reshape('c', (long) steps * batch, size);
    int[] pulled = new int[steps * rows.length];
    for (int s = 0; s < steps; s++) {
      for (int i = 0; i < rows.length; i++) {
        pulled[s * rows.length + i] = s * batch + rows[i];
      }
    }
    return pull(memory, pulled).reshape('c', steps, rows.length, size).permute(1, 2, 0);
  }
}
