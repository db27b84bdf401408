package io.github.recurrentzoo.layers.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.StateCarry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Against {@code rnnTimeStep} of the same network. */
class SymbolStepsTest {
  private static final int SYMBOLS = 11;
  private static final int EMBEDDED = 3;
  private static final int HIDDEN = 7;
  private static final int CONTEXT = 5;

  /** A layer of HIDDEN units by the size of its input. */
  private record Kind(String name, IntFunction<Layer> layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (Activation f : List.of(Activation.TANH, Activation.RELU6, Activation.SOFTSIGN)) {
      kinds.add(
          new Kind(
              "SimpleRnn " + f,
              in -> new SimpleRnn.Builder().nIn(in).nOut(HIDDEN).activation(f).build()));
      kinds.add(
          new Kind(
              "LSTM " + f,
              in ->
                  new LSTM.Builder()
                      .nIn(in)
                      .nOut(HIDDEN)
                      .activation(f)
                      .gateActivationFunction(
                          f == Activation.SOFTSIGN ? Activation.HARDSIGMOID : Activation.SIGMOID)
                      .dataFormat(RNNFormat.NCW)
                      .build()));
      kinds.add(
          new Kind("GRU " + f, in -> new Gru.Builder().nIn(in).nOut(HIDDEN).activation(f).build()));
      for (StateCarry carry : StateCarry.values()) {
        kinds.add(
            new Kind(
                "RRNN " + carry + " " + f,
                in ->
                    new Rrnn.Builder()
                        .nIn(in)
                        .nOut(HIDDEN)
                        .activation(f)
                        .stateCarry(carry)
                        .outputActivation(Activation.TANH)
                        .build()));
      }
    }
    return kinds;
  }

  private static Stream<Arguments> networks() {
    return kinds().stream().flatMap(kind -> Stream.of(1, 2, 3).map(n -> Arguments.of(kind, n)));
  }

  private static GraphBuilder graph(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .dataType(type)
        .inferenceWorkspaceMode(WorkspaceMode.NONE)
        .graphBuilder();
  }

  private static EmbeddingSequenceLayer embedding() {
    return new EmbeddingSequenceLayer.Builder().nIn(SYMBOLS).nOut(EMBEDDED).build();
  }

