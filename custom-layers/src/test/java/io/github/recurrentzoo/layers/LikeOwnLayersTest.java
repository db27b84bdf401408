package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Whatever Deeplearning4j does with LSTM and SimpleRnn it does with our layers: it asks for a
 * {@code BaseRecurrentLayer}, and silently passes by what is none.
 */
class LikeOwnLayersTest {

  private static RnnOutputLayer output(int inputs, int outputs) {
    return new RnnOutputLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .nIn(inputs)
        .nOut(outputs)
        .build();
  }

  private static MultiLayerNetwork stack(OwnLayer kind) {
    return Networks.network(
        new Sgd(0.1),
        2,
        new LSTM.Builder().name("below").nOut(3).build(),
        ((RecurrentSameDiffLayer.Builder<?>) kind.builder().nOut(4).name("own")).build(),
        output(0, 1));
  }

  private static double rate(MultiLayerNetwork network, int layer) {
    return network.getLearningRate(layer);
  }

  @ParameterizedTest
  @EnumSource
  void setLearningRate(OwnLayer kind) {
    MultiLayerNetwork network = stack(kind);
    network.setLearningRate(0.025);
    assertEquals(0.025, rate(network, 0));
    assertEquals(0.025, rate(network, 1));
    INDArray before = network.getLayer(1).params().dup();
    INDArray x = Networks.random(1, 4, 2, 5);
    INDArray y = Networks.random(2, 4, 1, 5);
    network.setLearningRate(1, 0.0);
    network.fit(x, y);
    assertEquals(before, network.getLayer(1).params(), "rate 0 moves nothing");
  }

