package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Gradients against central differences in double; Deeplearning4j's own utility judges them. */
class RecurrentGradientTest {

  private static final int INPUTS = 2;
  private static final int HIDDEN = 2;
  private static final int CLASSES = 2;
  private static final int ROWS = 4;
  private static final int STEPS = 4;

  @BeforeAll
  static void utilityWantsDoubleEverywhere() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void backToFloat() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<RecurrentForwardTest.Mode> modes() {
    return RecurrentForwardTest.modes();
  }

  private static Rrnn.Builder rrnn(StateCarry carry) {
    return new Rrnn.Builder().nOut(HIDDEN).stateCarry(carry);
  }

  private static Layer own(OwnLayer layer) {
    return layer.builder().nOut(HIDDEN).build();
  }

  private static Layer lstm() {
    return new LSTM.Builder().nOut(HIDDEN).activation(Activation.TANH).build();
  }

  private static Layer simpleRnn() {
    return new SimpleRnn.Builder().nOut(HIDDEN).activation(Activation.TANH).build();
  }

  private static Layer sequenceOutput() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static Layer lastStepOutput() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static INDArray features() {
    return Networks.random(1, ROWS, INPUTS, STEPS);
  }

  /** Right padding, left padding, a gap, and a row with one step. */
  private static INDArray mask() {
    return Nd4j.create(new double[][] {{1, 1, 1, 0}, {0, 0, 1, 1}, {1, 0, 1, 1}, {0, 1, 0, 0}});
  }

  private static INDArray labels(boolean sequence) {
    INDArray labels =
        sequence
            ? Nd4j.zeros(DataType.DOUBLE, ROWS, CLASSES, STEPS)
            : Nd4j.zeros(DataType.DOUBLE, ROWS, CLASSES);
    for (int row = 0; row < ROWS; row++) {
      for (int t = 0; sequence && t < STEPS; t++) {
        labels.putScalar(row, (row + t) % CLASSES, t, 1.0);
      }
      if (!sequence) {
        labels.putScalar(row, row % CLASSES, 1.0);
      }
    }
    return labels;
  }

  private static void check(boolean sequence, INDArray mask, Layer... layers) {
    MultiLayerNetwork network = Networks.network(INPUTS, layers);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.MLNConfig()
                .net(network)
                .input(features())
                .labels(labels(sequence))
                .inputMask(mask)
                .labelMask(sequence ? mask : null)
                .minAbsoluteError(1e-9)));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void alone(RecurrentForwardTest.Mode mode) {
    boolean sequence = mode.returnSequences();
    Layer output = sequence ? sequenceOutput() : lastStepOutput();
    Layer layer = mode.builder().nOut(HIDDEN).build();
    check(sequence, null, layer, output);
    check(sequence, mask(), mode.builder().nOut(HIDDEN).build(), output.clone());
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void twoStacked(OwnLayer layer) {
    check(true, mask(), own(layer), own(layer), sequenceOutput());
    check(
        false,
        mask(),
        layer.builder().nOut(HIDDEN).direction(Direction.BOTH).build(),
        layer.builder().nOut(HIDDEN).direction(Direction.BOTH).returnSequences(false).build(),
        lastStepOutput());
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void betweenOtherRecurrentLayers(OwnLayer layer) {
    check(true, mask(), lstm(), own(layer), simpleRnn(), sequenceOutput());
    check(true, mask(), simpleRnn(), own(layer), lstm(), sequenceOutput());
    Layer last = layer.builder().nOut(HIDDEN).returnSequences(false).build();
    check(false, mask(), lstm(), last, lastStepOutput());
  }

  @Test
  void everyActivation() {
    for (Activation f :
        new Activation[] {
          Activation.SIGMOID,
          Activation.IDENTITY,
          Activation.ELU,
          Activation.SELU,
          Activation.GELU,
          Activation.SWISH,
          Activation.SOFTPLUS,
          Activation.SOFTSIGN,
          Activation.SOFTMAX,
          Activation.CUBE,
          Activation.RATIONALTANH,
          Activation.RELU,
          Activation.RELU6,
          Activation.LEAKYRELU,
          Activation.HARDTANH,
          Activation.HARDSIGMOID,
          Activation.RECTIFIEDTANH
        }) {
      check(
          true,
          null,
          rrnn(StateCarry.UPDATED).activation(f).outputActivation(f).build(),
          sequenceOutput());
    }
  }

  /** Two branches, one for each carry, that share a dense layer's input; masks in both. */
  @Test
  void inComputationGraph() {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(Networks.SEED)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(INPUTS))
            .addLayer("below", lstm(), "in")
            .addLayer("main", rrnn(StateCarry.MAIN).direction(Direction.BOTH).build(), "below")
            .addLayer("updated", rrnn(StateCarry.UPDATED).build(), "below", "in")
            .addVertex("merge", new MergeVertex(), "main", "updated")
            .addLayer("above", simpleRnn(), "merge")
            .addLayer("out", sequenceOutput(), "above")
            .setOutputs("out")
            .build();
    ComputationGraph graph = new ComputationGraph(conf);
    graph.init();
    Networks.randomize(graph.params());
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.GraphConfig()
                .net(graph)
                .inputs(new INDArray[] {features()})
                .labels(new INDArray[] {labels(true)})
                .inputMask(new INDArray[] {mask()})
                .labelMask(new INDArray[] {mask()})
                .minAbsoluteError(1e-9)));
  }
}
