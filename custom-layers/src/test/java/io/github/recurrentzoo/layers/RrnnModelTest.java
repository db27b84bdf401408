package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Parameters, saving, copying and transfer: what a user does with a model. */
class RrnnModelTest {

  private static final List<String> KEYS = List.of("W", "RW", "GW", "OW", "b", "bo");

  @TempDir Path folder;

  private static RnnOutputLayer output(int size) {
    return new RnnOutputLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .nOut(size)
        .build();
  }

  /** Every option of the layer differs from its default, so that a lost one is seen. */
  private static Rrnn unusual() {
    return new Rrnn.Builder()
        .name("unusual")
        .nOut(3)
        .stateCarry(StateCarry.UPDATED)
        .direction(Direction.BOTH)
        .activation(Activation.SOFTSIGN)
        .gateActivation(Activation.HARDSIGMOID)
        .outputActivation(Activation.TANH)
        .recurrentWeightInit(WeightInit.XAVIER_UNIFORM)
        .weightInit(WeightInit.RELU)
        .biasInit(0.1)
        .checked(true)
        .l1(1e-3)
        .weightDecay(1e-2)
        .updater(new Adam(3e-3))
        .dropOut(0.9)
        .build();
  }

  private static MultiLayerNetwork network() {
    return Networks.network(new Adam(0.01), 2, new Rrnn.Builder().nOut(3).build(), output(1));
  }

  private static DataSet data(long seed) {
    return new DataSet(Networks.random(seed, 4, 2, 5), Networks.random(seed + 1, 4, 1, 5));
  }

  private static void train(MultiLayerNetwork network, int from, int to) {
    for (int i = from; i < to; i++) {
      network.fit(data(i));
    }
  }

  @Test
  void parametersByName() {
    MultiLayerNetwork network = network();
    Layer layer = network.getLayer(0);
    Map<String, INDArray> table = layer.paramTable();
    assertEquals(KEYS, List.copyOf(table.keySet()));
    assertArrayEquals(new long[] {2, 9}, table.get("W").shape());
    assertArrayEquals(new long[] {3, 9}, table.get("RW").shape());
    assertArrayEquals(new long[] {3, 3}, table.get("GW").shape());
    assertArrayEquals(new long[] {6, 3}, table.get("OW").shape());
    assertArrayEquals(new long[] {1, 9}, table.get("b").shape());
    assertArrayEquals(new long[] {1, 3}, table.get("bo").shape());
    assertEquals(2 * 9 + 3 * 9 + 9 + 18 + 9 + 3, layer.numParams());

    INDArray x = Networks.random(1, 2, 2, 4);
    INDArray before = network.output(x);
    for (String key : KEYS) {
      INDArray value = Networks.random(key.hashCode(), table.get(key).shape());
      network.setParam("0_" + key, value);
      assertEquals(value, layer.getParam(key));
      assertEquals(value, network.getParam("0_" + key));
      INDArray after = network.output(x);
      assertNotEquals(before, after, key + " has no effect");
      before = after;
    }
    // The flat array is the same memory, each parameter in 'c' order.
    assertEquals(
        layer.getParam("W").getDouble(0, 1), network.params().reshape(-1).getDouble(1), 0.0);
    network.params().muli(0);
    assertEquals(0.0, layer.getParam("OW").amaxNumber().doubleValue(), 0.0);
    assertThrows(
        IllegalArgumentException.class,
        () -> layer.setParam("W", Nd4j.zeros(layer.getParam("W").dataType(), 9, 2)));
    assertThrows(IllegalArgumentException.class, () -> layer.setParam("w", Nd4j.zeros(2, 9)));
  }

  @Test
  void parametersOfBothDirections() {
    MultiLayerNetwork network =
        Networks.network(2, new Rrnn.Builder().nOut(3).direction(Direction.BOTH).build());
    assertEquals(
        List.of("fW", "fRW", "fGW", "fOW", "bW", "bRW", "bGW", "bOW", "fb", "fbo", "bb", "bbo"),
        List.copyOf(network.getLayer(0).paramTable().keySet()));
  }

