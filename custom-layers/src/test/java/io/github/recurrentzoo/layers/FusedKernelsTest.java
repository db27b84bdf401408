package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.AttachReport.Entry;
import io.github.recurrentzoo.layers.AttachReport.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What attach does to a network, and what it says about it. */
@SuppressWarnings("deprecation") // GravesLSTM is
class FusedKernelsTest {

  private static MultiLayerNetwork network() {
    return Attached.network(
        Attached.lstm().build(), Attached.simpleRnn().build(), Attached.sequenceOutput());
  }

  // ---- the report

  @Test
  void reportOfEverything() {
    MultiLayerNetwork network =
        Attached.network(
            Attached.lstm().name("memory").build(),
            new Bidirectional(Attached.simpleRnn().build()),
            new MaskZeroLayer(Attached.lstm().build(), 0),
            new Rrnn.Builder().nOut(3).build(),
            new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build(),
            new FrozenLayer(new LastTimeStep(Attached.lstm().build())),
            new DenseLayer.Builder().nOut(4).build(),
            Attached.output());
    AttachReport report = FusedKernels.attach(network);
    assertEquals(
        List.of(
            "memory LSTM ATTACHED",
            "layer1 Bidirectional(SimpleRnn) ATTACHED",
            "layer2 MaskZero(LSTM) ATTACHED",
            "layer3 Rrnn OWN_KERNEL",
            "layer4 GravesLSTM LEFT_ALONE",
            "layer5 Frozen(LastTimeStep(LSTM)) ATTACHED",
            "(updater) Adam ATTACHED"),
        report.entries().stream()
            .map(e -> e.layer() + " " + e.kind() + " " + e.outcome().name())
            .toList());
    assertFalse(report.isComplete());
    assertTrue(report.entry("memory").reason().contains("fused kernel"));
    assertTrue(report.entry("layer4").reason().contains("peepholes"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> report.entry("nobody"))
            .getMessage()
            .contains("memory"));
    List<String> lines = report.toString().lines().toList();
    assertEquals(1 + 7 + 1, lines.size(), report::toString);
    assertEquals("6 of 7 run on kernels.", lines.get(8));
    assertEquals(
        lines.get(0).indexOf("outcome"), lines.get(1).indexOf("kernel attached"), "columns");
  }

