package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.AttachReport.Entry;
import io.github.recurrentzoo.layers.AttachReport.Outcome;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The softmax over sequences with its kernel against Deeplearning4j's own. */
class FusedSoftmaxTest {

  private static final double TOLERANCE = 2e-6;

  private static RnnOutputLayer.Builder softmax() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(Attached.CLASSES)
        .activation(Activation.SOFTMAX);
  }

  private static MultiLayerNetwork network(RnnOutputLayer output) {
    return Attached.network(Attached.lstm().build(), output);
  }

  static Stream<Arguments> masks() {
    INDArray gaps = Attached.mask();
    gaps.putScalar(0, 2, 0);
    return Stream.of(
        Arguments.of("none", null),
        Arguments.of("padding", Attached.mask()),
        Arguments.of("gaps", gaps));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void computesWhatDeeplearning4jComputes(String name, INDArray labelMask) {
    MultiLayerNetwork plain = network(softmax().build());
    MultiLayerNetwork attached = network(softmax().build());
    Entry entry = FusedKernels.attach(attached).entry("layer1");
    assertEquals(Outcome.ATTACHED, entry.outcome());
    assertEquals("RnnOutput", entry.kind());

    DataSet data = Attached.data(3, true, null);
    data.setLabelsMaskArray(labelMask);
    assertEquals(plain.score(data, false), attached.score(data, false), TOLERANCE);
    assertEquals(plain.score(data, true), attached.score(data, true), TOLERANCE);
    assertEquals(
        0,
        Attached.difference(plain.output(data.getFeatures()), attached.output(data.getFeatures())),
        TOLERANCE);
    for (MultiLayerNetwork network : new MultiLayerNetwork[] {plain, attached}) {
      network.setInput(data.getFeatures());
      network.setLabels(data.getLabels());
      network.setLayerMaskArrays(null, labelMask);
      network.initGradientsView();
      network.computeGradientAndScore();
    }
    assertEquals(plain.score(), attached.score(), TOLERANCE);
    assertEquals(
        0,
        Attached.difference(plain.gradient().gradient(), attached.gradient().gradient()),
        TOLERANCE);
    assertTrue(plain.gradient().gradient().amaxNumber().doubleValue() > 0.01, "gradients");
  }

  /** A mask of 0.5 halves the loss. Deeplearning4j takes it for half of what goes into softmax. */
  @Test
  void masksBetweenZeroAndOneAreWeights() {
    MultiLayerNetwork plain = network(softmax().build());
    MultiLayerNetwork attached = network(softmax().build());
    attached.params().muli(3); // so that softmax is far from even
    plain.setParams(attached.params());
    FusedKernels.attach(attached);
    DataSet data = Attached.data(3, true, null);
    double whole = attached.score(data, false);
    assertEquals(plain.score(data, false), whole, 1e-5);
    data.setLabelsMaskArray(Nd4j.valueArrayOf(Attached.ROWS, Attached.STEPS, 0.5f));
    assertEquals(whole / 2, attached.score(data, false), 1e-5);
    assertTrue(
        Math.abs(plain.score(data, false) - whole / 2) > 0.01, "Deeplearning4j's is right now");
  }

  @Test
  void trainsAsDeeplearning4jTrains() {
    ComputationGraph plain = Attached.graph(Attached.lstm().build(), softmax().l2(0.01).build());
    ComputationGraph attached = Attached.graph(Attached.lstm().build(), softmax().l2(0.01).build());
    FusedKernels.attach(attached);
    for (int step = 0; step < 30; step++) {
      DataSet data = Attached.data(step % 3, true, step % 2 == 0 ? null : Attached.mask());
      plain.fit(data);
      attached.fit(data);
      assertEquals(plain.score(), attached.score(), 1e-4, "step " + step);
    }
    assertEquals(0, Attached.difference(plain.params(), attached.params()), 1e-3);
    INDArray x = Attached.features(1);
    assertEquals(0, Attached.difference(plain.rnnTimeStep(x)[0], attached.rnnTimeStep(x)[0]), 1e-3);
  }

  /** A score is of the parameters as they are now, also where a backward pass went before. */
  @Test
  void scoresAreNotOfTheParametersBefore() {
    ComputationGraph graph = Attached.graph(Attached.sequenceOutput());
    FusedKernels.attach(graph);
    DataSet data = Attached.data(1, true, null);
    graph.fit(data);
    double before = graph.score(data, true);
    graph.params().muli(3);
    double after = graph.score(data, true);
    assertTrue(Math.abs(before - after) > 0.1, before + " and " + after);
    ComputationGraph plain = Attached.graph(Attached.sequenceOutput());
    plain.setParams(graph.params());
    assertEquals(plain.score(data, true), after, TOLERANCE);
  }

  /** The time steps of each segment are views of the labels. */
  @Test
  void inTruncatedBackpropagation() {
    Supplier<MultiLayerNetwork> make =
        () -> {
          MultiLayerNetwork network =
              new MultiLayerNetwork(
                  Attached.list(DataType.FLOAT, Attached.simpleRnn().build(), softmax().build())
                      .backpropType(BackpropType.TruncatedBPTT)
                      .tBPTTLength(3)
                      .build());
          network.init();
          return network;
        };
    MultiLayerNetwork attached = make.get();
    FusedKernels.attach(attached);
    MultiLayerNetwork ownOutput = make.get();
    FusedKernels.attach(ownOutput, KernelMode.REFERENCE); // which has no kernel for the output
    DataSet data = Attached.data(2, true, Attached.mask());
    for (int step = 0; step < 10; step++) {
      attached.fit(data);
      ownOutput.fit(data);
    }
    assertEquals(0, Attached.difference(attached.params(), ownOutput.params()), 1e-4);
  }

  /** The mean gradient over many draws of what is dropped is that of Deeplearning4j's layer. */
  @Test
  void dropOutIsAppliedAsByDeeplearning4j() {
    MultiLayerNetwork attached = network(softmax().dropOut(0.5).build());
    FusedKernels.attach(attached);
    INDArray mean = meanGradient(attached, 400);
    INDArray expected = meanGradient(network(softmax().dropOut(0.5).build()), 400);
    INDArray dry = meanGradient(network(softmax().build()), 1);
    double scale = expected.amaxNumber().doubleValue();
    assertEquals(0, Attached.difference(mean, expected) / scale, 0.15);
    assertTrue(Attached.difference(mean, dry) / scale > 0.2, "nothing was dropped");
  }

  /** By the weights of the output layer. */
  private static INDArray meanGradient(MultiLayerNetwork network, int passes) {
    DataSet data = Attached.data(1, true, null);
    network.initGradientsView();
    Nd4j.getRandom().setSeed(5);
    INDArray sum = network.getParam("1_W").like();
    for (int pass = 0; pass < passes; pass++) {
      network.setInput(data.getFeatures());
      network.setLabels(data.getLabels());
      network.computeGradientAndScore();
      sum.addi(network.gradient().gradientForVariable().get("1_W"));
    }
    return sum.divi(passes);
  }

  @Test
  void inAFrozenWrapper() {
    MultiLayerNetwork network =
        Attached.network(Attached.lstm().build(), new FrozenLayerWithBackprop(softmax().build()));
    assertTrue(FusedKernels.attach(network).entry("layer1").hasKernel());
    INDArray before = network.getParam("1_W").dup();
    network.fit(Attached.data(1, true, null));
    assertEquals(before, network.getParam("1_W"));
  }

  @Test
  void attachedTwiceAndDetachedBySerialization() {
    MultiLayerNetwork network = network(softmax().build());
    FusedKernels.attach(network);
    assertEquals(Outcome.ALREADY_ATTACHED, FusedKernels.attach(network).entry("layer1").outcome());
    MultiLayerNetwork clone = network.clone();
    INDArray x = Attached.features(4);
    assertEquals(0, Attached.difference(network.output(x), clone.output(x)), TOLERANCE);
  }

  private static void assertLeft(RnnOutputLayer output, String reason) {
    Entry entry = FusedKernels.attach(network(output)).entry("layer1");
    assertEquals(Outcome.LEFT_ALONE, entry.outcome());
    assertTrue(entry.reason().contains(reason), entry.reason());
  }

  @Test
  void whatTheKernelCannotComputeIsLeftAlone() {
    assertLeft(softmax().hasBias(false).build(), "bias");
    assertLeft(softmax().weightNoise(new DropConnect(0.5)).build(), "weight noise");
    assertLeft(
        new RnnOutputLayer.Builder(new LossMCXENT(Nd4j.create(new float[] {1, 2})))
            .nOut(Attached.CLASSES)
            .activation(Activation.SOFTMAX)
            .build(),
        "weights by class");
    AttachReport other =
        FusedKernels.attach(
            network(
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .nOut(Attached.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build()));
    assertFalse(other.entries().stream().anyMatch(e -> e.layer().equals("layer1")));
  }

  @Test
  void theFormatNwcIsLeftAlone() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(softmax().build())
                .setInputType(InputType.recurrent(Attached.INPUTS, RNNFormat.NWC))
                .build());
    Entry entry = FusedKernels.attach(network).entry("layer0");
    assertEquals(Outcome.LEFT_ALONE, entry.outcome());
    assertTrue(entry.reason().contains("NWC"), entry.reason());
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    MultiLayerNetwork network = network(softmax().build());
    FusedKernels.attach(network);
    INDArray x = Attached.features(1);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, Attached.ROWS, Attached.CLASSES, 2);
    String message =
        assertThrows(DL4JInvalidInputException.class, () -> network.fit(new DataSet(x, labels)))
            .getMessage();
    assertTrue(message.contains("[4, 2, 2]") && message.contains("[4, 2, 7]"), message);
    DataSet data = Attached.data(1, true, null);
    data.setLabelsMaskArray(Nd4j.ones(DataType.FLOAT, Attached.ROWS, 3));
    message = assertThrows(DL4JInvalidInputException.class, () -> network.fit(data)).getMessage();
    assertTrue(message.contains("[4, 3]") && message.contains("[4, 7]"), message);
  }
}