  @Test
  void savedWithUpdaterStateTrainingGoesOnIdentically() throws Exception {
    MultiLayerNetwork network = network();
    train(network, 0, 5);
    File file = folder.resolve("model.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);
    assertEquals(network.params(), restored.params());
    train(network, 5, 10);
    train(restored, 5, 10);
    assertEquals(network.params(), restored.params());
    assertEquals(
        network.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
  }

  @Test
  void opensInAFreshVirtualMachine() throws Exception {
    MultiLayerNetwork network =
        Networks.network(new Sgd(0.1), 2, unusual(), new Rrnn.Builder().nOut(2).build());
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshVirtualMachine.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(log));
    INDArray expected = network.output(FreshVirtualMachine.input());
    List<String> lines = Files.readAllLines(log);
    assertEquals(
        Double.toHexString(expected.sumNumber().doubleValue()), lines.get(lines.size() - 1));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Restores a model and prints the sum of its output. */
  static final class FreshVirtualMachine {

    private FreshVirtualMachine() {}

    static INDArray input() {
      return Networks.random(77, 2, 2, 6);
    }

    public static void main(String[] args) throws Exception {
      MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(args[0]), true);
      System.out.println(Double.toHexString(network.output(input()).sumNumber().doubleValue()));
    }
  }

  @Test
  void jsonAndYamlKeepEveryOption() {
    MultiLayerConfiguration conf =
        Networks.network(new Sgd(0.1), 2, unusual(), output(1)).getLayerWiseConfigurations();
    MultiLayerConfiguration fromJson = MultiLayerConfiguration.fromJson(conf.toJson());
    MultiLayerConfiguration fromYaml = MultiLayerConfiguration.fromYaml(conf.toYaml());
    assertEquals(conf, fromJson);
    assertEquals(conf, fromYaml);
    for (MultiLayerConfiguration read : List.of(fromJson, fromYaml)) {
      Rrnn layer = (Rrnn) read.getConf(0).getLayer();
      assertEquals("unusual", layer.getLayerName());
      assertEquals(2, layer.getNIn());
      assertEquals(3, layer.getNOut());
      assertEquals(StateCarry.UPDATED, layer.getStateCarry());
      assertEquals(Direction.BOTH, layer.getDirection());
      assertEquals(Activation.SOFTSIGN, layer.getActivation());
      assertEquals(Activation.HARDSIGMOID, layer.getGateActivation());
      assertEquals(Activation.TANH, layer.getOutputActivation());
      assertEquals(
          WeightInit.XAVIER_UNIFORM.getWeightInitFunction(), layer.getRecurrentWeightInit());
      assertEquals(WeightInit.RELU.getWeightInitFunction(), layer.getWeightInitFn());
      assertEquals(0.1, layer.getBiasInit());
      assertTrue(layer.isChecked());
      assertEquals(2, layer.getRegularization().size());
      assertEquals(new Adam(3e-3), layer.getIUpdater());
      assertEquals(unusual().getIDropout(), layer.getIDropout());
    }
    Rrnn other = new Rrnn.Builder().nOut(3).build();
    assertNotEquals(unusual(), other);
  }

  /** Of when the layer was a SameDiffLayer, with defaults and with all options. */
  @Test
  void jsonOfTheFirstVersionIsRead() throws Exception {
    String json;
    try (InputStream file = RrnnModelTest.class.getResourceAsStream("rrnn-0.1.json")) {
      json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    MultiLayerConfiguration conf = MultiLayerConfiguration.fromJson(json);
    assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
    Rrnn unusual = (Rrnn) conf.getConf(1).getLayer();
    assertEquals(StateCarry.UPDATED, unusual.getStateCarry());
    assertEquals(KernelMode.REFERENCE, unusual.getKernel());
  }

  /** The model of that configuration answers as it did. */
  @Test
  void aModelOfTheFirstVersionIsRead() throws Exception {
    MultiLayerNetwork network;
    try (InputStream file = RrnnModelTest.class.getResourceAsStream("rrnn-0.1.zip")) {
      network = ModelSerializer.restoreMultiLayerNetwork(file, true);
    }
    INDArray x = Nd4j.linspace(-1, 1, 20).reshape(2, 2, 5).castTo(DataType.FLOAT);
    assertArrayEquals(
        new float[] {-0.27628994f, 0.10723805f, -0.2302389f, 0.07773485f},
        network.output(x).getRow(0).toFloatVector(),
        1e-6f);
  }

  @Test
  void clonesAreIndependent() {
    MultiLayerNetwork network = network();
    train(network, 0, 3);
    MultiLayerNetwork clone = network.clone();
    assertEquals(network.params(), clone.params());
    train(clone, 3, 6);
    INDArray x = Networks.random(1, 2, 2, 4);
    assertNotEquals(network.output(x), clone.output(x));
    train(network, 3, 6);
    assertEquals(network.params(), clone.params());
  }

  @Tag("learning")
  @Test
  void transferWithFrozenLayersAndAnotherHead() {
    MultiLayerNetwork network =
        Networks.network(
            new Adam(0.01),
            2,
            new Rrnn.Builder().nOut(3).build(),
            new Rrnn.Builder().nOut(4).stateCarry(StateCarry.UPDATED).build(),
            output(1));
    train(network, 0, 3);
    MultiLayerNetwork transferred =
        new TransferLearning.Builder(network)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).seed(1).build())
            .setFeatureExtractor(0)
            .removeOutputLayer()
            .addLayer(
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .dataFormat(RNNFormat.NCW)
                    .nIn(4)
                    .nOut(2)
                    .build())
            .build();
    Rrnn second = (Rrnn) transferred.getLayer(1).conf().getLayer();
    assertEquals(new Sgd(0.1), second.getIUpdater());
    INDArray frozen = transferred.getLayer(0).params().dup();
    INDArray trained = transferred.getLayer(1).params().dup();
    assertEquals(network.getLayer(0).params(), frozen);
    assertEquals(network.getLayer(1).params(), trained);
    INDArray x = Networks.random(1, 4, 2, 5);
    INDArray y = Networks.random(2, 4, 2, 5);
    double before = transferred.score(new DataSet(x, y));
    for (int i = 0; i < 20; i++) {
      transferred.fit(x, y);
    }
    assertEquals(frozen, transferred.getLayer(0).params());
    assertNotEquals(trained, transferred.getLayer(1).params());
    double after = transferred.score(new DataSet(x, y));
    assertTrue(after < 0.95 * before, "loss " + after + " after " + before);
  }
}