  private static RnnOutputLayer softmax(int in) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .dataFormat(RNNFormat.NCW)
        .nIn(in)
        .nOut(SYMBOLS)
        .build();
  }

  private static String addLayers(GraphBuilder graph, Kind kind, int layers, String below, int in) {
    String top = below;
    for (int i = 0; i < layers; i++) {
      graph.addLayer("recurrent-" + i, kind.layer.apply(i == 0 ? in : HIDDEN), top);
      top = "recurrent-" + i;
    }
    return top;
  }

  private static ComputationGraph network(Kind kind, int layers) {
    return network(kind, layers, DataType.FLOAT);
  }

  private static ComputationGraph network(Kind kind, int layers, DataType type) {
    GraphBuilder graph = graph(type).addInputs("symbols");
    graph.addLayer("embedding", embedding(), "symbols");
    String top = addLayers(graph, kind, layers, "embedding", EMBEDDED);
    graph.addLayer("next", softmax(HIDDEN), top).setOutputs("next");
    return init(graph);
  }

  private static ComputationGraph init(GraphBuilder graph) {
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    Random random = new Random(3);
    INDArray params = network.params();
    for (long i = 0; i < params.length(); i++) {
      params.putScalar(i, 1.4 * random.nextDouble() - 0.7);
    }
    FusedKernels.attach(network);
    return network;
  }

  /** What rnnTimeStep answers, [rows][SYMBOLS]. */
  private static float[][] byNetwork(ComputationGraph network, int[] symbols, INDArray... more) {
    float[] ids = new float[symbols.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = symbols[i];
    }
    List<INDArray> inputs = new ArrayList<>(List.of(Nd4j.create(ids, symbols.length, 1, 1)));
    inputs.addAll(List.of(more));
    INDArray answer = network.rnnTimeStep(inputs.toArray(INDArray[]::new))[0]; // [B, V, 1]
    return answer.reshape(symbols.length, SYMBOLS).toFloatMatrix();
  }

  private static void assertAgree(float[][] expected, float[][] found) {
    for (int row = 0; row < expected.length; row++) {
      assertArrayEquals(expected[row], found[row], 1e-5f, "row " + row);
    }
  }

  private static int[] draw(Random random, int count) {
    return random.ints(count, 0, SYMBOLS).toArray();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAsTheNetworkDoes(Kind kind, int layers) {
    ComputationGraph network = network(kind, layers);
    SymbolSteps steps = SymbolNetwork.of(network, "next").orElseThrow().newSteps();
    Random random = new Random(5);
    for (int rows : new int[] {1, 5, 40, 2}) {
      network.rnnClearPreviousState();
      steps.begin(rows);
      for (int t = 0; t < 12; t++) {
        int[] symbols = draw(random, rows);
        float[][] expected = byNetwork(network, symbols);
        if (t % 3 == 1) { // without an answer in between
          steps.read(symbols);
        } else {
          assertAgree(expected, steps.next(symbols));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void rowsGoOnInAnyOrder(Kind kind, int layers) {
    ComputationGraph network = network(kind, layers);
    SymbolNetwork symbols = SymbolNetwork.of(network, "next").orElseThrow();
    SymbolSteps steps = symbols.newSteps();
    steps.begin(3);
    steps.read(1, 2, 3);
    steps.read(4, 5, 6);
    steps.select(2, 0, 2, 2, 1);
    steps.read(7, 7, 8, 7, 7);
    steps.select(1, 3);
    float[][] found = steps.next(9, 10);
    int[][] histories = {{1, 4, 7, 9}, {3, 6, 7, 10}};
    for (int row = 0; row < 2; row++) {
      SymbolSteps alone = symbols.newSteps();
      alone.begin(1);
      float[][] expected = {};
      for (int symbol : histories[row]) {
        expected = alone.next(symbol);
      }
      assertArrayEquals(expected[0], found[row], 1e-5f);
    }
  }

  private static Stream<Arguments> decoders() {
    return kinds().stream()
        .filter(kind -> kind.name.endsWith("TANH"))
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, false, 0),
                    Arguments.of(kind, true, 0),
                    Arguments.of(kind, true, 2)));
  }

  /** A decoder with a context, and attention to states that are an input of the network. */
  private static ComputationGraph decoder(Kind kind, boolean attends, int maxOffset) {
    GraphBuilder graph = graph(DataType.FLOAT).addInputs("symbols", "context", "states");
    graph.addLayer("embedding", embedding(), "symbols");
    graph.addVertex("both", new ContextVertex(), "embedding", "context");
    String top = addLayers(graph, kind, 2, "both", EMBEDDED + CONTEXT);
    LuongAttentionVertex attention =
        LuongAttentionVertex.builder()
            .querySize(HIDDEN)
            .stateSize(4)
            .outputSize(6)
            .maxOffset(maxOffset)
            .stateMask("states")
            .build();
    graph.addVertex("attention", attention, top, "states");
    graph.addLayer("next", softmax(attends ? 6 : HIDDEN), attends ? "attention" : top);
    graph.addLayer("unused", softmax(6), "attention");
    return init(graph.setOutputs("next", "unused"));
  }

  private static int[] lengths(int rows, int length) {
    int[] lengths = new int[rows];
    Arrays.fill(lengths, length);
    return lengths;
  }

  /** With states [R, 4, S], in two parts. */
  private static void begin(SymbolSteps steps, INDArray context, INDArray states, int[] lengths) {
    int rows = (int) states.size(0);
    int count = (int) states.size(2);
    float[][] lines =
        states.permute(2, 0, 1).dup('c').reshape('c', count * rows, 4).toFloatMatrix();
    List<float[][]> parts = new ArrayList<>();
    for (int[] units : new int[][] {{0, 1}, {1, 4}}) {
      parts.add(
          Arrays.stream(lines)
              .map(line -> Arrays.copyOfRange(line, units[0], units[1]))
              .toArray(float[][]::new));
    }
    steps.begin(context.toFloatMatrix(), parts, lengths);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decodesWithContextAndAttention(Kind kind, boolean attends, int maxOffset) {
    ComputationGraph network = decoder(kind, attends, maxOffset);
    SymbolSteps steps = SymbolNetwork.of(network, "next").orElseThrow().newSteps();
    Random random = new Random(8);
    for (int rows : new int[] {3, 1, 30}) {
      INDArray context = Nd4j.rand(DataType.FLOAT, rows, CONTEXT);
      INDArray encoded = Nd4j.rand(DataType.FLOAT, rows, 4, 6);
      network.rnnClearPreviousState();
      begin(steps, context, encoded, lengths(context.rows(), 6));
      for (int t = 0; t < 9; t++) {
        LuongAttentionVertex.setFirstStep(network, "attention", t);
        int[] symbols = draw(random, rows);
        float[][] expected = byNetwork(network, symbols, context, encoded);
        assertAgree(expected, steps.next(symbols));
        if (attends) {
          double[][][] weights = LuongAttentionVertex.weights(network, "attention");
          for (int row = 0; row < rows; row++) {
            for (int s = 0; s < 6; s++) {
              assertEquals(weights[row][0][s], steps.weights()[row][s], 1e-5);
            }
          }
        }
      }
    }
  }

  @Test
  void statesThatAreMaskedDoNotMatter() {
    SymbolNetwork symbols =
        SymbolNetwork.of(decoder(kinds().get(1), true, 2), "next").orElseThrow();
    INDArray context = Nd4j.rand(DataType.FLOAT, 30, CONTEXT);
    INDArray encoded = Nd4j.rand(DataType.FLOAT, 30, 4, 6);
    INDArray padded = encoded.dup();
    int[] lengths = new int[30];
    for (int row = 0; row < 30; row++) {
      lengths[row] = 6 - row % 6;
      for (int s = lengths[row]; s < 6; s++) {
        padded.putScalar(new int[] {row, 1, s}, Float.NaN);
      }
    }
    SymbolSteps steps = symbols.newSteps();
    begin(steps, context, padded, lengths);
    int[] read = draw(new Random(1), 30);
    float[][] found = steps.next(read);
    for (int row = 0; row < 30; row++) {
      SymbolSteps alone = symbols.newSteps();
      INDArray there = encoded.get(point(row)).reshape(1, 4, 6);
      int length = lengths[row];
      begin(
          alone,
          context.getRow(row, true),
          there.get(NDArrayIndex.all(), NDArrayIndex.all(), interval(0, length)),
          lengths(1, length));
      assertArrayEquals(alone.next(read[row])[0], found[row], 1e-5f);
      for (int s = length; s < 6; s++) {
        assertEquals(0, steps.weights()[row][s]);
      }
    }
  }

  @Test
  void selectedRowsKeepContextAndStates() {
    ComputationGraph network = decoder(kinds().get(1), true, 2);
    SymbolNetwork symbols = SymbolNetwork.of(network, "next").orElseThrow();
    INDArray context = Nd4j.rand(DataType.FLOAT, 2, CONTEXT);
    INDArray encoded = Nd4j.rand(DataType.FLOAT, 2, 4, 6);
    SymbolSteps steps = symbols.newSteps();
    begin(steps, context, encoded, lengths(context.rows(), 6));
    steps.read(1, 2);
    steps.select(1, 1, 0);
    float[][] found = steps.next(3, 4, 5);
    int[] sources = {1, 1, 0};
    for (int row = 0; row < 3; row++) {
      SymbolSteps alone = symbols.newSteps();
      INDArray own = context.getRow(sources[row], true);
      INDArray states = encoded.get(point(sources[row])).reshape(1, 4, 6);
      begin(alone, own, states, lengths(1, 6));
      alone.read(1 + sources[row]);
      assertArrayEquals(alone.next(3 + row)[0], found[row], 1e-5f);
    }
  }

  @Test
  void threadsShareANetwork() throws Exception {
    SymbolNetwork symbols = SymbolNetwork.of(network(kinds().get(1), 2), "next").orElseThrow();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit((Callable<float[]>) () -> last(symbols.newSteps())));
      }
      float[] expected = last(symbols.newSteps());
      for (Future<float[]> answer : answers) {
        assertArrayEquals(expected, answer.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static float[] last(SymbolSteps steps) {
    float[][] answer = {};
    steps.begin(1);
    for (int t = 0; t < 3000; t++) {
      answer = steps.next(t * 7 % SYMBOLS);
    }
    return answer[0].clone();
  }

  @Test
  void whatIsLeftToDeeplearning4j() {
    Kind lstm = kinds().get(1);
    assertTrue(SymbolNetwork.of(network(lstm, 1), "next").isPresent());
    assertFalse(SymbolNetwork.of(network(lstm, 1, DataType.DOUBLE), "next").isPresent());
    assertFalse(SymbolNetwork.of(network(peephole(), 1), "next").isPresent(), "has no kernel");
    Kind unknown =
        new Kind(
            "CUBE",
            in -> new SimpleRnn.Builder().nIn(in).nOut(HIDDEN).activation(Activation.CUBE).build());
    assertFalse(SymbolNetwork.of(network(unknown, 1), "next").isPresent(), "no such activation");
    assertFalse(SymbolNetwork.of(network(lstm, 1), "embedding").isPresent(), "is no output");
    assertFalse(SymbolNetwork.of(network(lstm, 0), "next").isPresent(), "has no state");
    String before = System.getProperty(KernelMode.PROPERTY);
    System.setProperty(KernelMode.PROPERTY, "reference");
    try {
      assertFalse(SymbolNetwork.of(network(lstm, 1), "next").isPresent(), "the reference runs");
    } finally {
      if (before == null) {
        System.clearProperty(KernelMode.PROPERTY);
      } else {
        System.setProperty(KernelMode.PROPERTY, before);
      }
    }
  }

  @SuppressWarnings("deprecation") // it is the layer without a kernel
  private static Kind peephole() {
    return new Kind(
        "Peephole",
        in ->
            new org.deeplearning4j.nn.conf.layers.GravesLSTM.Builder()
                .nIn(in)
                .nOut(HIDDEN)
                .activation(Activation.TANH)
                .build());
  }

  @Test
  void badSymbolsAndRows() {
    SymbolSteps steps =
        SymbolNetwork.of(network(kinds().get(0), 1), "next").orElseThrow().newSteps();
    steps.begin(2);
    assertThrows(IllegalArgumentException.class, () -> steps.next(1));
    for (int symbol : new int[] {-1, SYMBOLS}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> steps.next(1, symbol));
      assertTrue(e.getMessage().contains("expected 0 to 10"), e.getMessage());
    }
    assertThrows(IllegalStateException.class, steps::weights);
    SymbolSteps decoder =
        SymbolNetwork.of(decoder(kinds().get(0), true, 0), "next").orElseThrow().newSteps();
    assertThrows(IllegalStateException.class, () -> decoder.begin(1));
  }
}
