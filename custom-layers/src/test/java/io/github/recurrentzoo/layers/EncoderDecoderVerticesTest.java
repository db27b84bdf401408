package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** ContextVertex, FinalStateVertex and ReverseStepsVertex, by kernels and without. */
class EncoderDecoderVerticesTest {
  private static final int ROWS = 3;
  private static final int STEPS = 4;
  private static final int[] LENGTHS = {4, 1, 3};

  private static ComputationGraphConfiguration configuration(DataType type) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(type)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("in", "out");
    graph.addLayer("forward", lstm(2, 3), "in");
    graph.addVertex("last", new FinalStateVertex("in"), "forward");
    graph.addVertex("reversed", new ReverseStepsVertex("in"), "in");
    graph.addLayer("backward", lstm(2, 3), "reversed");
    graph.addVertex("first", new FinalStateVertex("in"), "backward");
    graph.addVertex("both", new MergeVertex(), "last", "first");
    graph.addVertex("context", new ContextVertex(), "out", "both");
    graph.addLayer("decoder", lstm(8, 3), "context");
    graph.addLayer(
        "answer",
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nIn(3)
            .nOut(2)
            .dataFormat(RNNFormat.NCW)
            .build(),
        "decoder");
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

  private static INDArray random(DataType type, long... shape) {
    Nd4j.getRandom().setSeed(Arrays.hashCode(shape));
    return Nd4j.rand(DataType.DOUBLE, shape).castTo(type);
  }

  private static INDArray mask(DataType type) {
    INDArray mask = Nd4j.zeros(type, ROWS, STEPS);
    for (int b = 0; b < ROWS; b++) {
      for (int t = 0; t < LENGTHS[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  /** Activations by vertex and the gradient, of one pass. */
  private record Pass(Map<String, INDArray> activations, INDArray gradient) {}

  private static Pass pass(DataType type) {
    ComputationGraph network = new ComputationGraph(configuration(type));
    network.init();
    network.setParams(
        Nd4j.linspace(DataType.DOUBLE, -1, 0.013, network.numParams())
            .reshape(1, network.numParams())
            .castTo(type));
    FusedKernels.attach(network);
    INDArray[] inputs = {random(type, ROWS, 2, STEPS), random(type, ROWS, 2, 5)};
    network.setLayerMaskArrays(new INDArray[] {mask(type), null}, null);
    Map<String, INDArray> activations = network.feedForward(inputs, true, false);
    network.setInputs(inputs);
    network.setLabels(random(type, ROWS, 2, 5).rsub(1));
    network.computeGradientAndScore();
    Gradient gradient = network.gradient();
    return new Pass(activations, gradient.gradient().dup());
  }

  @Test
  void stepsAndContextsAreWhereTheyShouldBe() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      Map<String, INDArray> all = pass(type).activations();
      for (int b = 0; b < ROWS; b++) {
        for (int s = 0; s < 3; s++) {
          assertEquals(
              all.get("forward").getDouble(b, s, LENGTHS[b] - 1),
              all.get("last").getDouble(b, s),
              0);
          for (int t = 0; t < 5; t++) {
            assertEquals(
                all.get("both").getDouble(b, s), all.get("context").getDouble(b, 2 + s, t), 0);
          }
        }
        for (int s = 0; s < 2; s++) {
          for (int t = 0; t < STEPS; t++) {
            assertEquals(
                t < LENGTHS[b] ? all.get("in").getDouble(b, s, LENGTHS[b] - 1 - t) : 0,
                all.get("reversed").getDouble(b, s, t),
                0);
          }
          for (int t = 0; t < 5; t++) {
            assertEquals(
                all.get("out").getDouble(b, s, t), all.get("context").getDouble(b, s, t), 0);
          }
        }
      }
    }
  }

  @Test
  void kernelsHaveTheSameGradient() {
    double[] expected = pass(DataType.DOUBLE).gradient().toDoubleVector();
    double[] found = pass(DataType.FLOAT).gradient().castTo(DataType.DOUBLE).toDoubleVector();
    assertTrue(Arrays.stream(expected).filter(value -> Math.abs(value) > 1e-4).count() > 50);
    assertArrayEquals(expected, found, 1e-4);
  }

  @Test
  void jsonAndClone() {
    ComputationGraphConfiguration configuration = configuration(DataType.FLOAT);
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, configuration.clone());
  }

  @Test
  void badInput() {
    ComputationGraph network = new ComputationGraph(configuration(DataType.FLOAT));
    network.init();
    INDArray[] inputs = {random(DataType.FLOAT, 2, 2, 3), random(DataType.FLOAT, 2, 2, 5)};
    INDArray masked = Nd4j.createFromArray(new float[][] {{1, 1, 1}, {0, 0, 0}});
    DL4JInvalidInputException all =
        assertThrows(
            DL4JInvalidInputException.class,
            () -> network.output(false, inputs, new INDArray[] {masked, null}, null));
    assertTrue(all.getMessage().contains("row 1 is masked throughout"), all.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs("in");
          graph.addLayer("lstm", lstm(2, 3), "in");
          graph.addVertex("last", new FinalStateVertex("other"), "lstm");
          new ComputationGraph(graph.setOutputs("last").build()).init();
        });
  }
}
