package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Gradients of Deeplearning4j's own layers with kernels attached, against central differences in
 * double; Deeplearning4j's utility judges them. The fused kernels agree with the reference that is
 * attached here.
 */
class FusedGradientTest {

  private static final int INPUTS = 2;
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

  /** A layer that returns sequences. */
  record Case(String name, Supplier<Layer> layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cells() {
    return Stream.of(
        new Case("LSTM", () -> new LSTM.Builder().nOut(2).activation(Activation.TANH).build()),
        new Case(
            "LSTM, hard gates",
            () ->
                new LSTM.Builder()
                    .nOut(2)
                    .activation(Activation.SOFTSIGN)
                    .gateActivationFunction(Activation.HARDSIGMOID)
                    .build()),
        new Case(
            "SimpleRnn",
            () -> new SimpleRnn.Builder().nOut(2).activation(Activation.TANH).build()));
  }

  /** Right padding, left padding, a gap, and a row with one step. */
  private static INDArray mask() {
    return Nd4j.create(new double[][] {{1, 1, 1, 0}, {0, 0, 1, 1}, {1, 0, 1, 1}, {0, 1, 0, 0}});
  }

  private static Layer output(boolean sequence) {
    return sequence
        ? new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH).build()
        : new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH).build();
  }

  private static boolean gradientsAreRight(
      boolean attached, boolean sequence, INDArray mask, Layer... layers) {
    Layer[] all = Arrays.copyOf(layers, layers.length + 1);
    all[layers.length] = output(sequence);
    MultiLayerNetwork network = Networks.network(INPUTS, all);
    if (attached) {
      assertTrue(FusedKernels.attach(network, KernelMode.REFERENCE).isComplete());
    }
    return GradientCheckUtil.checkGradients(config(network, sequence, mask));
  }

  private static GradientCheckUtil.MLNConfig config(
      MultiLayerNetwork network, boolean sequence, INDArray mask) {
    INDArray labels = sequence ? Networks.random(5, ROWS, 2, STEPS) : Networks.random(5, ROWS, 2);
    return new GradientCheckUtil.MLNConfig()
        .net(network)
        .input(Networks.random(1, ROWS, INPUTS, STEPS))
        .labels(labels)
        .inputMask(mask)
        .labelMask(sequence ? mask : null)
        .minAbsoluteError(1e-9);
  }

  private static void check(boolean sequence, Supplier<Layer[]> layers) {
    assertTrue(gradientsAreRight(true, sequence, null, layers.get()));
    assertTrue(gradientsAreRight(true, sequence, mask(), layers.get()), "masked");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void twoStacked(Case c) {
    check(true, () -> new Layer[] {c.layer().get(), c.layer().get()});
  }

  @ParameterizedTest
  @MethodSource("cells")
  void lastTimeStep(Case c) {
    check(false, () -> new Layer[] {c.layer().get(), new LastTimeStep(c.layer().get())});
  }

  @ParameterizedTest
  @MethodSource("cells")
  void bidirectional(Case c) {
    for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
      check(
          true,
          () ->
              new Layer[] {
                new Bidirectional(mode, c.layer().get()), new Bidirectional(mode, c.layer().get())
              });
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void maskZero(Case c) {
    assertTrue(
        gradientsAreRight(
            true, true, null, c.layer().get(), new MaskZeroLayer(c.layer().get(), 0)));
  }

  /** The parameters below a frozen layer; its own have no gradient. */
  @ParameterizedTest
  @MethodSource("cells")
  void belowFrozen(Case c) {
    MultiLayerNetwork network =
        Networks.network(
            INPUTS, c.layer().get(), new FrozenLayerWithBackprop(c.layer().get()), output(true));
    assertTrue(FusedKernels.attach(network, KernelMode.REFERENCE).isComplete());
    assertTrue(
        GradientCheckUtil.checkGradients(
            config(network, true, null).excludeParams(Set.of("1_W", "1_RW", "1_b"))));
  }

  @Test
  void withRrnn() {
    List<Case> cells = cells().toList();
    for (StateCarry carry : StateCarry.values()) {
      Supplier<Layer> rrnn =
          () ->
              new Rrnn.Builder()
                  .nOut(2)
                  .stateCarry(carry)
                  .direction(Direction.BOTH)
                  .kernel(KernelMode.REFERENCE)
                  .build();
      check(
          true,
          () -> new Layer[] {cells.get(0).layer().get(), rrnn.get(), cells.get(2).layer().get()});
    }
  }

  /** Deeplearning4j's LSTM lets gradients through masked steps, except for padding on the right. */
  @Test
  void deeplearning4jsLastTimeStepOfLstmIsWrongWithMasks() {
    Supplier<Layer> lstm = cells().findFirst().orElseThrow().layer();
    assertTrue(gradientsAreRight(false, false, padding(), new LastTimeStep(lstm.get())));
    assertFalse(
        gradientsAreRight(false, false, mask(), new LastTimeStep(lstm.get())),
        "LSTM's gradients are right with any mask now");
  }

  private static INDArray padding() {
    return Nd4j.create(new double[][] {{1, 1, 1, 1}, {1, 1, 1, 0}, {1, 1, 0, 0}, {1, 0, 0, 0}});
  }

  /**
   * Deeplearning4j's LSTM takes no mask from the network, so that Bidirectional begins with the
   * padding. A kernel computes what the layer computes, so it is the same with one.
   */
  @Test
  void deeplearning4jsLstmIgnoresTheMaskOfTheNetwork() {
    Supplier<Layer> lstm = cells().findFirst().orElseThrow().layer();
    MultiLayerNetwork network = Networks.network(INPUTS, new Bidirectional(lstm.get()));
    INDArray x = Networks.random(1, ROWS, INPUTS, STEPS);
    INDArray unmasked = network.output(x);
    assertEquals(unmasked, network.output(x, false, padding(), null), "LSTM reads masks now");
    FusedKernels.attach(network, KernelMode.REFERENCE);
    INDArray attached = network.output(x, false, padding(), null);
    assertEquals(0.0, unmasked.sub(attached).amaxNumber().doubleValue(), 1e-10);
  }
}
