package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What {@link Gru} has of its own; what all layers of ours share is tested over OwnLayer. */
class GruTest {

  private static final List<String> KEYS = List.of("W", "RW", "b", "rb");

  @TempDir Path folder;

  private static Gru unusual() {
    return new Gru.Builder()
        .name("unusual")
        .nOut(3)
        .direction(Direction.BOTH)
        .returnSequences(false)
        .activation(Activation.SOFTSIGN)
        .gateActivation(Activation.HARDSIGMOID)
        .recurrentWeightInit(WeightInit.XAVIER_UNIFORM)
        .biasInit(0.1)
        .checked(true)
        .kernel(KernelMode.REFERENCE)
        .build();
  }

  private static MultiLayerNetwork network(Gru gru) {
    return Networks.network(
        new Adam(0.01),
        2,
        gru,
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nOut(1)
            .build());
  }

  @Test
  void eachActivationHasItsPlace() {
    Gru layer =
        new Gru.Builder()
            .nOut(4)
            .activation(Activation.SIGMOID)
            .gateActivation(Activation.TANH)
            .build();
    MultiLayerNetwork network = Networks.network(3, layer);
    INDArray x = Networks.random(3, 2, 3, 5);
    INDArray expected = OwnLayer.GRU.plain(network.getLayer(0)).output(x, null, null);
    assertEquals(0, Attached.difference(expected, network.output(x)), 1e-10);
  }

  /**
   * One unit with known weights and two steps, computed by hand:
   *
   * <pre>
   * x = 1:  r = s(0.2), z = s(0.3), n = tanh(0.4 + 0.05 + r 0.06), h = (1 - z) n
   * x = -1: r = s(-0.2 + 0.5 h), z = s(-0.3 + 0.6 h), n = tanh(-0.4 + 0.05 + r (0.7 h + 0.06)),
   *         h' = (1 - z) n + z h
   * </pre>
   */
  @Test
  void oneUnitByHand() {
    MultiLayerNetwork network = Networks.network(1, new Gru.Builder().nOut(1).build());
    Layer layer = network.getLayer(0);
    layer.getParam("W").assign(row(0.2, 0.3, 0.4));
    layer.getParam("RW").assign(row(0.5, 0.6, 0.7));
    layer.getParam("b").assign(row(0, 0, 0.05));
    layer.getParam("rb").assign(0.06);
    double first = (1 - s(0.3)) * Math.tanh(0.45 + s(0.2) * 0.06);
    double z = s(-0.3 + 0.6 * first);
    double n = Math.tanh(-0.35 + s(-0.2 + 0.5 * first) * (0.7 * first + 0.06));
    INDArray x = row(1, -1).reshape(1, 1, 2);
    assertArrayEquals(
        new double[] {first, (1 - z) * n + z * first},
        network.output(x).reshape(2).toDoubleVector(),
        1e-12);
  }

  private static double s(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static INDArray row(double... values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }

  @Test
  void parametersByName() {
    MultiLayerNetwork network = network(new Gru.Builder().nOut(3).build());
    Map<String, INDArray> table = network.getLayer(0).paramTable();
    assertEquals(KEYS, List.copyOf(table.keySet()));
    assertArrayEquals(new long[] {2, 9}, table.get("W").shape());
    assertArrayEquals(new long[] {3, 9}, table.get("RW").shape());
    assertArrayEquals(new long[] {1, 9}, table.get("b").shape());
    assertArrayEquals(new long[] {1, 3}, table.get("rb").shape());
    INDArray x = Networks.random(1, 2, 2, 4);
    INDArray before = network.output(x);
    for (String key : KEYS) {
      network.setParam("0_" + key, Networks.random(key.hashCode(), table.get(key).shape()));
      INDArray after = network.output(x);
      assertNotEquals(before, after, key + " has no effect");
      before = after;
    }
    assertEquals(
        List.of("fW", "fRW", "bW", "bRW", "fb", "frb", "bb", "brb"),
        List.copyOf(
            Networks.network(2, new Gru.Builder().nOut(3).direction(Direction.BOTH).build())
                .getLayer(0)
                .paramTable()
                .keySet()));
  }

  @Test
  void jsonKeepsEveryOption() {
    MultiLayerConfiguration conf =
        Networks.network(2, new Gru.Builder().nOut(2).build(), unusual())
            .getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(conf.toJson());
    assertEquals(conf, read);
    Gru layer = (Gru) read.getConf(1).getLayer();
    assertEquals("unusual", layer.getLayerName());
    assertEquals(2, layer.getNIn());
    assertEquals(3, layer.getNOut());
    assertEquals(Direction.BOTH, layer.getDirection());
    assertEquals(Activation.SOFTSIGN, layer.getActivation());
    assertEquals(Activation.HARDSIGMOID, layer.getGateActivation());
    assertEquals(WeightInit.XAVIER_UNIFORM.getWeightInitFunction(), layer.getRecurrentWeightInit());
    assertEquals(0.1, layer.getBiasInit());
    assertTrue(layer.isChecked());
    assertEquals(KernelMode.REFERENCE, layer.getKernel());
    assertNotEquals(unusual(), new Gru.Builder().nOut(3).build());
    assertNotEquals(
        new Gru.Builder().nOut(3).build(),
        new Gru.Builder().nOut(3).gateActivation(Activation.HARDSIGMOID).build());
  }

  @Test
  void savedWithUpdaterStateTrainingGoesOnIdentically() throws Exception {
    MultiLayerNetwork network = network(new Gru.Builder().nOut(3).build());
    fit(network, 0, 5);
    File file = folder.resolve("model.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);
    assertEquals(network.params(), restored.params());
    fit(network, 5, 10);
    fit(restored, 5, 10);
    assertEquals(network.params(), restored.params());
  }

  private static void fit(MultiLayerNetwork network, int from, int to) {
    for (int i = from; i < to; i++) {
      network.fit(Networks.random(i, 4, 2, 5), Networks.random(i + 1, 4, 1, 5));
    }
  }

  @Test
  void messagesNameTheLayer() {
    Exception size =
        assertThrows(DL4JInvalidConfigException.class, () -> new Gru.Builder().build());
    assertTrue(size.getMessage().startsWith("Gru: nOut = 0"), size.getMessage());
    Exception activation =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Gru.Builder().nOut(2).gateActivation(Activation.RRELU).build());
    assertTrue(
        activation.getMessage().startsWith("Gru: gateActivation RRELU"), activation.getMessage());
    MultiLayerNetwork network = network(new Gru.Builder().nOut(3).build());
    Exception input =
        assertThrows(RuntimeException.class, () -> network.output(Networks.random(1, 4, 5, 2)));
    assertTrue(input.getMessage().startsWith("Gru "), input.getMessage());
  }
}
