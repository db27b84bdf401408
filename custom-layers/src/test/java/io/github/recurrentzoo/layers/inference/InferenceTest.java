package io.github.recurrentzoo.layers.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;
import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.FinalStateVertex;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.ReverseStepsVertex;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.StateCarry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
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
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Against {@code ComputationGraph.output} of the same network. */
class InferenceTest {
  private static final int SYMBOLS = 13;
  private static final int HIDDEN = 6;
  private static final int STEPS = 9;

  /** All that the zoo makes networks of, and layers around it that it might. */
  private enum Body {
    /** Deeplearning4j's layers in both directions, the final state of each. */
    STANDARD_FINAL {
      @Override
      String add(GraphBuilder graph, Kind kind, String below, int in) {
        graph.addLayer("forward", kind.standard(in), below);
        graph.addVertex("reversed", new ReverseTimeSeriesVertex("ids"), below);
        graph.addLayer("backward", kind.standard(in), "reversed");
        graph.addVertex("last", new LastTimeStepVertex("ids"), "forward");
        graph.addVertex("first", new FinalStateVertex("ids"), "backward");
        graph.addVertex("both", new MergeVertex(), "last", "first");
        graph.addLayer("thinned", new DropoutLayer.Builder(0.5).build(), "both");
        return "thinned";
      }
    },
    /** The same with all steps, and a layer above that pools them. */
    STANDARD_POOLED {
      @Override
      String add(GraphBuilder graph, Kind kind, String below, int in) {
        graph.addLayer("forward", kind.standard(in), below);
        graph.addVertex("reversed", new ReverseStepsVertex("ids"), below);
        graph.addLayer("backward", kind.standard(in), "reversed");
        graph.addVertex("turned", new ReverseStepsVertex("ids"), "backward");
        graph.addVertex("both", new MergeVertex(), "forward", "turned");
        graph.addLayer("above", kind.standard(2 * HIDDEN), "both");
        graph.addVertex("all", new MergeVertex(), "above", "turned");
        graph.addVertex("pooled", new ConcatPoolingVertex("ids", true), "all");
        return "pooled";
      }
    },
    OWN_BOTH_LAST {
      @Override
      String add(GraphBuilder graph, Kind kind, String below, int in) {
        graph.addLayer("steps", kind.own(in, Direction.BOTH, true), below);
        graph.addLayer("state", kind.own(2 * HIDDEN, Direction.BOTH, false), "steps");
        return "state";
      }
    },
    /** As the encoder of a translation takes its final states. */
    OWN_BOTH_CUT {
      @Override
      String add(GraphBuilder graph, Kind kind, String below, int in) {
        graph.addLayer("steps", kind.own(in, Direction.BOTH, true), below);
        graph.addVertex("last", new FinalStateVertex("ids"), "steps");
        graph.addVertex("turned", new ReverseStepsVertex("ids"), "steps");
        graph.addVertex("first", new FinalStateVertex("ids"), "turned");
        graph.addVertex("end", new SubsetVertex(0, HIDDEN - 1), "last");
        graph.addVertex("begin", new SubsetVertex(HIDDEN, 2 * HIDDEN - 1), "first");
        graph.addVertex("state", new MergeVertex(), "end", "begin");
        return "state";
      }
    },
    /** The last time step of what runs from the end is the first one that it makes. */
    OWN_BACKWARD {
      @Override
      String add(GraphBuilder graph, Kind kind, String below, int in) {
        graph.addLayer("steps", kind.own(in, Direction.BACKWARD, true), below);
        graph.addVertex("last", new FinalStateVertex("ids"), "steps");
        return "last";
      }
    },
    STANDARD_WRAPPED {
      @Override
      String add(GraphBuilder graph, Kind kind, String below, int in) {
        graph.addLayer("last", new LastTimeStep(kind.standard(in)), below);
        return "last";
      }
    };

    abstract String add(GraphBuilder graph, Kind kind, String below, int in);

    boolean isStandard() {
      return name().startsWith("STANDARD");
    }
  }

  private enum Kind {
    SIMPLE_RNN,
    LSTM,
    GRU,
    RRNN,
    RRNN_UPDATED;

