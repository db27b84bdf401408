package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;

/** The CRF as the output layer of a network. */
class CrfOutputLayerTest {

  private static final int LABELS = 3;
  private static final int SIZE = 4;
  private static final int STEPS = 5;
  private static final int[] LENGTHS = {5, 2, 4};

  private static ComputationGraph graph(DataType type, boolean dropout) {
    CrfOutputLayer.Builder output = new CrfOutputLayer.Builder().nIn(6).nOut(LABELS).l2(0.01);
    if (dropout) {
      output.dropOut(0.5);
    }
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(type == DataType.DOUBLE ? new NoOp() : new Adam(0.01))
                .graphBuilder()
                .addInputs("x")
                .addLayer("lstm", new LSTM.Builder().nIn(SIZE).nOut(6).build(), "x")
                .addLayer("labels", output.build(), "lstm")
                .setOutputs("labels")
                .build());
    graph.init();
    return graph;
  }

  private static void drawOwnWeights(ComputationGraph graph) {
    Random random = new Random(4);
    for (String key :
        new String[] {CrfOutputLayer.TRANSITIONS, CrfOutputLayer.START, CrfOutputLayer.END}) {
      INDArray weights = graph.getLayer("labels").getParam(key);
      assertEquals(0, weights.amaxNumber().doubleValue(), "begins with 0");
      for (long i = 0; i < weights.length(); i++) {
        weights.putScalar(i, random.nextGaussian());
      }
    }
  }

  /** Rows of three lengths; the last one has a gap. */
  private static MultiDataSet data(DataType type, long seed) {
    Random random = new Random(seed);
    int rows = LENGTHS.length;
    INDArray x = Nd4j.zeros(type, rows, SIZE, STEPS);
    for (long i = 0; i < x.length(); i++) {
      x.putScalar(i, random.nextGaussian());
    }
    INDArray y = Nd4j.zeros(type, rows, LABELS, STEPS);
    INDArray mask = Nd4j.zeros(type, rows, STEPS);
    for (int b = 0; b < rows; b++) {
      for (int t = 0; t < LENGTHS[b]; t++) {
        if (b != 2 || t != 1) {
          y.putScalar(b, random.nextInt(LABELS), t, 1);
          mask.putScalar(b, t, 1);
        }
      }
    }
    return new MultiDataSet(new INDArray[] {x}, new INDArray[] {y}, null, new INDArray[] {mask});
  }

  @Test
  void gradientsAreRight() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      ComputationGraph graph = graph(DataType.DOUBLE, false);
      drawOwnWeights(graph);
      MultiDataSet data = data(DataType.DOUBLE, 1);
      assertTrue(
          GradientCheckUtil.checkGradients(
              new GraphConfig()
                  .net(graph)
                  .epsilon(1e-6)
                  .maxRelError(1e-5)
                  .minAbsoluteError(1e-9)
                  .print(PrintMode.FAILURES_ONLY)
                  .inputs(data.getFeatures())
                  .labels(data.getLabels())
                  .labelMask(data.getLabelsMaskArrays())),
          "a gradient differs from the numeric one; the log says which");
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  @Test
  void lossIsThatOfItsProbabilities() {
    ComputationGraph graph = graph(DataType.FLOAT, false);
    drawOwnWeights(graph);
    MultiDataSet data = data(DataType.FLOAT, 2);
    INDArray scores = graph.output(data.getFeatures())[0];
    LinearChainCrf crf = LinearChainCrf.of(graph.getLayer("labels"));
    double[] expected = new double[LENGTHS.length];
    INDArray y = data.getLabels(0);
    for (int b = 0; b < expected.length; b++) {
      int row = b;
      int[] present = IntStream.range(0, LENGTHS[b]).filter(t -> row != 2 || t != 1).toArray();
      double[][] own = new double[present.length][LABELS];
      int[] path = new int[present.length];
      for (int i = 0; i < present.length; i++) {
        for (int c = 0; c < LABELS; c++) {
          own[i][c] = scores.getDouble(b, c, present[i]);
          path[i] = y.getDouble(b, c, present[i]) == 1 ? c : path[i];
        }
      }
      expected[b] = -crf.logProbability(own, path);
    }
    INDArray found = graph.scoreExamples(data, false);
    assertArrayEquals(expected, found.data().asDouble(), 1e-5);
    double penalty = graph.calcRegularizationScore(true);
    assertEquals(
        Arrays.stream(expected).average().orElseThrow(), graph.score(data) - penalty, 1e-5);
  }

  @Test
  void theStepOnKernelsTrainsAsDeeplearning4j() {
    ComputationGraph plain = graph(DataType.FLOAT, false);
    ComputationGraph attached = graph(DataType.FLOAT, false);
    AttachReport report = FusedKernels.attach(attached);
    assertEquals(
        "forward, loss, backward and update on kernels", report.entry("(training)").reason());
    for (int i = 0; i < 30; i++) {
      MultiDataSet data = data(DataType.FLOAT, i % 3);
      if (i % 4 == 3) { // without a mask, all rows are long
        data = new MultiDataSet(data.getFeatures(), full(data.getLabels(0)), null, null);
      }
      plain.fit(data);
      attached.fit(data);
      assertEquals(plain.score(), attached.score(), 1e-4, "step " + i);
    }
    assertEquals(0, plain.params().sub(attached.params()).amaxNumber().doubleValue(), 1e-3);
    assertNotEquals(
        0,
        attached
            .getLayer("labels")
            .getParam(CrfOutputLayer.TRANSITIONS)
            .amaxNumber()
            .doubleValue());
  }

  private static INDArray[] full(INDArray labels) {
    INDArray full = labels.dup();
    for (int b = 0; b < full.size(0); b++) {
      for (int t = 0; t < STEPS; t++) {
        if (full.getDouble(b, 0, t) + full.getDouble(b, 1, t) + full.getDouble(b, 2, t) == 0) {
          full.putScalar(b, 0, t, 1);
        }
      }
    }
    return new INDArray[] {full};
  }

  /** The labels depend on the ones before, not on the input: only transitions can learn that. */
  @Test
  void learnsWhatFollowsWhat() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.1))
                .graphBuilder()
                .addInputs("x")
                .addLayer("labels", new CrfOutputLayer.Builder().nIn(1).nOut(3).build(), "x")
                .setOutputs("labels")
                .setInputTypes(InputType.recurrent(1))
                .build());
    graph.init();
    FusedKernels.attach(graph);
    INDArray x = Nd4j.zeros(3, 1, 6);
    INDArray y = Nd4j.zeros(3, 3, 6); // 0 1 2 0 1 2, from another label each
    for (int b = 0; b < 3; b++) {
      x.putScalar(b, 0, 0, b); // the first label is told by the first input
      for (int t = 0; t < 6; t++) {
        y.putScalar(b, (b + t) % 3, t, 1);
      }
    }
    DataSet data = new DataSet(x, y);
    for (int i = 0; i < 300; i++) {
      graph.fit(data);
    }
    INDArray scores = graph.output(x)[0];
    LinearChainCrf crf = LinearChainCrf.of(graph.getLayer("labels"));
    for (int b = 0; b < 3; b++) {
      double[][] row = new double[6][3];
      for (int t = 0; t < 6; t++) {
        for (int c = 0; c < 3; c++) {
          row[t][c] = scores.getDouble(b, c, t);
        }
      }
      int first = b;
      int[] expected = IntStream.range(0, 6).map(t -> (first + t) % 3).toArray();
      assertArrayEquals(expected, crf.best(row), "row " + b);
      assertTrue(crf.marginals(row)[5][expected[5]] > 0.9, "a sure answer");
    }
  }

  @Test
  void dropoutTrainsAndAnswersWithout() {
    ComputationGraph graph = graph(DataType.FLOAT, true);
    FusedKernels.attach(graph);
    MultiDataSet data = data(DataType.FLOAT, 1);
    INDArray before = graph.output(data.getFeatures())[0];
    assertEquals(before, graph.output(data.getFeatures())[0]);
    double first = graph.score(data);
    for (int i = 0; i < 100; i++) {
      graph.fit(data);
    }
    assertTrue(graph.score(data) < first / 2, first + " became " + graph.score(data));
  }

  @Test
  void answersTheSameOnTheHeapAndFromAFile(@TempDir Path folder) throws Exception {
    ComputationGraph graph = graph(DataType.FLOAT, false);
    FusedKernels.attach(graph);
    drawOwnWeights(graph);
    MultiDataSet data = data(DataType.FLOAT, 1);
    INDArray expected = graph.output(data.getFeatures())[0];
    File file = folder.resolve("crf.zip").toFile();
    graph.save(file);
    ComputationGraph read = ComputationGraph.load(file, true);
    assertEquals(expected, read.output(data.getFeatures())[0]);
    assertArrayEquals(
        LinearChainCrf.of(graph.getLayer("labels")).transitions()[1],
        LinearChainCrf.of(read.getLayer("labels")).transitions()[1]);
    assertEquals(graph.params(), graph.clone().params());

    float[][] lines = new float[STEPS * LENGTHS.length][SIZE];
    for (int i = 0; i < lines.length; i++) {
      for (int d = 0; d < SIZE; d++) {
        lines[i][d] = data.getFeatures(0).getFloat(i % 3, d, i / 3);
      }
    }
    float[][] scores =
        InferenceNetwork.of(graph)
            .orElseThrow()
            .newInference()
            .begin(STEPS, STEPS, STEPS)
            .numbers(0, lines)
            .run()
            .output(0);
    for (int i = 0; i < lines.length; i++) {
      for (int c = 0; c < LABELS; c++) {
        assertEquals(expected.getFloat(i % 3, c, i / 3), scores[i][c], 1e-5);
      }
    }
  }

  @Test
  void worksInAMultiLayerNetwork() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.05))
                .list()
                .layer(new LSTM.Builder().nOut(6).build())
                .layer(new CrfOutputLayer.Builder().nOut(LABELS).build())
                .setInputType(InputType.recurrent(SIZE))
                .build());
    network.init();
    FusedKernels.attach(network);
    MultiDataSet data = data(DataType.FLOAT, 1);
    DataSet rows =
        new DataSet(data.getFeatures(0), data.getLabels(0), null, data.getLabelsMaskArray(0));
    double first = network.score(rows);
    for (int i = 0; i < 100; i++) {
      network.fit(rows);
    }
    assertTrue(network.score(rows) < first / 10, first + " became " + network.score(rows));
  }

  @Test
  void refusesWhatItCannotLearnFrom() {
    ComputationGraph graph = graph(DataType.FLOAT, false);
    FusedKernels.attach(graph);
    MultiDataSet data = data(DataType.FLOAT, 1);
    INDArray params = graph.params().dup();
    assertRefused(graph, data.getLabels(0).mul(0.5), data.getLabelsMaskArray(0), "a single 1");
    assertRefused(graph, data.getLabels(0), null, "row 1 at step 2");
    assertRefused(
        graph, data.getLabels(0), data.getLabelsMaskArray(0).mul(0.5), "either there (1) or not");
    assertRefused(
        graph,
        Nd4j.zeros(LENGTHS.length, LABELS + 1, STEPS),
        data.getLabelsMaskArray(0),
        "[batch, nOut, time] = [3, 3, 5]");
    assertEquals(params, graph.params());
    assertThrows(
        IllegalArgumentException.class,
        () -> new CrfOutputLayer.Builder().activation(Activation.SOFTMAX));
    assertThrows(IllegalArgumentException.class, () -> LinearChainCrf.of(graph.getLayer("lstm")));
  }

  private static void assertRefused(
      ComputationGraph graph, INDArray labels, INDArray mask, String message) {
    INDArray[] masks = mask == null ? null : new INDArray[] {mask};
    String found =
        assertThrows(
                DL4JInvalidInputException.class,
                () ->
                    graph.fit(
                        data(DataType.FLOAT, 1).getFeatures(),
                        new INDArray[] {labels},
                        null,
                        masks))
            .getMessage();
    assertTrue(found.contains(message), found);
  }
}
