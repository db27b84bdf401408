package io.github.recurrentzoo.zoo.translation;

import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.CONTEXT;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.SOURCE;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.SYMBOLS;
import static io.github.recurrentzoo.zoo.translation.SequenceToSequence.TARGET;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A {@link SequenceToSequence} network in two parts with copies of its weights: the encoder, which
 * runs once per input, and the decoder, which runs one step per symbol and carries its state.
 */
final class StepwiseDecoder {
  private final ComputationGraph encoder;
  private final ComputationGraph decoder;
  private INDArray context; // [N, H], of the rows that are being decoded

  StepwiseDecoder(ComputationGraph network) {
    encoder = part(network, List.of(SOURCE), CONTEXT);
    decoder = part(network, List.of(TARGET, CONTEXT), SYMBOLS);
  }

  /** The vertices that lead from some inputs, or vertices that become inputs, to an output. */
  private static ComputationGraph part(
      ComputationGraph network, List<String> inputs, String output) {
    ComputationGraphConfiguration whole = network.getConfiguration();
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .dataType(whole.getDataType())
            .updater(new NoOp())
            .graphBuilder()
            .addInputs(inputs);
    for (String name : leadingTo(output, inputs, whole)) {
      graph.addVertex(
          name,
          whole.getVertices().get(name).clone(),
          whole.getVertexInputs().get(name).toArray(String[]::new));
    }
    ComputationGraphConfiguration configuration = graph.setOutputs(output).build();
    Networks.withoutUpdater(configuration);
    ComputationGraph part = new ComputationGraph(configuration);
    part.init();
    FusedKernels.attach(part);
    part.paramTable().forEach((key, values) -> values.assign(network.getParam(key)));
    return part;
  }

  private static Set<String> leadingTo(
      String output, List<String> inputs, ComputationGraphConfiguration whole) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
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
    INDArray[] masks = source.mask() == null ? null : new INDArray[] {source.mask()};
    OffHeap.close(context);
    context = encoder.output(false, new INDArray[] {source.tokens()}, masks, null)[0];
    decoder.rnnClearPreviousState();
  }

  /**
   * One step of the decoder.
   *
   * @param symbols what it reads, an id for each row
   * @return the probabilities of the next symbol, of one step
   */
  SymbolProbabilities next(int[] symbols) {
    float[] read = new float[symbols.length];
    for (int row = 0; row < read.length; row++) {
      read[row] = symbols[row];
    }
    INDArray ids = Nd4j.create(read, new long[] {read.length, 1, 1}, 'c');
    INDArray answer = decoder.rnnTimeStep(ids, context)[0];
    SymbolProbabilities next = SymbolProbabilities.of(answer);
    OffHeap.close(ids, answer);
    if (next.hasNaN()) {
      throw new IllegalStateException(
          "The network answers NaN; expected a probability. Its weights are infinite or no"
              + " numbers: train it again with a lower learning rate or with clipped gradients.");
    }
    return next;
  }

  /**
   * Goes on with these rows, in this order.
   *
   * @param rows indices of rows as they were; a row may come several times or not at all
   */
  void select(int[] rows) {
    if (isIdentity(rows)) {
      return;
    }
    context = pull(context, rows);
    Map<String, Map<String, INDArray>> states = new HashMap<>();
    decoder
        .rnnGetPreviousStates()
        .forEach(
            (layer, state) -> {
              Map<String, INDArray> selected = new HashMap<>();
              state.forEach((key, values) -> selected.put(key, pull(values, rows)));
              states.put(layer, selected);
            });
    decoder.rnnClearPreviousState();
    decoder.rnnSetPreviousStates(states);
  }

  private boolean isIdentity(int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != i) {
        return false;
      }
    }
    return rows.length == context.size(0);
  }

  private static INDArray pull(INDArray values, int[] rows) {
    return Nd4j.pullRows(values, 1, rows, 'c');
  }
}
