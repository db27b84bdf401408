package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The forward pass against {@link PlainRecurrence}, to 1e-10 in double. */
class RecurrentForwardTest {

  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;

  record Mode(OwnLayer layer, Direction direction, boolean returnSequences) {
    RecurrentSameDiffLayer.Builder<?> builder() {
      return layer.builder().nOut(HIDDEN).direction(direction).returnSequences(returnSequences);
    }
  }

  static Stream<Mode> modes() {
    List<Mode> modes = new ArrayList<>();
    for (OwnLayer layer : OwnLayer.values()) {
      for (Direction direction : Direction.values()) {
        modes.add(new Mode(layer, direction, true));
        modes.add(new Mode(layer, direction, false));
      }
    }
    return modes.stream();
  }

  private static void assertClose(INDArray expected, INDArray actual, String what) {
    assertArrayEquals(expected.shape(), actual.shape(), what);
    double difference = expected.sub(actual).amaxNumber().doubleValue();
    assertEquals(0.0, difference, 1e-10, what);
  }

  private static Rrnn conf(MultiLayerNetwork network) {
    return (Rrnn) network.getLayer(0).conf().getLayer();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void equalsTheEquations(Mode mode) {
    MultiLayerNetwork network = Networks.network(INPUTS, mode.builder().build());
    PlainRecurrence plain = mode.layer().plain(network.getLayer(0));
    for (int steps : new int[] {1, 2, 7, 33}) {
      for (int rows : new int[] {1, 2, 5}) {
        INDArray x = Networks.random(steps * 10L + rows, rows, INPUTS, steps);
        assertClose(
            plain.output(x, null, null), network.output(x), "T = " + steps + ", B = " + rows);
      }
    }
  }

  /** Padding right, left and in the middle, a row masked but for one step, and a whole row. */
  private static INDArray mask() {
    return Nd4j.create(
        new double[][] {
          {1, 1, 1, 1, 0, 0, 0},
          {0, 0, 1, 1, 1, 1, 1},
          {1, 1, 0, 0, 1, 1, 1},
          {0, 0, 0, 1, 0, 0, 0},
          {1, 1, 1, 1, 1, 1, 1}
        });
  }

  @ParameterizedTest
  @MethodSource("modes")
  void equalsTheEquationsWithMasks(Mode mode) {
    MultiLayerNetwork network = Networks.network(INPUTS, mode.builder().build());
    PlainRecurrence plain = mode.layer().plain(network.getLayer(0));
    INDArray x = Networks.random(5, 5, INPUTS, 7);
    INDArray actual = network.output(x, false, mask(), null);
    // Without a mask, the graph with a mask goes on to serve.
    assertClose(plain.output(x, null, null), network.output(x), "no mask after a mask");
    assertClose(plain.output(x, mask(), null), actual, "masked");
    // What stands at a masked step does not matter.
    INDArray noise = Networks.random(6, 5, INPUTS, 7).muli(100);
    INDArray masked = mask().reshape(5, 1, 7);
    INDArray other = x.mul(masked).addi(noise.mul(masked.rsub(1.0)));
    assertClose(actual, network.output(other, false, mask(), null), "noise under the mask");
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void beginsWithAGivenState(OwnLayer layer) {
    for (boolean returnSequences : new boolean[] {true, false}) {
      Mode mode = new Mode(layer, Direction.FORWARD, returnSequences);
      MultiLayerNetwork network = Networks.network(INPUTS, mode.builder().build());
      PlainRecurrence plain = layer.plain(network.getLayer(0));
      INDArray x = Networks.random(8, 5, INPUTS, 7);
      INDArray state = Networks.random(9, 5, HIDDEN);
      network.rnnSetPreviousState(0, java.util.Map.of("prevAct", state));
      assertClose(plain.output(x, null, state), network.rnnTimeStep(x), "with a state");
    }
  }

  @ParameterizedTest
  @EnumSource(StateCarry.class)
  void eachActivationHasItsPlace(StateCarry carry) {
    Rrnn layer =
        new Rrnn.Builder()
            .nOut(HIDDEN)
            .stateCarry(carry)
            .activation(Activation.SIGMOID)
            .gateActivation(Activation.TANH)
            .outputActivation(Activation.IDENTITY)
            .build();
    MultiLayerNetwork network = Networks.network(INPUTS, layer);
    PlainRrnn plain = new PlainRrnn(conf(network), network.getLayer(0).paramTable());
    INDArray x = Networks.random(3, 2, INPUTS, 5);
    assertClose(plain.output(x, null, null), network.output(x), "activations");
  }

  /** The output activation f of z, against Deeplearning4j's f of the output without one. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RRELU", "THRESHOLDEDRELU", "MISH"})
  void activationsAreThoseOfDeeplearning4j(Activation f) {
    MultiLayerNetwork identity = Networks.network(INPUTS, withOutput(Activation.IDENTITY));
    MultiLayerNetwork network = Networks.network(INPUTS, withOutput(f));
    INDArray x = Networks.random(3, 5, INPUTS, 1).muli(3);
    INDArray z = identity.output(x).reshape(5, HIDDEN).mul(3);
    network.getLayer(0).getParam("OW").muli(3);
    network.getLayer(0).getParam("bo").muli(3);
    INDArray expected = f.getActivationFunction().getActivation(z.dup(), false);
    INDArray actual = network.output(x).reshape(5, HIDDEN);
    // ND4J's own kernels differ in the last digits of a float here and there.
    assertEquals(0.0, expected.sub(actual).amaxNumber().doubleValue(), 1e-6, f.name());
    assertEquals(true, z.minNumber().doubleValue() < -0.5 && z.maxNumber().doubleValue() > 0.5);
  }

  private static Rrnn withOutput(Activation output) {
    return new Rrnn.Builder().nOut(HIDDEN).outputActivation(output).build();
  }
}
