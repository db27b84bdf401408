package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class LuongAttentionVertexTest {
  private static final int ROWS = 3;
  private static final int QUERIES = 4; // T
  private static final int STATES = 5; // S

  @BeforeAll
  static void utilityWantsDoubleEverywhere() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void backToFloat() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  private static LuongAttentionVertex.Builder attention() {
    return LuongAttentionVertex.builder()
        .querySize(3)
        .stateSize(2)
        .outputSize(4)
        .queryMask("out")
        .stateMask("in");
  }

  private static ComputationGraphConfiguration configuration(
      GraphVertex attention, DataType type, IUpdater updater) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(type)
            .updater(updater)
            .graphBuilder()
            .addInputs("in", "out");
    graph.addLayer("encoder", lstm(2, 2), "in");
    graph.addLayer("decoder", lstm(2, 3), "out");
    if (attention instanceof AttentionVertex) {
      graph.addVertex("attention", attention, "decoder", "encoder", "encoder");
    } else if (((LuongAttentionVertex) attention).getStateSize() == 4) {
      graph.addVertex("attention", attention, "decoder", "encoder", "in"); // in two parts
    } else {
      graph.addVertex("attention", attention, "decoder", "encoder");
    }
    graph.addLayer(
        "answer",
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(4)
            .nOut(3)
            .dataFormat(RNNFormat.NCW)
            .build(),
        "attention");
    return graph.setOutputs("answer").build();
  }

  private static LSTM lstm(int in, int out) {
    return new LSTM.Builder()
        .nIn(in)
        .nOut(out)
        .activation(Activation.TANH)
        .dataFormat(RNNFormat.NCW)
        .build();
  }

  private static ComputationGraph network(GraphVertex attention, DataType type) {
    ComputationGraph network = new ComputationGraph(configuration(attention, type, new NoOp()));
    network.init();
    network.setParams(Nd4j.rand(DataType.DOUBLE, 1, network.numParams()).subi(0.5).castTo(type));
    return network;
  }

  private static INDArray mask(DataType type, int steps, int... lengths) {
    INDArray mask = Nd4j.zeros(type, lengths.length, steps);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  private static MultiDataSet data(DataType type, boolean masked) {
    Nd4j.getRandom().setSeed(7);
    INDArray in = Nd4j.rand(DataType.DOUBLE, ROWS, 2, STATES).subi(0.5).castTo(type);
    INDArray out = Nd4j.rand(DataType.DOUBLE, ROWS, 2, QUERIES).subi(0.5).castTo(type);
    INDArray labels = Nd4j.zeros(type, ROWS, 3, QUERIES);
    for (int b = 0; b < ROWS; b++) {
      for (int t = 0; t < QUERIES; t++) {
        labels.putScalar(b, (b + t) % 3, t, 1);
      }
    }
    INDArray inMask = masked ? mask(type, STATES, 5, 1, 3) : null;
    INDArray outMask = masked ? mask(type, QUERIES, 2, 4, 1) : null;
    return new MultiDataSet(
        new INDArray[] {in, out},
        new INDArray[] {labels},
        masked ? new INDArray[] {inMask, outMask} : null,
        masked ? new INDArray[] {outMask} : null);
  }

  private static boolean gradientsAreRight(GraphVertex attention, boolean masked) {
    MultiDataSet data = data(DataType.DOUBLE, masked);
    return GradientCheckUtil.checkGradients(
        new GradientCheckUtil.GraphConfig()
            .net(network(attention, DataType.DOUBLE))
            .inputs(data.getFeatures())
            .labels(data.getLabels())
            .inputMask(data.getFeaturesMaskArrays())
            .labelMask(data.getLabelsMaskArrays())
            .minAbsoluteError(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void gradients(int maxOffset) {
    assertTrue(gradientsAreRight(attention().maxOffset(maxOffset).build(), false));
    assertTrue(gradientsAreRight(attention().maxOffset(maxOffset).build(), true));
    assertTrue(gradientsAreRight(attention().stateSize(4).maxOffset(maxOffset).build(), true));
  }

  /** Trap 27: why there is a vertex of ours. */
  @Test
  void gradientsOfDeeplearningsOwnVertexAreWrong() {
    AttentionVertex theirs =
        new AttentionVertex.Builder()
            .nInQueries(3)
            .nInKeys(2)
            .nInValues(2)
            .nOut(4)
            .headSize(2)
            .projectInput(true)
            .weightInit(WeightInit.XAVIER)
            .build();
    assertFalse(gradientsAreRight(theirs, false), "Deeplearning4j has been mended");
  }

  @Test
  void kernelHasTheSameGradient() {
    for (boolean masked : new boolean[] {false, true}) {
      ComputationGraph slow = network(attention().maxOffset(1).build(), DataType.DOUBLE);
      ComputationGraph fast = network(attention().maxOffset(1).build(), DataType.FLOAT);
      fast.setParams(slow.params().castTo(DataType.FLOAT));
      FusedKernels.attach(fast);
      double[] expected = gradient(slow, data(DataType.DOUBLE, masked));
      double[] found = gradient(fast, data(DataType.FLOAT, masked));
      assertTrue(Arrays.stream(expected).filter(value -> Math.abs(value) > 1e-4).count() > 50);
      assertArrayEquals(expected, found, 1e-4);
      assertEquals(slow.score(), fast.score(), 1e-4);
    }
  }

  private static double[] gradient(ComputationGraph network, MultiDataSet data) {
    network.setLayerMaskArrays(data.getFeaturesMaskArrays(), data.getLabelsMaskArrays());
    network.setInputs(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.gradient().gradient().castTo(DataType.DOUBLE).toDoubleVector();
  }

  /** All that Deeplearning4j does with parameters reaches those of a vertex. */
  @Test
  void trains() {
    ComputationGraph network =
        new ComputationGraph(
            configuration(attention().maxOffset(1).build(), DataType.FLOAT, new Adam(0.05)));
    network.init();
    FusedKernels.attach(network);
    MultiDataSet data = data(DataType.FLOAT, true);
    INDArray before = network.paramTable().get("attention_W").dup();
    double first = network.score(data);
    for (int i = 0; i < 60; i++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < 0.3 * first, first + " to " + network.score(data));
    for (String key : new String[] {"attention_W", "attention_Wc", "attention_b", "attention_r"}) {
      assertTrue(network.paramTable().get(key).amaxNumber().doubleValue() > 0, key);
    }
    assertNotEquals(before, network.paramTable().get("attention_W"));
    ComputationGraph clone = network.clone();
    assertEquals(network.params(), clone.params());
    assertEquals(
        network.output(false, data.getFeatures(), data.getFeaturesMaskArrays(), null)[0],
        clone.output(false, data.getFeatures(), data.getFeaturesMaskArrays(), null)[0]);
  }

  @Test
  void jsonAndClone() {
    LuongAttentionVertex vertex = attention().maxOffset(2).weightInit(WeightInit.UNIFORM).build();
    ComputationGraphConfiguration configuration =
        configuration(vertex, DataType.FLOAT, new Adam(0.01));
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, read);
    assertEquals(configuration.toJson(), read.toJson());
    assertEquals(configuration, configuration.clone());
    LuongAttentionVertex found =
        assertInstanceOf(LuongAttentionVertex.class, read.getVertices().get("attention"));
    assertEquals(new Adam(0.01), found.getUpdater());
    assertNotEquals(vertex, attention().maxOffset(1).build());
  }

  /** What the padding of either side holds, and how long it is, changes nothing. */
  @Test
  void paddingHasNoEffect() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      ComputationGraph network = network(attention().maxOffset(1).build(), type);
      MultiDataSet data = data(type, true);
      INDArray both =
          network.output(false, data.getFeatures(), data.getFeaturesMaskArrays(), null)[0];
      INDArray in = data.getFeatures(0).get(interval(2, 3), all(), interval(0, 3)).dup();
      INDArray out = data.getFeatures(1).get(interval(2, 3), all(), interval(0, 1)).dup();
      INDArray alone = network.output(false, new INDArray[] {in, out}, null, null)[0];
      for (int i = 0; i < 3; i++) {
        assertEquals(alone.getDouble(0, i, 0), both.getDouble(2, i, 0), 1e-6);
      }
    }
  }

  @Test
  void badInput() {
    ComputationGraph network = network(attention().build(), DataType.FLOAT);
    INDArray in = Nd4j.zeros(DataType.FLOAT, 2, 2, 3);
    INDArray out = Nd4j.zeros(DataType.FLOAT, 2, 2, 4);
    DL4JInvalidInputException masked =
        assertThrows(
            DL4JInvalidInputException.class,
            () ->
                network.output(
                    false,
                    new INDArray[] {in, out},
                    new INDArray[] {mask(DataType.FLOAT, 3, 3, 0), null},
                    null));
    assertTrue(masked.getMessage().contains("row 1 is masked throughout"), masked.getMessage());
    IllegalArgumentException noInput =
        assertThrows(
            IllegalArgumentException.class,
            () -> network(attention().stateMask("other").build(), DataType.FLOAT));
    assertTrue(noInput.getMessage().contains("\"other\""), noInput.getMessage());
    IllegalArgumentException noSize =
        assertThrows(
            IllegalArgumentException.class,
            () -> LuongAttentionVertex.builder().querySize(3).build());
    assertTrue(noSize.getMessage().contains("stateSize"), noSize.getMessage());
    ComputationGraph wrong = network(attention().querySize(2).build(), DataType.FLOAT);
    DL4JInvalidInputException sizes =
        assertThrows(DL4JInvalidInputException.class, () -> wrong.output(in, out));
    assertTrue(sizes.getMessage().contains("queries [batch, 2, time]"), sizes.getMessage());
  }
}
