package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A layer of ours that a kernel computes is the layer that SameDiff computes. */
class RecurrentKernelTest {

  static Stream<RecurrentForwardTest.Mode> modes() {
    return RecurrentForwardTest.modes();
  }

  private static MultiLayerNetwork network(
      RecurrentForwardTest.Mode mode, DataType dataType, KernelMode kernel) {
    boolean sequence = mode.returnSequences();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Attached.list(
                    dataType,
                    mode.layer().builder().nOut(3).kernel(kernel).build(),
                    mode.builder().l2(0.01).kernel(kernel).build(),
                    sequence ? Attached.sequenceOutput() : Attached.output())
                .build());
    network.init();
    return network;
  }

  /** Three steps of training, with a mask in the second. */
  private static void assertSame(
      RecurrentForwardTest.Mode mode, DataType dataType, KernelMode kernel, double tolerance) {
    MultiLayerNetwork plain = network(mode, dataType, KernelMode.OFF);
    MultiLayerNetwork other = network(mode, dataType, kernel);
    for (int i = 0; i < 3; i++) {
      DataSet data = Attached.data(i, mode.returnSequences(), i == 1 ? Attached.mask() : null);
      plain.fit(data);
      other.fit(data);
      INDArray difference = plain.gradient().gradient().sub(other.gradient().gradient());
      assertEquals(0, difference.amaxNumber().doubleValue(), tolerance, "gradient " + i);
      assertEquals(plain.score(), other.score(), tolerance, "score " + i);
    }
    INDArray x = Attached.features(9);
    assertEquals(0, Attached.difference(plain.output(x), other.output(x)), tolerance);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void fusedInFloat(RecurrentForwardTest.Mode mode) {
    assertSame(mode, DataType.FLOAT, KernelMode.FUSED, 1e-4);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void referenceInDouble(RecurrentForwardTest.Mode mode) {
    assertSame(mode, DataType.DOUBLE, KernelMode.REFERENCE, 1e-6);
  }

  /** With state from call to call, and backward over fewer steps than forward. */
  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void state(OwnLayer own) {
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    INDArray x = Networks.random(1, 2, 3, 8);
    INDArray epsilon = Networks.random(2, 2, 4, 8);
    INDArray[] outputs = new INDArray[2];
    INDArray[] steps = new INDArray[2];
    INDArray[] gradients = new INDArray[2];
    INDArray[] inputGradients = new INDArray[2];
    KernelMode[] kernels = {KernelMode.OFF, KernelMode.REFERENCE};
    for (int i = 0; i < 2; i++) {
      MultiLayerNetwork network =
          Networks.network(3, own.builder().nOut(4).kernel(kernels[i]).build());
      RecurrentLayer layer = (RecurrentLayer) network.getLayer(0);
      gradients[i] = Nd4j.zeros(DataType.DOUBLE, layer.numParams());
      layer.setBackpropGradientsViewArray(gradients[i]);
      layer.rnnSetTBPTTState(Map.of("prevAct", Networks.random(3, 2, 4)));
      outputs[i] = layer.rnnActivateUsingStoredState(x, true, true, none);
      inputGradients[i] = layer.tbpttBackpropGradient(epsilon, 5, none).getSecond();
      network.rnnTimeStep(x.get(all(), all(), interval(0, 3)));
      steps[i] = network.rnnTimeStep(x.get(all(), all(), interval(3, 8)));
      assertEquals(0, Attached.difference(outputs[0], outputs[i]), 1e-9);
      assertEquals(0, Attached.difference(steps[0], steps[i]), 1e-9);
      assertEquals(0, Attached.difference(gradients[0], gradients[i]), 1e-9);
      assertEquals(0, Attached.difference(inputGradients[0], inputGradients[i]), 1e-9);
    }
  }

  @Test
  void fusedThatCannotServe() {
    Exception type =
        assertThrows(
            UnsupportedOperationException.class,
            () -> Networks.network(2, new Rrnn.Builder().nOut(2).kernel(KernelMode.FUSED).build()));
    assertTrue(type.getMessage().contains("DOUBLE"), type.getMessage());
    Layer gelu =
        new Rrnn.Builder().nOut(2).kernel(KernelMode.FUSED).activation(Activation.GELU).build();
    Exception activation =
        assertThrows(UnsupportedOperationException.class, () -> Attached.network(gelu));
    assertTrue(activation.getMessage().contains("GELU"), activation.getMessage());
    String reason =
        FusedKernels.attach(
                Attached.network(
                    new Rrnn.Builder().nOut(2).gateActivation(Activation.GELU).build()))
            .entries()
            .get(0)
            .reason();
    assertTrue(reason.contains("gate activation GELU"), reason);
  }

  /** Files of the time before kernels lack the option. */
  @Test
  void configurationsWithoutTheOptionAreRead() {
    Rrnn rrnn = new Rrnn.Builder().nOut(2).kernel(KernelMode.REFERENCE).build();
    MultiLayerConfiguration conf = Attached.list(DataType.FLOAT, rrnn).build();
    String json = conf.toJson();
    Rrnn same = (Rrnn) MultiLayerConfiguration.fromJson(json).getConf(0).getLayer();
    assertEquals(KernelMode.REFERENCE, same.getKernel());
    assertEquals(rrnn, same);
    String old = json.replaceFirst("\"kernel\" : \"REFERENCE\",?", "");
    assertTrue(old.length() < json.length(), json);
    Rrnn read = (Rrnn) MultiLayerConfiguration.fromJson(old).getConf(0).getLayer();
    assertEquals(KernelMode.AUTO, read.getKernel());
  }

  /** It is activated as in inference, and differentiated all the same. */
  @Test
  void frozenWithDropout() {
    for (KernelMode kernel : new KernelMode[] {KernelMode.OFF, KernelMode.FUSED}) {
      MultiLayerNetwork network =
          Attached.network(
              Attached.lstm().build(),
              new FrozenLayerWithBackprop(
                  new Rrnn.Builder().nOut(3).dropOut(0.5).kernel(kernel).build()),
              Attached.sequenceOutput());
      INDArray frozen = network.getParam("1_RW").dup();
      INDArray below = network.getParam("0_RW").dup();
      network.fit(Attached.data(1, true, null));
      assertEquals(frozen, network.getParam("1_RW"));
      assertTrue(Attached.difference(below, network.getParam("0_RW")) > 1e-4);
    }
  }
}
