package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** How the weights begin that carry the state. */
class StateStartTest {

  private static final int HIDDEN = 5;

  private static MultiLayerNetwork network(Rrnn.Builder builder) {
    return Networks.network(new Sgd(0.1), 3, builder.nOut(HIDDEN).build());
  }

  private static INDArray block(Layer layer, String key, int index) {
    return layer.getParam(key).get(all(), interval(index * HIDDEN, (index + 1) * HIDDEN));
  }

  private static void assertClose(INDArray expected, INDArray actual, String what) {
    assertEquals(0, Attached.difference(expected, actual), 1e-9, what);
  }

  /** The share of its state that each unit keeps, for the default scale of 400 steps. */
  private static double kept(int unit) {
    return 1 - 1 / Math.exp(Math.log(400) * (unit + 0.5) / HIDDEN);
  }

  private static INDArray inputFactors() {
    double[] factors = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      factors[j] = Math.sqrt(1 - kept(j) * kept(j));
    }
    return Nd4j.createFromArray(new double[][] {factors});
  }

  private static void assertTimeScales(INDArray weights) {
    double beside = 0;
    for (int i = 0; i < HIDDEN; i++) {
      for (int j = 0; j < HIDDEN; j++) {
        if (i == j) {
          assertEquals(kept(j), weights.getDouble(j, j), 1e-9, "unit " + j);
        } else {
          beside = Math.max(beside, Math.abs(weights.getDouble(i, j)));
        }
      }
    }
    assertTrue(beside > 1e-4 && beside < 0.02, "beside the diagonal: " + beside);
  }

  private static INDArray identity() {
    return Nd4j.eye(HIDDEN).castTo(DataType.DOUBLE);
  }

  @ParameterizedTest
  @EnumSource(StateCarry.class)
  void onlyTheWeightsThatCarryTheStateAreOther(StateCarry carry) {
    int carried = carry == StateCarry.MAIN ? 0 : 2;
    Layer plain = network(new Rrnn.Builder().stateCarry(carry)).getLayer(0);
    for (StateStart start : StateStart.values()) {
      boolean scaled = start == StateStart.SCALED_IDENTITY;
      Layer layer =
          network(
                  new Rrnn.Builder()
                      .stateCarry(carry)
                      .stateStart(start)
                      .stateScale(scaled ? 0.25 : 0))
              .getLayer(0);
      for (int i = 0; i < 3; i++) {
        if (i != carried) {
          assertClose(block(plain, "RW", i), block(layer, "RW", i), start + ", block " + i);
        }
      }
      for (String key : new String[] {"OW", "b", "bo"}) {
        assertClose(plain.getParam(key), layer.getParam(key), start + ", " + key);
      }
      boolean timeScales = start == StateStart.TIME_SCALES;
      for (int i = 0; i < 3; i++) {
        INDArray input = block(plain, "W", i);
        assertClose(
            timeScales && i == carried ? input.mulRowVector(inputFactors()) : input,
            block(layer, "W", i),
            start + ", W, block " + i);
      }
      INDArray weights = block(layer, "RW", carried);
      boolean orthogonal = start == StateStart.ORTHOGONAL;
      if (timeScales) {
        assertTimeScales(weights);
      } else if (orthogonal) {
        assertEquals(
            0,
            Attached.difference(identity(), weights.transpose().mmul(weights)),
            1e-6,
            "" + start);
        assertTrue(Attached.difference(identity(), weights) > 0.1, "it is no identity");
      } else {
        assertClose(identity().mul(scaled ? 0.25 : 1), weights, "" + start);
      }
      boolean gateIsOpen = carry == StateCarry.MAIN || orthogonal;
      INDArray gate = gateIsOpen ? plain.getParam("GW") : identity().mul(0);
      assertClose(gate, layer.getParam("GW"), start + ", W_rh");
    }
  }

  @Test
  void bothDirectionsBeginSo() {
    Layer layer =
        network(
                new Rrnn.Builder()
                    .stateCarry(StateCarry.UPDATED)
                    .direction(Direction.BOTH)
                    .stateStart(StateStart.IDENTITY))
            .getLayer(0);
    for (String prefix : new String[] {"f", "b"}) {
      assertClose(identity(), block(layer, prefix + "RW", 2), prefix);
      assertClose(identity().mul(0), layer.getParam(prefix + "GW"), prefix);
    }
  }

  /** With RELU and without input, the identity keeps a state, and half of it halves a state. */
  @ParameterizedTest
  @EnumSource(StateCarry.class)
  void theStateIsKeptAtFirst(StateCarry carry) {
    for (double scale : new double[] {1, 0.5}) {
      Rrnn.Builder builder = new Rrnn.Builder().stateCarry(carry).activation(Activation.RELU);
      MultiLayerNetwork network =
          network(
              scale == 1
                  ? builder.stateStart(StateStart.IDENTITY)
                  : builder.stateStart(StateStart.SCALED_IDENTITY).stateScale(scale));
      INDArray state = Networks.random(1, 2, HIDDEN).addi(1.5);
      network.rnnSetPreviousState(0, Map.of("prevAct", state));
      network.rnnTimeStep(Nd4j.zeros(DataType.DOUBLE, 2, 3, 20));
      INDArray after = network.rnnGetPreviousState(0).get("prevAct");
      assertClose(state.mul(Math.pow(scale, 20)), after, "after 20 steps");
    }
  }

  /** Whatever the other recurrent weights begin with. */
  @Test
  void standsBesideTheInitialisationOfRecurrentWeights() {
    Layer layer =
        network(
                new Rrnn.Builder()
                    .recurrentWeightInit(WeightInit.ZERO)
                    .stateStart(StateStart.IDENTITY))
            .getLayer(0);
    assertClose(identity(), block(layer, "RW", 0), "W_hh");
    assertClose(identity().mul(0), block(layer, "RW", 1), "W_rr");
  }

  @Test
  void jsonKeepsIt() {
    Rrnn rrnn =
        new Rrnn.Builder().nOut(2).stateStart(StateStart.SCALED_IDENTITY).stateScale(0.5).build();
    MultiLayerConfiguration conf = Networks.network(2, rrnn).getLayerWiseConfigurations();
    String json = conf.toJson();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(json);
    assertEquals(conf, read);
    Rrnn layer = (Rrnn) read.getConf(0).getLayer();
    assertEquals(StateStart.SCALED_IDENTITY, layer.getStateStart());
    assertEquals(0.5, layer.getStateScale());
    Rrnn other = new Rrnn.Builder().nOut(2).stateStart(StateStart.IDENTITY).build();
    assertFalse(rrnn.equals(other), "equal in spite of another start");
  }

  /** A SimpleRnn begins as the main recurrence of an RRNN does. */
  @Test
  void aSimpleRnnBeginsSo() {
    Layer layer =
        Networks.network(
                new Sgd(0.1),
                3,
                new SimpleRnn.Builder()
                    .nOut(HIDDEN)
                    .weightInit(StateInit.input(StateStart.TIME_SCALES, 0))
                    .weightInitRecurrent(StateInit.recurrent(StateStart.TIME_SCALES, 0))
                    .build())
            .getLayer(0);
    assertTimeScales(layer.getParam("RW"));
    Layer plain =
        Networks.network(new Sgd(0.1), 3, new SimpleRnn.Builder().nOut(HIDDEN).build()).getLayer(0);
    assertClose(plain.getParam("W").mulRowVector(inputFactors()), layer.getParam("W"), "W");
    Layer identity =
        Networks.network(
                new Sgd(0.1),
                3,
                new SimpleRnn.Builder()
                    .nOut(HIDDEN)
                    .weightInit(StateInit.input(StateStart.IDENTITY, 0))
                    .weightInitRecurrent(StateInit.recurrent(StateStart.IDENTITY, 0))
                    .build())
            .getLayer(0);
    assertClose(identity(), identity.getParam("RW"), "W_hh");
    assertClose(plain.getParam("W"), identity.getParam("W"), "W_xh");
  }

  @Test
  void jsonKeepsTheStartOfASimpleRnn() {
    MultiLayerConfiguration conf =
        Networks.network(
                2,
                new SimpleRnn.Builder()
                    .nOut(2)
                    .weightInit(StateInit.input(StateStart.TIME_SCALES, 30))
                    .weightInitRecurrent(StateInit.recurrent(StateStart.TIME_SCALES, 30))
                    .build())
            .getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(conf.toJson());
    assertEquals(conf, read);
    SimpleRnn layer = (SimpleRnn) read.getConf(0).getLayer();
    assertEquals(StateInit.recurrent(StateStart.TIME_SCALES, 30), layer.getWeightInitFnRecurrent());
    assertEquals(StateInit.input(StateStart.TIME_SCALES, 30), layer.getWeightInitFn());
    assertFalse(
        StateInit.input(StateStart.TIME_SCALES, 20).equals(layer.getWeightInitFn()),
        "equal in spite of another scale");
  }

  @Test
  void timeScalesHaveADefault() {
    assertEquals(
        400, new Rrnn.Builder().nOut(2).stateStart(StateStart.TIME_SCALES).build().getStateScale());
    assertEquals(
        30,
        new Rrnn.Builder()
            .nOut(2)
            .stateStart(StateStart.TIME_SCALES)
            .stateScale(30)
            .build()
            .getStateScale());
    refused(new Rrnn.Builder().stateStart(StateStart.TIME_SCALES).stateScale(1));
    assertThrows(
        IllegalArgumentException.class, () -> StateInit.input(StateStart.SCALED_IDENTITY, 0));
  }

  @Test
  void theScaleIsForTheScaledIdentity() {
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused(new Rrnn.Builder().stateStart(StateStart.SCALED_IDENTITY).stateScale(scale));
    }
    refused(new Rrnn.Builder().stateStart(StateStart.IDENTITY).stateScale(0.5));
    refused(new Rrnn.Builder().stateScale(0.5));
  }

  private static void refused(Rrnn.Builder builder) {
    Exception e = assertThrows(DL4JInvalidConfigException.class, () -> builder.nOut(2).build());
    assertTrue(e.getMessage().contains("stateStart"), e.getMessage());
  }
}
