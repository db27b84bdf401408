package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Values and gradients of the vertex by itself, by the kernel and without. */
class ConcatPoolingTest {
  private static final int ROWS = 3;
  private static final int UNITS = 4;
  private static final int STEPS = 5;
  private static final int[] LENGTHS = {5, 1, 3};

  private static ComputationGraphConfiguration configuration(boolean both, DataType type) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(type)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("in");
    graph.addVertex("pooled", new ConcatPoolingVertex("in", both), "in");
    graph.addLayer(
        "out",
        new OutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nIn(3 * UNITS)
            .nOut(2)
            .build(),
        "pooled");
    return graph.setOutputs("out").build();
  }

  /** What is at padding must not matter, so it is large. */
  private static INDArray states(DataType type) {
    Nd4j.getRandom().setSeed(5);
    INDArray states = Nd4j.rand(DataType.DOUBLE, ROWS, UNITS, STEPS).sub(0.5).castTo(type);
    for (int b = 0; b < ROWS; b++) {
      for (int t = LENGTHS[b]; t < STEPS; t++) {
        for (int s = 0; s < UNITS; s++) {
          states.putScalar(b, s, t, 100);
        }
      }
    }
    return states;
  }

  private static INDArray mask() {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, ROWS, STEPS);
    for (int b = 0; b < ROWS; b++) {
      for (int t = 0; t < LENGTHS[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  private static ComputationGraph network(boolean both, DataType type) {
    ComputationGraph network = new ComputationGraph(configuration(both, type));
    network.init();
    network.setLayerMaskArrays(new INDArray[] {mask()}, null);
    return network;
  }

  @ParameterizedTest
  @CsvSource({"false, FLOAT", "true, FLOAT", "false, DOUBLE", "true, DOUBLE"})
  void finalMeanAndLargest(boolean both, DataType type) {
    INDArray states = states(type);
    ComputationGraph network = network(both, type);
    double[][] pooled =
        network.feedForward(new INDArray[] {states}, true, false).get("pooled").toDoubleMatrix();
    for (int b = 0; b < ROWS; b++) {
      for (int s = 0; s < UNITS; s++) {
        double[] ofUnit = new double[LENGTHS[b]];
        for (int t = 0; t < ofUnit.length; t++) {
          ofUnit[t] = states.getDouble(b, s, t);
        }
        int end = both && s >= UNITS / 2 ? 0 : ofUnit.length - 1;
        assertEquals(ofUnit[end], pooled[b][s], 0);
        assertEquals(Arrays.stream(ofUnit).average().orElseThrow(), pooled[b][UNITS + s], 1e-6);
        assertEquals(Arrays.stream(ofUnit).max().orElseThrow(), pooled[b][2 * UNITS + s], 0);
      }
    }
  }

  private static double[] slopes(ComputationGraph network, INDArray states) {
    network.feedForward(new INDArray[] {states}, true, false);
    INDArray error = Nd4j.linspace(DataType.DOUBLE, -1, 0.37, 2L * ROWS).reshape(ROWS, 2);
    network.setLabels(Nd4j.zeros(ROWS, 2));
    GraphVertex pooled = network.getVertex("pooled");
    INDArray weights = network.getLayer("out").getParam("W").castTo(DataType.DOUBLE);
    pooled.setInputs(states);
    pooled.doForward(true, LayerWorkspaceMgr.noWorkspaces());
    pooled.setEpsilon(error.mmul(weights.transpose()).castTo(states.dataType()));
    return pooled
        .doBackward(false, LayerWorkspaceMgr.noWorkspaces())
        .getSecond()[0]
        .dup('c')
        .castTo(DataType.DOUBLE)
        .data()
        .asDouble();
  }

  /** sum of the output times fixed numbers, whose slopes are asked for. */
  private static double weighed(ComputationGraph network, INDArray states) {
    INDArray error = Nd4j.linspace(DataType.DOUBLE, -1, 0.37, 2L * ROWS).reshape(ROWS, 2);
    INDArray weights = network.getLayer("out").getParam("W").castTo(DataType.DOUBLE);
    INDArray pooled = network.feedForward(new INDArray[] {states}, true, false).get("pooled");
    return pooled.mul(error.mmul(weights.transpose())).sumNumber().doubleValue();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void gradientsAreThoseOfFiniteDifferences(boolean both) {
    INDArray states = states(DataType.DOUBLE);
    ComputationGraph doubles = network(both, DataType.DOUBLE);
    ComputationGraph floats = network(both, DataType.FLOAT);
    floats.params().assign(doubles.params().castTo(DataType.FLOAT));
    double[] found = slopes(doubles, states);
    double step = 1e-6;
    for (int i = 0; i < found.length; i++) {
      int[] at = {i / (UNITS * STEPS), i / STEPS % UNITS, i % STEPS};
      double state = states.getDouble(at);
      states.putScalar(at, state + step);
      double above = weighed(doubles, states);
      states.putScalar(at, state - step);
      double below = weighed(doubles, states);
      states.putScalar(at, state);
      assertEquals((above - below) / (2 * step), found[i], 1e-6, Arrays.toString(at));
    }
    assertArrayEquals(found, slopes(floats, states.castTo(DataType.FLOAT)), 1e-5);
  }

  @Test
  void jsonAndClone() {
    ComputationGraphConfiguration configuration = configuration(true, DataType.FLOAT);
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, configuration.clone());
    assertNotEquals(configuration, configuration(false, DataType.FLOAT));
  }
}