  @ParameterizedTest
  @EnumSource
  void fineTuneConfiguration(OwnLayer kind) {
    MultiLayerNetwork tuned =
        new TransferLearning.Builder(stack(kind))
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder()
                    .updater(new Adam(0.003))
                    .l2(0.01)
                    .dropOut(0.5)
                    .build())
            .build();
    RecurrentSameDiffLayer layer = (RecurrentSameDiffLayer) tuned.getLayer(1).conf().getLayer();
    assertEquals(new Adam(0.003), layer.getIUpdater());
    assertEquals(1, layer.getRegularization().size());
    assertTrue(layer.getIDropout() != null);
  }

  @ParameterizedTest
  @EnumSource
  void nOutReplaceOnTheLayerAndBelowIt(OwnLayer kind) {
    MultiLayerNetwork before = stack(kind);
    for (int replaced = 0; replaced < 2; replaced++) {
      MultiLayerNetwork network =
          new TransferLearning.Builder(before).nOutReplace(replaced, 6, WeightInit.XAVIER).build();
      trains(network, 1);
      assertEquals(
          replaced == 0 ? before.getLayer(2).params() : before.getLayer(0).params(),
          new TransferLearning.Builder(before)
              .nOutReplace(replaced, 6, WeightInit.XAVIER)
              .build()
              .getLayer(replaced == 0 ? 2 : 0)
              .params(),
          "what is not touched stays");
    }
    MultiLayerNetwork smaller =
        new TransferLearning.Builder(before)
            .nOutReplace(0, 6, WeightInit.XAVIER)
            .nOutReplace(1, 7, WeightInit.XAVIER)
            .build();
    trains(smaller, 1);
    assertEquals(6, smaller.getLayer(1).getParam("W").rows());
  }

  @ParameterizedTest
  @EnumSource
  void nInReplace(OwnLayer kind) {
    MultiLayerNetwork network =
        new TransferLearning.Builder(stack(kind))
            .nOutReplace(0, 5, WeightInit.XAVIER)
            .nInReplace(1, 5, WeightInit.ZERO)
            .build();
    trains(network, 1);
    MultiLayerNetwork first =
        Networks.network(new Sgd(0.1), 2, kind.builder().nOut(4).build(), output(0, 1));
    MultiLayerNetwork wider =
        new TransferLearning.Builder(first).nInReplace(0, 3, WeightInit.ZERO).build();
    assertEquals(0.0, wider.getLayer(0).getParam("W").amaxNumber().doubleValue());
    assertArrayEquals(new long[] {2, 1, 5}, wider.output(Networks.random(1, 2, 3, 5)).shape());
  }

  /**
   * Of BOTH comes twice nOut, which nOutReplace does not know: the layer above needs nInReplace.
   */
  @ParameterizedTest
  @EnumSource
  void nOutReplaceWithBothDirections(OwnLayer kind) {
    MultiLayerNetwork before =
        Networks.network(
            new Sgd(0.1),
            2,
            kind.builder().nOut(4).direction(Direction.BOTH).build(),
            output(0, 1));
    MultiLayerNetwork network =
        new TransferLearning.Builder(before)
            .nOutReplace(0, 6, WeightInit.XAVIER)
            .nInReplace(1, 12, WeightInit.XAVIER)
            .build();
    trains(network, 1);
  }

  /** In a graph, and what is left of the layer's options: as of a SimpleRnn in its place. */
  @ParameterizedTest
  @EnumSource
  void nOutReplaceInAGraph(OwnLayer kind) {
    for (String replaced : new String[] {"below", "own"}) {
      ComputationGraph own =
          replace(replaced, kind.builder().nOut(4).activation(Activation.SOFTSIGN).l2(0.1).build());
      ComputationGraph simple =
          replace(
              replaced,
              new SimpleRnn.Builder().nOut(4).activation(Activation.SOFTSIGN).l2(0.1).build());
      RecurrentSameDiffLayer layer = (RecurrentSameDiffLayer) own.getLayer("own").conf().getLayer();
      SimpleRnn expected = (SimpleRnn) simple.getLayer("own").conf().getLayer();
      assertEquals(Activation.SOFTSIGN, layer.getActivation());
      assertEquals(expected.getNIn(), layer.getNIn());
      assertEquals(expected.getNOut(), layer.getNOut());
      assertEquals(expected.getIUpdater(), layer.getIUpdater());
      assertEquals(expected.getRegularization(), layer.getRegularization());
    }
  }

  private static ComputationGraph replace(
      String replaced, org.deeplearning4j.nn.conf.layers.Layer own) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer("below", new LSTM.Builder().nOut(3).build(), "in")
                .addLayer("own", own, "below")
                .addLayer("out", output(0, 1), "own")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(2))
                .build());
    graph.init();
    ComputationGraph changed =
        new TransferLearning.GraphBuilder(graph)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Adam(0.01)).build())
            .nOutReplace(replaced, 6, WeightInit.XAVIER)
            .build();
    INDArray x = Networks.random(1, 4, 2, 5);
    changed.fit(new INDArray[] {x}, new INDArray[] {Networks.random(2, 4, 1, 5)});
    assertArrayEquals(new long[] {4, 1, 5}, changed.outputSingle(x).shape());
    return changed;
  }

  private static void trains(MultiLayerNetwork network, int outputs) {
    INDArray x = Networks.random(1, 4, 2, 5);
    network.fit(x, Networks.random(2, 4, outputs, 5));
    assertArrayEquals(new long[] {4, outputs, 5}, network.output(x).shape());
  }

  /** As a stack of SimpleRnn: the input type follows from the first layer's nIn. */
  @ParameterizedTest
  @EnumSource
  void withoutInputType(OwnLayer kind) {
    NeuralNetConfiguration.Builder global =
        new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).updater(new Sgd(0.1));
    MultiLayerNetwork simple =
        new MultiLayerNetwork(
            global
                .list()
                .layer(new SimpleRnn.Builder().nIn(2).nOut(4).build())
                .layer(output(4, 1))
                .build());
    simple.init();
    trains(simple, 1);
    MultiLayerNetwork own =
        new MultiLayerNetwork(
            global.list().layer(kind.builder().nIn(2).nOut(4).build()).layer(output(4, 1)).build());
    own.init();
    trains(own, 1);
  }

  /** The last step of all steps, with and without a mask, and its gradient. */
  @ParameterizedTest
  @EnumSource
  void lastTimeStep(OwnLayer kind) {
    MultiLayerNetwork wrapped =
        Networks.network(2, new LastTimeStep(kind.builder().nOut(3).build()));
    MultiLayerNetwork bySelf =
        Networks.network(2, kind.builder().nOut(3).returnSequences(false).build());
    bySelf.setParams(wrapped.params());
    INDArray x = Networks.random(1, 3, 2, 5);
    INDArray mask = Nd4j.create(new double[][] {{1, 1, 1, 1, 1}, {1, 1, 0, 0, 0}, {1, 1, 1, 0, 0}});
    close(bySelf.output(x), wrapped.output(x));
    INDArray masked = bySelf.output(x, false, mask, null);
    INDArray difference = masked.sub(wrapped.output(x, false, mask, null));
    // LastTimeStep copies the rows of a masked minibatch in float.
    assertEquals(0.0, difference.amaxNumber().doubleValue(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void lastTimeStepLearns(OwnLayer kind) {
    org.deeplearning4j.nn.conf.layers.OutputLayer head =
        new org.deeplearning4j.nn.conf.layers.OutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nOut(1)
            .build();
    MultiLayerNetwork wrapped =
        Networks.network(new Sgd(0.1), 2, new LastTimeStep(kind.builder().nOut(3).build()), head);
    MultiLayerNetwork bySelf =
        Networks.network(
            new Sgd(0.1), 2, kind.builder().nOut(3).returnSequences(false).build(), head.clone());
    bySelf.setParams(wrapped.params());
    INDArray x = Networks.random(1, 3, 2, 5);
    INDArray y = Networks.random(2, 3, 1);
    wrapped.fit(x, y);
    bySelf.fit(x, y);
    close(bySelf.params(), wrapped.params());
  }

  /** Its two halves are a layer that goes forwards and one that goes backwards. */
  @ParameterizedTest
  @EnumSource
  void bidirectional(OwnLayer kind) {
    MultiLayerNetwork wrapped =
        Networks.network(2, new Bidirectional(kind.builder().nOut(3).build()));
    long half = wrapped.numParams() / 2;
    INDArray params = wrapped.params().reshape(wrapped.numParams());
    INDArray x = Networks.random(1, 4, 2, 5);
    INDArray output = wrapped.output(x);
    assertArrayEquals(new long[] {4, 6, 5}, output.shape());
    for (Direction direction : new Direction[] {Direction.FORWARD, Direction.BACKWARD}) {
      MultiLayerNetwork alone =
          Networks.network(2, kind.builder().nOut(3).direction(direction).build());
      int first = direction == Direction.FORWARD ? 0 : 1;
      alone.setParams(params.get(interval(first * half, (first + 1) * half)).dup());
      close(alone.output(x), output.get(all(), interval(3 * first, 3 * first + 3), all()));
    }
  }

  /** In float on kernels, before and after {@code attach}. */
  @ParameterizedTest
  @EnumSource
  void wrappersWithKernels(OwnLayer kind) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(new Bidirectional(kind.builder().nOut(3).build()))
                .layer(new LastTimeStep(kind.builder().nOut(3).build()))
                .layer(
                    new org.deeplearning4j.nn.conf.layers.OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nOut(1)
                        .build())
                .setInputType(InputType.recurrent(2))
                .build());
    network.init();
    MultiLayerNetwork plain = network.clone();
    INDArray x = Networks.random(1, 4, 2, 5).castTo(DataType.FLOAT);
    INDArray y = Networks.random(2, 4, 1).castTo(DataType.FLOAT);
    String report = FusedKernels.attach(network).toString();
    assertTrue(
        report.contains("Bidirectional(" + (kind.name().startsWith("GRU") ? "Gru" : "Rrnn")),
        report);
    for (int i = 0; i < 3; i++) {
      network.fit(x, y);
      plain.fit(x, y);
    }
    double difference = network.output(x).sub(plain.output(x)).amaxNumber().doubleValue();
    assertEquals(0.0, difference, 1e-4);
  }

  @Test
  void lastStepOfALayerWithoutStepsIsRefusedWhenBuilt() {
    assertThrows(
        RuntimeException.class,
        () ->
            Networks.network(
                2, new LastTimeStep(new Rrnn.Builder().nOut(3).returnSequences(false).build())));
  }

  @Test
  void whatItHasNotIsRefusedWhenBuilt() {
    assertThrows(
        DL4JInvalidConfigException.class,
        () -> new Rrnn.Builder().nOut(2).weightNoise(new DropConnect(0.5)));
    assertThrows(
        DL4JInvalidConfigException.class,
        () -> new Rrnn.Builder().nOut(2).dataFormat(RNNFormat.NWC).build());
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Rrnn.Builder().nOut(2).activation(new ActivationLReLU(0.3)).build());
    assertTrue(e.getMessage().contains("choose an Activation"), e.getMessage());
    Rrnn layer = new Rrnn.Builder().nOut(2).build();
    assertThrows(
        IllegalArgumentException.class,
        () -> layer.setActivationFn(Activation.RRELU.getActivationFunction()));
  }

  @Test
  void anActivationKeepsItsName() {
    for (Activation activation : Activation.values()) {
      assertEquals(activation, SameDiffActivation.of(activation.getActivationFunction()));
    }
  }

  private static void close(INDArray expected, INDArray actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertEquals(0.0, expected.sub(actual).amaxNumber().doubleValue(), 1e-10);
  }
}