  @Test
  void reportOfNothing() {
    AttachReport none =
        FusedKernels.attach(
            Attached.network(new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).build()),
            KernelMode.OFF);
    assertTrue(none.entries().isEmpty());
    assertTrue(none.isComplete());
    assertTrue(none.toString().contains("nothing that kernels serve"), none::toString);
  }

  private static void assertLeft(
      Supplier<org.deeplearning4j.nn.conf.layers.Layer> layer, String... parts) {
    MultiLayerNetwork network = Attached.network(layer.get(), Attached.sequenceOutput());
    Layer before = network.getLayer(0);
    Entry entry = FusedKernels.attach(network).entries().get(0);
    assertEquals(Outcome.LEFT_ALONE, entry.outcome());
    for (String part : parts) {
      assertTrue(entry.reason().contains(part), entry.reason());
    }
    assertSame(before, network.getLayer(0));
    MultiLayerNetwork asked = Attached.network(layer.get(), Attached.sequenceOutput());
    String message =
        assertThrows(
                UnsupportedOperationException.class,
                () -> FusedKernels.attach(asked, KernelMode.FUSED))
            .getMessage();
    assertTrue(message.contains("layer0") && message.contains(entry.reason()), message);
  }

  @Test
  void whatKernelsCannotComputeIsLeftAlone() {
    assertLeft(() -> Attached.simpleRnn().hasLayerNorm(true).build(), "layer norm");
    assertLeft(() -> Attached.lstm().weightNoise(new DropConnect(0.5)).build(), "weight noise");
    assertLeft(() -> Attached.simpleRnn().weightNoise(new DropConnect(0.5)).build(), "DropConnect");
    assertLeft(() -> Attached.lstm().activation(Activation.CUBE).build(), "activation", "cube");
    assertLeft(
        () -> Attached.lstm().gateActivationFunction(Activation.SOFTMAX).build(),
        "gate activation",
        "softmax");
    assertLeft(
        () -> new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build(), "peepholes");
    assertLeft(
        () ->
            new Bidirectional(new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build()),
        "peepholes");
  }

  @Test
  void whatFusedCannotServeLeavesAllAsItWas() {
    MultiLayerNetwork network =
        Attached.network(
            Attached.lstm().build(),
            new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build(),
            Attached.sequenceOutput());
    assertThrows(
        UnsupportedOperationException.class, () -> FusedKernels.attach(network, KernelMode.FUSED));
    assertSame(LSTM.class, network.getLayer(0).getClass());
  }

  @Test
  void dataType() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Attached.list(DataType.DOUBLE, Attached.lstm().build(), Attached.sequenceOutput())
                .build());
    assertTrue(FusedKernels.attach(network).entries().get(0).reason().contains("DOUBLE"));
    assertThrows(
        UnsupportedOperationException.class, () -> FusedKernels.attach(network, KernelMode.FUSED));
    assertTrue(FusedKernels.attach(network, KernelMode.REFERENCE).isComplete());
  }

  // ---- modes

  @Test
  void off() {
    MultiLayerNetwork network = network();
    AttachReport report = FusedKernels.attach(network, KernelMode.OFF);
    assertTrue(report.entries().stream().allMatch(e -> e.reason().equals("kernels are off")));
    assertSame(LSTM.class, network.getLayer(0).getClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "OFF", "fused"})
  void systemProperty(String mode) {
    System.setProperty(KernelMode.PROPERTY, mode);
    try {
      Entry entry = FusedKernels.attach(network()).entries().get(0);
      String expected = mode.equals("OFF") ? "kernels are off" : mode + " kernel";
      assertTrue(entry.reason().contains(expected), entry.reason());
      Entry rrnn =
          FusedKernels.attach(Attached.network(new Rrnn.Builder().nOut(3).build()))
              .entries()
              .get(0);
      assertTrue(rrnn.reason().contains(expected), rrnn.reason());
      Entry byCode = FusedKernels.attach(network(), KernelMode.REFERENCE).entries().get(0);
      assertTrue(byCode.reason().contains("reference kernel"), "code is stronger");
    } finally {
      System.clearProperty(KernelMode.PROPERTY);
    }
  }

  @Test
  void attachedTwice() {
    for (boolean bidirectional : new boolean[] {false, true}) {
      MultiLayerNetwork network =
          Attached.network(
              bidirectional ? new Bidirectional(Attached.lstm().build()) : Attached.lstm().build(),
              new LastTimeStep(Attached.simpleRnn().build()),
              Attached.output());
      FusedKernels.attach(network);
      Layer[] once = network.getLayers().clone();
      AttachReport again = FusedKernels.attach(network, KernelMode.REFERENCE);
      for (int i = 0; i < once.length; i++) {
        assertSame(once[i], network.getLayer(i));
      }
      for (Entry entry : again.entries()) {
        assertEquals(Outcome.ALREADY_ATTACHED, entry.outcome());
        assertTrue(entry.reason().contains("fused kernel"), entry.reason());
      }
      assertTrue(again.isComplete());
      assertEquals("LastTimeStep(SimpleRnn)", again.entries().get(1).kind());
    }
  }

  @Test
  void notInitialised() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Attached.list(DataType.FLOAT, Attached.lstm().build(), Attached.sequenceOutput())
                .build());
    assertTrue(FusedKernels.attach(network).isComplete());
    Layer attached = network.getLayer(0);
    network.init();
    assertSame(attached, network.getLayer(0));
  }

  // ---- what stays

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void outputInBothFormats(RNNFormat format) {
    boolean nwc = format == RNNFormat.NWC;
    Supplier<MultiLayerNetwork> maker =
        () -> {
          MultiLayerNetwork network =
              new MultiLayerNetwork(
                  Attached.list(
                          DataType.FLOAT,
                          Attached.lstm().dataFormat(format).build(),
                          new Bidirectional(Attached.simpleRnn().dataFormat(format).build()),
                          new LastTimeStep(Attached.lstm().dataFormat(format).build()),
                          Attached.output())
                      .setInputType(InputType.recurrent(Attached.INPUTS, format))
                      .build());
          network.init();
          return network;
        };
    MultiLayerNetwork plain = maker.get();
    MultiLayerNetwork fused = maker.get();
    assertTrue(FusedKernels.attach(fused).isComplete());
    for (int seed = 0; seed < 3; seed++) {
      var data = Attached.data(seed, false, Attached.mask());
      INDArray x = nwc ? data.getFeatures().permute(0, 2, 1).dup('c') : data.getFeatures();
      assertEquals(
          0, Attached.difference(plain.output(x), fused.output(x)), 1e-5, "before training");
      data.setFeatures(x);
      plain.fit(data);
      fused.fit(data);
      assertEquals(0, Attached.difference(plain.params(), fused.params()), 1e-4);
    }
  }

  /** Deeplearning4j cannot train or clone it, but run it. */
  @Test
  void bidirectionalOverLastTimeStep() {
    Supplier<MultiLayerNetwork> maker = () -> // the network's defaults do not reach the LSTM
        Attached.network(
                new Bidirectional(
                    new LastTimeStep(Attached.lstm().weightInit(WeightInit.XAVIER).build())));
    MultiLayerNetwork plain = maker.get();
    MultiLayerNetwork fused = maker.get();
    AttachReport report = FusedKernels.attach(fused, KernelMode.REFERENCE);
    assertEquals("Bidirectional(LastTimeStep(LSTM))", report.entries().get(0).kind());
    INDArray x = Attached.features(1);
    assertEquals(0, Attached.difference(plain.output(x), fused.output(x)), 1e-5);
    Entry again = FusedKernels.attach(fused, KernelMode.REFERENCE).entries().get(0);
    assertEquals(Outcome.ALREADY_ATTACHED, again.outcome());
  }

  @Test
  void savedFilesArePlain() throws IOException {
    MultiLayerNetwork plain = network();
    MultiLayerNetwork network = network();
    FusedKernels.attach(network);
    assertEquals(
        plain.getLayerWiseConfigurations().toJson(), network.getLayerWiseConfigurations().toJson());
    for (int i = 0; i < 3; i++) {
      network.fit(Attached.data(i, true, null));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()));
    assertSame(LSTM.class, restored.getLayer(0).getClass());
    INDArray x = Attached.features(9);
    assertEquals(0, Attached.difference(network.output(x), restored.output(x)), 1e-5);
    assertEquals(
        network.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
    FusedKernels.attach(restored);
    assertEquals(network.output(x), restored.output(x));
    network.fit(Attached.data(4, true, null));
    restored.fit(Attached.data(4, true, null));
    assertEquals(network.params(), restored.params(), "training goes on where it was");
  }

  @Test
  void clonesArePlain() {
    MultiLayerNetwork network = network();
    FusedKernels.attach(network);
    network.fit(Attached.data(1, true, null));
    MultiLayerNetwork clone = network.clone();
    assertSame(LSTM.class, clone.getLayer(0).getClass());
    assertSame(SimpleRnn.class, clone.getLayer("layer1").getClass());
    INDArray x = Attached.features(9);
    assertEquals(0, Attached.difference(network.output(x), clone.output(x)), 1e-5);
    ComputationGraph graph = Attached.graph(Attached.lstm().build(), Attached.sequenceOutput());
    FusedKernels.attach(graph);
    graph.fit(Attached.data(1, true, null));
    assertSame(LSTM.class, graph.clone().getLayer("a").getClass());
    assertEquals(
        0, Attached.difference(graph.outputSingle(x), graph.clone().outputSingle(x)), 1e-5);
  }

  @Test
  void transferLearning() {
    MultiLayerNetwork network = network();
    FusedKernels.attach(network);
    network.fit(Attached.data(1, true, null));
    MultiLayerNetwork tuned =
        new TransferLearning.Builder(network)
            .setFeatureExtractor(0)
            .nOutReplace(2, 3, WeightInit.XAVIER)
            .build();
    AttachReport report = FusedKernels.attach(tuned);
    assertEquals("Frozen(LSTM)", report.entries().get(0).kind());
    assertTrue(report.isComplete());
    assertEquals(network.getParam("0_RW"), tuned.getParam("0_RW"));
    INDArray before = tuned.getParam("0_RW").dup();
    INDArray second = tuned.getParam("1_RW").dup();
    INDArray labels = Nd4j.rand(DataType.FLOAT, Attached.ROWS, 3, Attached.STEPS);
    tuned.fit(Attached.features(3), labels);
    assertEquals(before, tuned.getParam("0_RW"));
    assertTrue(Attached.difference(second, tuned.getParam("1_RW")) > 1e-4);
  }

  /** Training goes on with the same updater state, counts and listeners. */
  @Test
  void attachedInTheMiddleOfTraining() {
    MultiLayerNetwork plain = network();
    MultiLayerNetwork late = network();
    for (int i = 0; i < 10; i++) {
      if (i == 5) {
        INDArray state = late.getUpdater().getStateViewArray();
        FusedKernels.attach(late);
        assertSame(state, late.getUpdater().getStateViewArray());
      }
      plain.fit(Attached.data(i, true, null));
      late.fit(Attached.data(i, true, null));
      assertEquals(plain.score(), late.score(), 1e-4, "iteration " + i);
    }
    assertEquals(0, Attached.difference(plain.params(), late.params()), 1e-4);
    assertEquals(plain.getLayer(0).getIterationCount(), late.getLayer(0).getIterationCount());
  }

  @Test
  void attachedToAGraphInTheMiddleOfTraining() {
    Supplier<ComputationGraph> maker =
        () ->
            Attached.graph(
                Attached.lstm().build(), Attached.simpleRnn().build(), Attached.sequenceOutput());
    ComputationGraph plain = maker.get();
    ComputationGraph late = maker.get();
    for (int i = 0; i < 10; i++) {
      if (i == 5) {
        FusedKernels.attach(late);
      }
      plain.fit(Attached.data(i, true, null));
      late.fit(Attached.data(i, true, null));
      assertEquals(plain.score(), late.score(), 1e-4, "iteration " + i);
    }
    assertEquals(0, Attached.difference(plain.params(), late.params()), 1e-4);
  }

  @Test
  void stateOfTimeStepsIsTakenOver() {
    MultiLayerNetwork plain = network();
    MultiLayerNetwork late = network();
    INDArray x = Attached.features(1);
    plain.rnnTimeStep(x);
    late.rnnTimeStep(x);
    FusedKernels.attach(late);
    assertArrayEquals(
        plain.rnnGetPreviousState(0).keySet().stream().sorted().toArray(),
        late.rnnGetPreviousState(0).keySet().stream().sorted().toArray());
    INDArray next = Attached.features(2);
    assertEquals(0, Attached.difference(plain.rnnTimeStep(next), late.rnnTimeStep(next)), 1e-5);
    late.rnnClearPreviousState();
    assertTrue(late.rnnGetPreviousState(0).isEmpty());
  }

  // ---- wrong input

  @Test
  void wrongInputIsRefused() {
    MultiLayerNetwork network = Attached.network(Attached.lstm().name("memory").build());
    FusedKernels.attach(network);
    String size =
        assertThrows(
                DL4JInvalidInputException.class,
                () -> network.output(Nd4j.rand(DataType.FLOAT, 2, 9, 4)))
            .getMessage();
    assertTrue(size.contains("memory") && size.contains("[2, 9, 4]"), size);
    assertTrue(size.contains("[batch, 3, time]"), size);
    network.rnnTimeStep(Nd4j.rand(DataType.FLOAT, 2, 3, 1));
    String state =
        assertThrows(
                DL4JInvalidInputException.class,
                () -> network.rnnTimeStep(Nd4j.rand(DataType.FLOAT, 4, 3, 1)))
            .getMessage();
    assertTrue(state.contains("rnnClearPreviousState"), state);
    MultiLayerNetwork last =
        Attached.network(new LastTimeStep(Attached.lstm().build()), Attached.output());
    FusedKernels.attach(last);
    INDArray mask = Attached.mask();
    mask.getRow(2).assign(0);
    String masked =
        assertThrows(
                DL4JInvalidInputException.class,
                () -> last.output(Attached.features(1), false, mask, null))
            .getMessage();
    assertTrue(masked.contains("row 2"), masked);
  }
}
