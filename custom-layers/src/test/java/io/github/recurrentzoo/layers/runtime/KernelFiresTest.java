package io.github.recurrentzoo.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.Rrnn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The fused kernel is what computes, in every place where it should: a fall-back that gives the
 * same numbers would not be noticed otherwise. And one training step takes one pass in each
 * direction.
 */
class KernelFiresTest {

  private static final int ROWS = 3;
  private static final int STEPS = 6;

  /**
   * A layer, and how often its kernels should run in one training step.
   *
   * @param kernels how many kernels it has
   */
  record Case(
      String name,
      boolean sequence,
      int kernels,
      int forward,
      int backward,
      Supplier<Layer> layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("LSTM", true, 1, 1, 1, KernelFiresTest::lstm),
        new Case("SimpleRnn", true, 1, 1, 1, KernelFiresTest::simpleRnn),
        new Case("LastTimeStep(LSTM)", false, 1, 1, 1, () -> new LastTimeStep(lstm())),
        new Case("LastTimeStep(SimpleRnn)", false, 1, 1, 1, () -> new LastTimeStep(simpleRnn())),
        new Case("Bidirectional(LSTM)", true, 2, 1, 1, () -> new Bidirectional(lstm())),
        new Case("Bidirectional(SimpleRnn)", true, 2, 1, 1, () -> new Bidirectional(simpleRnn())),
        new Case("MaskZero(LSTM)", true, 1, 1, 1, () -> new MaskZeroLayer(lstm(), 0)),
        new Case("Frozen(LSTM)", true, 1, 1, 0, () -> new FrozenLayer(lstm())),
        new Case("Frozen(Last)", false, 1, 1, 0, () -> new FrozenLayer(new LastTimeStep(lstm()))),
        // It is activated as in inference, so nothing is kept for the backward pass.
        new Case("Frozen, backprop", true, 1, 2, 1, () -> new FrozenLayerWithBackprop(lstm())),
        new Case("Rrnn", true, 1, 1, 1, () -> new Rrnn.Builder().nOut(4).build()),
        new Case(
            "Rrnn, both directions",
            true,
            1,
            1,
            1,
            () -> new Rrnn.Builder().nOut(4).direction(Direction.BOTH).build()),
        new Case(
            "Rrnn, last step",
            false,
            1,
            1,
            1,
            () -> new Rrnn.Builder().nOut(4).returnSequences(false).build()),
        new Case("Gru", true, 1, 1, 1, () -> new Gru.Builder().nOut(4).build()),
        new Case(
            "Gru, both directions, last step",
            false,
            1,
            1,
            1,
            () ->
                new Gru.Builder()
                    .nOut(4)
                    .direction(Direction.BOTH)
                    .returnSequences(false)
                    .build()));
  }

  private static Layer lstm() {
    return new LSTM.Builder().nOut(4).build();
  }

  private static Layer simpleRnn() {
    return new SimpleRnn.Builder().nOut(4).build();
  }

  private static Layer output(boolean sequence) {
    return sequence
        ? new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).build()
        : new OutputLayer.Builder(LossFunction.MSE).nOut(2).build();
  }

  private static final INDArray X = Nd4j.rand(DataType.FLOAT, ROWS, 3, STEPS);

  private static INDArray labels(boolean sequence) {
    return sequence
        ? Nd4j.rand(DataType.FLOAT, ROWS, 2, STEPS)
        : Nd4j.rand(DataType.FLOAT, ROWS, 2);
  }

  /** All that run kernels within a layer. */
  private static List<KernelRunner> runners(org.deeplearning4j.nn.api.Layer layer) {
    List<KernelRunner> runners = new ArrayList<>();
    if (layer instanceof FusedLastTimeStepLayer last) {
      KernelPasses passes = ((KernelHost) last.getUnderlying()).passes();
      assertEquals(0, passes.sequences().forwardPasses(), "only the last step is computed");
      runners.add(passes.lastStep());
    } else if (layer instanceof FusedBidirectionalLayer both) {
      runners.addAll(runners(both.forwards()));
      runners.addAll(runners(both.backwards()));
    } else if (layer instanceof BaseWrapperLayer wrapper) {
      runners.addAll(runners(wrapper.getUnderlying()));
    } else if (layer instanceof KernelHost host) {
      runners.add(host.passes().sequences());
    } else if (layer instanceof RecurrentSameDiffRuntime rrnn) {
      runners.add(rrnn.runner());
    }
    return runners;
  }

  private static void assertRan(Case c, List<KernelRunner> runners, int inferences) {
    assertEquals(c.kernels(), runners.size());
    for (KernelRunner runner : runners) {
      if (runner.kernel() instanceof BothDirections both) {
        assertFused(both.half(0));
        assertFused(both.half(1));
      } else {
        assertFused(runner.kernel());
      }
      assertEquals(c.forward() + inferences, runner.forwardPasses(), "forward");
      assertEquals(c.backward(), runner.backwardPasses(), "backward");
      assertFalse(runner.kernel().hasTape(), "nothing is kept after a step");
    }
  }

  private static void assertFused(Object kernel) {
    assertEquals("FusedKernel", kernel.getClass().getSimpleName());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inMultiLayerNetwork(Case c) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(c.layer().get())
                .layer(output(c.sequence()))
                .setInputType(InputType.recurrent(3))
                .build());
    network.init();
    assertTrue(FusedKernels.attach(network).isComplete());
    List<KernelRunner> runners = runners(network.getLayer(0));
    network.fit(X, labels(c.sequence()));
    assertRan(c, runners, 0);
    network.output(X);
    assertRan(c, runners, 1);
    assertEquals(runners, runners(network.getLayer("layer0")), "the same by name");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inComputationGraph(Case c) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(3))
                .addLayer("a", c.layer().get(), "in")
                .addLayer("out", output(c.sequence()), "a")
                .setOutputs("out")
                .build());
    graph.init();
    assertTrue(FusedKernels.attach(graph).isComplete());
    List<KernelRunner> runners = runners(graph.getLayer("a"));
    graph.fit(new INDArray[] {X}, new INDArray[] {labels(c.sequence())});
    assertRan(c, runners, 0);
    graph.output(X);
    assertRan(c, runners, 1);
    assertEquals(runners, runners(graph.getLayer(0)), "the same by number");
  }

  static Stream<Case> stateful() {
    return cases().filter(c -> c.name().matches("LSTM|SimpleRnn|Rrnn|Gru"));
  }

  @ParameterizedTest
  @MethodSource("stateful")
  void inTruncatedBackpropagationAndStepByStep(Case c) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(c.layer().get())
                .layer(output(true))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(STEPS / 3)
                .setInputType(InputType.recurrent(3))
                .build());
    network.init();
    FusedKernels.attach(network);
    KernelRunner runner = runners(network.getLayer(0)).get(0);
    network.fit(X, labels(true));
    assertEquals(3, runner.forwardPasses());
    assertEquals(3, runner.backwardPasses());
    network.rnnTimeStep(X);
    assertEquals(4, runner.forwardPasses());
  }
}