    boolean isStandard() {
      return this == SIMPLE_RNN || this == LSTM;
    }

    Layer standard(int in) {
      return this == LSTM
          ? new LSTM.Builder()
              .nIn(in)
              .nOut(HIDDEN)
              .activation(Activation.TANH)
              .dataFormat(RNNFormat.NCW)
              .build()
          : new SimpleRnn.Builder().nIn(in).nOut(HIDDEN).activation(Activation.TANH).build();
    }

    Layer own(int in, Direction direction, boolean sequences) {
      RecurrentSameDiffLayer.Builder<?> builder =
          this == GRU
              ? new Gru.Builder()
              : new Rrnn.Builder().stateCarry(this == RRNN ? StateCarry.MAIN : StateCarry.UPDATED);
      return builder
          .nIn(in)
          .nOut(HIDDEN)
          .activation(Activation.TANH)
          .direction(direction)
          .returnSequences(sequences)
          .build();
    }
  }

  private static Stream<Arguments> networks() {
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                Arrays.stream(Body.values())
                    .filter(body -> body.isStandard() == kind.isStandard())
                    .map(body -> Arguments.of(kind, body)));
  }

  private static GraphBuilder graph(DataType type) {
    return new NeuralNetConfiguration.Builder().dataType(type).graphBuilder();
  }

  private static EmbeddingSequenceLayer embedding(int size) {
    return new EmbeddingSequenceLayer.Builder().nIn(SYMBOLS).nOut(size).build();
  }

  /** Ids to classes, with evidence beside what is read. */
  private static ComputationGraph classifier(Kind kind, Body body, DataType type) {
    GraphBuilder graph = graph(type).addInputs("ids", "evidence");
    graph.addLayer("embedding", embedding(4), "ids");
    String top = body.add(graph, kind, "embedding", 4);
    graph.addVertex("merged", new MergeVertex(), top, "evidence");
    int size =
        switch (body) {
          case STANDARD_POOLED -> 6 * HIDDEN;
          case OWN_BACKWARD, STANDARD_WRAPPED -> HIDDEN;
          default -> 2 * HIDDEN;
        };
    graph.addLayer(
        "dense",
        new DenseLayer.Builder().nIn(size + 2).nOut(5).activation(Activation.TANH).build(),
        "merged");
    graph.addLayer("classes", output(Activation.SOFTMAX, LossFunction.MCXENT, 3), "dense");
    graph.addLayer("yes", output(Activation.SIGMOID, LossFunction.XENT, 1), "dense");
    graph.addLayer("number", output(Activation.IDENTITY, LossFunction.MSE, 2), "dense");
    return init(graph.setOutputs("classes", "yes", "number"));
  }

  private static OutputLayer output(Activation activation, LossFunction loss, int size) {
    return new OutputLayer.Builder(loss).activation(activation).nIn(5).nOut(size).build();
  }

  /** Ids of two kinds and vectors to a label at each step. */
  private static ComputationGraph tagger(Kind kind) {
    GraphBuilder graph = graph(DataType.FLOAT).addInputs("ids", "endings", "vectors");
    graph.addLayer("embedding", embedding(4), "ids");
    graph.addLayer("other", embedding(3), "endings");
    graph.addVertex("word", new MergeVertex(), "embedding", "other", "vectors");
    String top = "word";
    if (kind.isStandard()) {
      graph.addLayer("steps", kind.standard(9), top);
    } else {
      graph.addLayer("steps", kind.own(9, Direction.FORWARD, true), top);
    }
    graph.addLayer(
        "labels",
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .dataFormat(RNNFormat.NCW)
            .nIn(HIDDEN)
            .nOut(4)
            .build(),
        "steps");
    return init(graph.setOutputs("labels"));
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

  /** Lengths that begin with the longest one, so that T is the same for any number of rows. */
  private static int[] lengths(int rows, boolean equal) {
    int[] lengths = new int[rows];
    Arrays.setAll(lengths, row -> equal ? STEPS : STEPS - row * 5 % STEPS);
    return lengths;
  }

  private static int[][] ids(int[] lengths, long seed) {
    Random random = new Random(seed);
    return Arrays.stream(lengths)
        .mapToObj(length -> random.ints(length, 0, SYMBOLS).toArray())
        .toArray(int[][]::new);
  }

  private static INDArray array(int[][] ids) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, ids.length, STEPS);
    for (int row = 0; row < ids.length; row++) {
      for (int t = 0; t < ids[row].length; t++) {
        array.putScalar(row, t, ids[row][t]);
      }
    }
    return array;
  }

  private static INDArray mask(int[] lengths) {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lengths.length, STEPS);
    for (int row = 0; row < lengths.length; row++) {
      for (int t = 0; t < lengths[row]; t++) {
        mask.putScalar(row, t, 1);
      }
    }
    return mask;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAsTheNetworkDoes(Kind kind, Body body) {
    ComputationGraph network = classifier(kind, body, DataType.FLOAT);
    Inference inference = InferenceNetwork.of(network).orElseThrow().newInference();
    for (int rows : new int[] {1, 3, 30, 90, 2}) { // 90 rows are shared out among threads
      for (boolean equal : new boolean[] {true, false}) {
        int[] lengths = lengths(rows, equal);
        int[][] ids = ids(lengths, rows);
        float[][] evidence = Nd4j.rand(DataType.FLOAT, rows, 2).toFloatMatrix();
        INDArray[] masks = equal ? null : new INDArray[] {mask(lengths), null};
        INDArray[] expected =
            network.output(
                false, new INDArray[] {array(ids), Nd4j.createFromArray(evidence)}, masks, null);
        inference.begin(lengths).symbols(0, ids).numbers(1, evidence).run();
        for (int i = 0; i < 3; i++) {
          float[][] answer = expected[i].toFloatMatrix();
          assertEquals(rows, inference.lines(i));
          for (int row = 0; row < rows; row++) {
            assertArrayEquals(answer[row], inference.output(i)[row], 1e-5f, "row " + row);
          }
        }
        network.clearLayerMaskArrays();
      }
    }
  }

  private static Stream<Kind> kinds() {
    return Arrays.stream(Kind.values());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void labelsEachStep(Kind kind) {
    ComputationGraph network = tagger(kind);
    Inference inference = InferenceNetwork.of(network).orElseThrow().newInference();
    for (int rows : new int[] {1, 4, 90}) {
      int[] lengths = lengths(rows, false);
      int[][] ids = ids(lengths, rows);
      int[][] endings = ids(lengths, 7);
      float[][] vectors = Nd4j.rand(DataType.FLOAT, STEPS * rows, 2).toFloatMatrix();
      INDArray sequences =
          Nd4j.createFromArray(vectors).reshape(STEPS, rows, 2).permute(1, 2, 0).dup();
      INDArray mask = mask(lengths);
      INDArray expected =
          network
              .output(
                  false,
                  new INDArray[] {array(ids), array(endings), sequences},
                  new INDArray[] {mask, mask, mask},
                  null)[0];
      inference.begin(lengths).symbols(0, ids).symbols(1, endings).numbers(2, vectors).run();
      assertEquals(STEPS * rows, inference.lines(0));
      for (int row = 0; row < rows; row++) {
        for (int t = 0; t < lengths[row]; t++) {
          for (int label = 0; label < 4; label++) {
            assertEquals(
                expected.getFloat(row, label, t),
                inference.output(0)[t * rows + row][label],
                1e-5f);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void outputsMayBeAnyVertices(Kind kind) {
    ComputationGraph network = tagger(kind);
    InferenceNetwork part = InferenceNetwork.of(network, List.of("steps", "other")).orElseThrow();
    assertEquals(List.of("ids", "endings", "vectors"), part.inputs());
    assertEquals(
        List.of("endings"), InferenceNetwork.of(network, List.of("other")).orElseThrow().inputs());
    int[] lengths = lengths(3, true);
    int[][] ids = ids(lengths, 1);
    float[][] vectors = Nd4j.rand(DataType.FLOAT, STEPS * 3, 2).toFloatMatrix();
    INDArray sequences = Nd4j.createFromArray(vectors).reshape(STEPS, 3, 2).permute(1, 2, 0).dup();
    var expected =
        network.feedForward(new INDArray[] {array(ids), array(ids), sequences}, false, true);
    Inference inference = part.newInference();
    inference.begin(lengths).symbols(0, ids).symbols(1, ids).numbers(2, vectors).run();
    for (int t = 0; t < STEPS; t++) {
      for (int row = 0; row < 3; row++) {
        for (int i = 0; i < 2; i++) {
          String name = i == 0 ? "steps" : "other";
          float[] line = inference.output(i)[t * 3 + row];
          for (int unit = 0; unit < line.length; unit++) {
            assertEquals(expected.get(name).getFloat(row, unit, t), line[unit], 1e-5f);
          }
        }
      }
    }
  }

  @Test
  void whatIsLeftToDeeplearning4j() {
    assertTrue(served(classifier(Kind.LSTM, Body.STANDARD_FINAL, DataType.FLOAT)));
    assertFalse(served(classifier(Kind.LSTM, Body.STANDARD_FINAL, DataType.DOUBLE)));
    GraphBuilder unmasked = graph(DataType.FLOAT).addInputs("ids");
    unmasked.addLayer("embedding", embedding(4), "ids");
    unmasked.addVertex("reversed", new ReverseTimeSeriesVertex(), "embedding");
    assertFalse(served(init(unmasked.setOutputs("reversed"))), "padding is read");
    GraphBuilder peephole = graph(DataType.FLOAT).addInputs("numbers");
    peephole.addLayer("recurrent", peephole(), "numbers");
    assertFalse(served(init(peephole.setOutputs("recurrent"))), "it has no kernel");
    GraphBuilder cube = graph(DataType.FLOAT).addInputs("numbers");
    cube.addLayer(
        "dense",
        new DenseLayer.Builder().nIn(2).nOut(2).activation(Activation.CUBE).build(),
        "numbers");
    assertFalse(served(init(cube.setOutputs("dense"))), "no such activation");
    String before = System.getProperty(KernelMode.PROPERTY);
    System.setProperty(KernelMode.PROPERTY, "reference");
    try {
      assertFalse(served(classifier(Kind.LSTM, Body.STANDARD_FINAL, DataType.FLOAT)));
    } finally {
      if (before == null) {
        System.clearProperty(KernelMode.PROPERTY);
      } else {
        System.setProperty(KernelMode.PROPERTY, before);
      }
    }
  }

  private static boolean served(ComputationGraph network) {
    return InferenceNetwork.of(network).isPresent();
  }

  @SuppressWarnings("deprecation") // it is the layer without a kernel
  private static Layer peephole() {
    return new org.deeplearning4j.nn.conf.layers.GravesLSTM.Builder().nIn(2).nOut(3).build();
  }

  @Test
  void badQuestions() {
    Optional<InferenceNetwork> network =
        InferenceNetwork.of(classifier(Kind.LSTM, Body.STANDARD_FINAL, DataType.FLOAT));
    Inference inference = network.orElseThrow().newInference();
    assertThrows(IllegalArgumentException.class, () -> inference.begin());
    assertThrows(IllegalArgumentException.class, () -> inference.begin(3, 0));
    inference.begin(1, 2);
    int[][] ids = {{1}, {2, 3}};
    assertThrows(IllegalArgumentException.class, () -> inference.symbols(0, new int[][] {{1}}));
    assertThrows(IllegalArgumentException.class, () -> inference.symbols(1, ids));
    assertThrows(IllegalArgumentException.class, () -> inference.numbers(0, new float[4][2]));
    assertThrows(IllegalArgumentException.class, () -> inference.numbers(1, new float[1][2]));
    inference.symbols(0, ids).numbers(1, new float[2][3]);
    IllegalArgumentException size = assertThrows(IllegalArgumentException.class, inference::run);
    assertEquals("A line has 15 numbers; expected 14", size.getMessage());
    inference.begin(1, 2).symbols(0, new int[][] {{1}, {2, SYMBOLS}});
    inference.numbers(1, new float[2][2]);
    IllegalArgumentException symbol = assertThrows(IllegalArgumentException.class, inference::run);
    assertTrue(symbol.getMessage().contains("expected 0 to 12"), symbol.getMessage());
  }
}
