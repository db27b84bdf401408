package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each wrong use gets a message that says what came, what was expected and what to do. */
class RrnnErrorsTest {

  private final MultiLayerNetwork network =
      Networks.network(2, new Rrnn.Builder().name("memory").nOut(3).build());

  private static void refused(Class<? extends Exception> type, Executable action, String... parts) {
    Exception e = assertThrows(type, action);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), "\"" + part + "\" in: " + e.getMessage());
    }
  }

  private void refusedInput(INDArray input, String... parts) {
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    refused(
        DL4JInvalidInputException.class,
        () -> network.getLayer(0).activate(input, false, none),
        parts);
  }

  @Test
  void rank() {
    refusedInput(Networks.random(1, 4, 2), "memory", "rank 2", "[4, 2]", "[batch, 2, time]");
    refusedInput(Networks.random(1, 1, 4, 2, 3), "rank 4", "[1, 4, 2, 3]");
  }

  @Test
  void size() {
    refusedInput(Networks.random(1, 4, 5, 2), "[4, 5, 2]", "nIn = 2", "permute");
  }

  @Test
  void emptySequenceAndEmptyBatch() {
    refusedInput(Nd4j.create(DataType.DOUBLE, 4, 2, 0), "[4, 2, 0]", "no time step");
    refusedInput(Nd4j.create(DataType.DOUBLE, 0, 2, 4), "[0, 2, 4]", "no row");
  }

  @Test
  void maskShape() {
    INDArray x = Networks.random(1, 4, 2, 5);
    refused(
        DL4JInvalidInputException.class,
        () -> network.output(x, false, Nd4j.ones(DataType.DOUBLE, 4, 3), null),
        "mask of shape [4, 3]",
        "[4, 5]");
  }

  @Test
  void rowMaskedThroughout() {
    INDArray x = Networks.random(1, 3, 2, 2);
    INDArray mask = Nd4j.create(new double[][] {{1, 0}, {0, 0}, {1, 1}});
    refused(
        DL4JInvalidInputException.class,
        () -> network.output(x, false, mask, null),
        "row 1",
        "masked throughout",
        "leave the row out");
    MultiLayerNetwork last =
        Networks.network(2, new Rrnn.Builder().nOut(3).returnSequences(false).build());
    refused(DL4JInvalidInputException.class, () -> last.output(x, false, mask, null), "row 1");
  }

  /** Deeplearning4j leaves a mask in the layers when a call fails. */
  @Test
  void aRefusedMaskIsForgotten() {
    INDArray x = Networks.random(1, 3, 2, 2);
    INDArray before = network.output(x);
    INDArray mask = Nd4j.create(new double[][] {{1, 0}, {0, 0}, {1, 1}});
    assertThrows(DL4JInvalidInputException.class, () -> network.output(x, false, mask, null));
    assertEquals(before, network.output(x));
    assertThrows(
        DL4JInvalidInputException.class,
        () -> network.output(x, false, Nd4j.ones(DataType.DOUBLE, 3, 9), null));
    assertEquals(before, network.output(x));
  }

  @Test
  void notANumber() {
    MultiLayerNetwork checked =
        Networks.network(2, new Rrnn.Builder().nOut(3).checked(true).build());
    INDArray x = Networks.random(1, 4, 2, 5);
    assertDoesNotThrow(() -> checked.output(x));
    x.putScalar(3, 1, 2, Double.NaN);
    refused(
        DL4JInvalidInputException.class,
        () -> checked.output(x),
        "NaN",
        "row 3",
        "feature 1",
        "time step 2");
    x.putScalar(3, 1, 2, Double.NEGATIVE_INFINITY);
    refused(DL4JInvalidInputException.class, () -> checked.output(x), "-Infinity");
    INDArray nan = Nd4j.valueArrayOf(new long[] {1, 2, 1}, Double.NaN, DataType.DOUBLE);
    assertEquals(Double.NaN, network.output(nan).getDouble(0), "not searched unless asked");
  }

  @Test
  void sizesMissing() {
    refused(DL4JInvalidConfigException.class, () -> new Rrnn.Builder().build(), "nOut = 0");
    refused(
        DL4JInvalidConfigException.class, () -> new Rrnn.Builder().nIn(-1).nOut(2).build(), "nIn");
    NeuralNetConfiguration.ListBuilder withoutInputType =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new Rrnn.Builder().name("memory").nOut(2).build());
    refused(
        Exception.class,
        () -> new MultiLayerNetwork(withoutInputType.build()).init(),
        "memory",
        "nIn",
        "setInputType");
  }

  @Test
  void wrongInputType() {
    refused(
        DL4JInvalidConfigException.class,
        () ->
            new Rrnn.Builder()
                .nOut(2)
                .build()
                .setNIn(InputType.recurrent(3, 5, RNNFormat.NWC), true),
        "NWC",
        "NCW",
        "permute");
    refused(
        DL4JInvalidConfigException.class,
        () -> new Rrnn.Builder().nOut(2).build().getOutputType(0, InputType.feedForward(3)),
        "InputType.recurrent");
  }

  @Test
  void activationWithoutGradient() {
    refused(
        IllegalArgumentException.class,
        () -> new Rrnn.Builder().nOut(2).gateActivation(Activation.RRELU).build(),
        "gateActivation",
        "RRELU",
        "TANH");
    refused(
        IllegalArgumentException.class,
        () -> new Rrnn.Builder().nOut(2).activation((Activation) null).build(),
        "activation is null");
  }
}
