package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Truncated BPTT over segments of 3, 3 and 2 steps. The gradient of each segment is compared with
 * central differences of that segment's loss with the carried state held constant.
 */
@SuppressWarnings("deprecation") // GravesLSTM is
class TruncatedBpttTest {

  private static final int SEGMENT = 3;
  private static final int STEPS = 8;
  private static final int ROWS = 2;
  private static final double EPSILON = 1e-5;

  private final INDArray x = Networks.random(1, ROWS, 2, STEPS);
  private final INDArray y = Networks.random(2, ROWS, 1, STEPS);
  private INDArray mask = Nd4j.ones(DataType.DOUBLE, ROWS, STEPS);

  private static Layer own(OwnLayer layer) {
    return layer.builder().nOut(2).build();
  }

  private static RnnOutputLayer output() {
    return new RnnOutputLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .nOut(1)
        .build();
  }

  private static MultiLayerNetwork sequential(Layer first, Layer second) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(Networks.SEED)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.0))
                .list()
                .layer(first)
                .layer(second)
                .layer(output())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(SEGMENT)
                .setInputType(InputType.recurrent(2))
                .build());
    network.init();
    Networks.randomize(network.params());
    return network;
  }

  private static ComputationGraph graph(Layer first, Layer second) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(Networks.SEED)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.0))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(2))
                .addLayer("first", first, "in")
                .addLayer("second", second, "first")
                .addLayer("out", output(), "second")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTForwardLength(SEGMENT)
                .tBPTTBackwardLength(SEGMENT)
                .build());
    graph.init();
    Networks.randomize(graph.params());
    return graph;
  }

  private static Layer standard(String kind) {
    return switch (kind) {
      case "LSTM" -> new LSTM.Builder().nOut(2).activation(Activation.TANH).build();
      case "GravesLSTM" -> new GravesLSTM.Builder().nOut(2).activation(Activation.TANH).build();
      default -> new SimpleRnn.Builder().nOut(2).activation(Activation.TANH).build();
    };
  }

  /** The gradient of each segment while the network is fitted once. */
  private List<INDArray> gradientsOf(Model network) {
    List<INDArray> gradients = new ArrayList<>();
    network.setListeners(recorder(gradients));
    if (network instanceof MultiLayerNetwork sequential) {
      sequential.fit(new DataSet(x, y, mask, mask));
    } else {
      ((ComputationGraph) network).fit(new DataSet(x, y, mask, mask));
    }
    return gradients;
  }

  private static TrainingListener recorder(List<INDArray> gradients) {
    return new BaseTrainingListener() {
      @Override
      public void onGradientCalculation(Model model) {
        gradients.add(model.getGradientsViewArray().reshape(-1).dup());
      }
    };
  }

  /** Sum of squared errors of a segment that begins with the given states. */
  private double loss(
      MultiLayerNetwork network, List<Map<String, INDArray>> states, int start, int end) {
    network.rnnClearPreviousState();
    for (int layer = 0; layer < states.size(); layer++) {
      network.rnnSetPreviousState(layer, states.get(layer));
    }
    INDArray out = timeSteps(network, start, end);
    INDArray error = out.sub(y.get(all(), all(), interval(start, end)));
    error.muli(mask.get(all(), interval(start, end)).reshape(ROWS, 1, end - start));
    return error.muli(error).sumNumber().doubleValue();
  }

  private INDArray timeSteps(MultiLayerNetwork network, int start, int end) {
    network.setLayerMaskArrays(mask.get(all(), interval(start, end)).dup(), null);
    return network.rnnTimeStep(x.get(all(), all(), interval(start, end)));
  }

  /** Largest difference from the numeric gradient, relative to the largest gradient. */
  private double error(MultiLayerNetwork network, INDArray gradient, int start) {
    INDArray params = network.params();
    network.rnnClearPreviousState();
    if (start > 0) {
      timeSteps(network, 0, start);
    }
    List<Map<String, INDArray>> states =
        List.of(network.rnnGetPreviousState(0), network.rnnGetPreviousState(1));
    int end = Math.min(STEPS, start + SEGMENT);
    double largest = 0;
    double scale = 0;
    for (long i = 0; i < params.length(); i++) {
      double value = params.getDouble(i);
      params.putScalar(i, value + EPSILON);
      double plus = loss(network, states, start, end);
      params.putScalar(i, value - EPSILON);
      double minus = loss(network, states, start, end);
      params.putScalar(i, value);
      double numeric = (plus - minus) / (2 * EPSILON);
      largest = Math.max(largest, Math.abs(numeric - gradient.getDouble(i)));
      scale = Math.max(scale, Math.abs(numeric));
    }
    return largest / scale;
  }

  private void assertRight(MultiLayerNetwork numeric, List<INDArray> gradients) {
    assertEquals(3, gradients.size(), "segments of 3, 3 and 2 steps");
    for (int i = 0; i < 3; i++) {
      assertEquals(0.0, error(numeric, gradients.get(i), i * SEGMENT), 1e-7, "segment " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void gradientsInMultiLayerNetwork(OwnLayer layer) {
    MultiLayerNetwork network = sequential(own(layer), own(layer));
    List<INDArray> gradients = gradientsOf(network);
    assertRight(network, gradients);
  }

  /** A gap, and a row that ends before the last segment, which is masked throughout there. */
  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void gradientsWithMasks(OwnLayer layer) {
    mask = Nd4j.create(new double[][] {{1, 1, 0, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 0, 0, 0, 0}});
    MultiLayerNetwork network = sequential(own(layer), own(layer));
    assertRight(network, gradientsOf(network));
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void gradientsInComputationGraph(OwnLayer layer) {
    List<INDArray> gradients = gradientsOf(graph(own(layer), own(layer)));
    assertRight(sequential(own(layer), own(layer)), gradients);
  }

  /** With a kernel attached, Deeplearning4j's own layers are right as well. */
  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "SimpleRnn"})
  void gradientsOfAttachedLayersInMultiLayerNetwork(String kind) {
    MultiLayerNetwork network = sequential(standard(kind), standard(kind));
    assertTrue(FusedKernels.attach(network, KernelMode.REFERENCE).isComplete());
    assertRight(network, gradientsOf(network));
    mask = Nd4j.create(new double[][] {{1, 1, 0, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 0, 0, 0, 0}});
    assertRight(network, gradientsOf(network));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "SimpleRnn"})
  void gradientsOfAttachedLayersInComputationGraph(String kind) {
    ComputationGraph graph = graph(standard(kind), standard(kind));
    FusedKernels.attach(graph, KernelMode.REFERENCE);
    MultiLayerNetwork numeric = sequential(standard(kind), standard(kind));
    FusedKernels.attach(numeric, KernelMode.REFERENCE);
    assertRight(numeric, gradientsOf(graph));
  }

  /** In the second of three segments, which begins with the state of the first. */
  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "SimpleRnn"})
  void attachedBetweenTwoSegments(String kind) {
    MultiLayerNetwork whole = sequential(standard(kind), standard(kind));
    FusedKernels.attach(whole, KernelMode.REFERENCE);
    List<INDArray> expected = gradientsOf(whole);
    MultiLayerNetwork late = sequential(standard(kind), standard(kind));
    late.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            if (iteration == 1) {
              FusedKernels.attach(late, KernelMode.REFERENCE);
            }
          }
        });
    List<INDArray> gradients = new ArrayList<>();
    late.addListeners(recorder(gradients));
    late.fit(new DataSet(x, y, mask, mask));
    assertEquals(expected.size(), gradients.size());
    INDArray last = gradients.get(2);
    assertEquals(0.0, expected.get(2).sub(last).amaxNumber().doubleValue(), 1e-12);
  }

  /** Backward over fewer steps than forward is forward and backward over the tail. */
  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void backwardOverFewerStepsThanForward(OwnLayer layer) {
    backwardOverFewerStepsThanForward(sequential(own(layer), own(layer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "SimpleRnn"})
  void backwardOverFewerStepsThanForwardAttached(String kind) {
    MultiLayerNetwork network = sequential(standard(kind), standard(kind));
    FusedKernels.attach(network, KernelMode.REFERENCE);
    backwardOverFewerStepsThanForward(network);
  }

  private void backwardOverFewerStepsThanForward(MultiLayerNetwork network) {
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    RecurrentLayer layer = (RecurrentLayer) network.getLayer(0);
    INDArray gradients = Nd4j.zeros(DataType.DOUBLE, layer.numParams());
    layer.setBackpropGradientsViewArray(gradients);
    Map<String, INDArray> initial = Map.of("prevAct", Networks.random(5, ROWS, 2));
    INDArray epsilon = Networks.random(6, ROWS, 2, STEPS);
    int cut = 5;

    layer.rnnSetTBPTTState(initial);
    layer.rnnActivateUsingStoredState(x, true, false, none);
    INDArray inputGradient = layer.tbpttBackpropGradient(epsilon, STEPS - cut, none).getSecond();
    INDArray actual = gradients.dup();

    layer.rnnActivateUsingStoredState(x.get(all(), all(), interval(0, cut)), true, true, none);
    layer.rnnActivateUsingStoredState(x.get(all(), all(), interval(cut, STEPS)), true, false, none);
    INDArray tail =
        layer.backpropGradient(epsilon.get(all(), all(), interval(cut, STEPS)), none).getSecond();
    assertEquals(0.0, gradients.sub(actual).amaxNumber().doubleValue(), 1e-12);
    INDArray tailOfActual = inputGradient.get(all(), all(), interval(cut, STEPS));
    assertEquals(0.0, tail.sub(tailOfActual).amaxNumber().doubleValue(), 1e-12);
    INDArray head = inputGradient.get(all(), all(), interval(0, cut));
    assertEquals(0.0, head.amaxNumber().doubleValue(), 0.0);
    assertTrue(tail.amaxNumber().doubleValue() > 1e-3);
  }

  /** Deeplearning4j's fit never calls tbpttBackpropGradient, whatever the layer. */
  @Test
  void deeplearning4jIgnoresTheBackwardLength() {
    MultiLayerNetwork full = sequential(own(OwnLayer.RRNN_MAIN), own(OwnLayer.RRNN_MAIN));
    MultiLayerNetwork one = sequential(own(OwnLayer.RRNN_MAIN), own(OwnLayer.RRNN_MAIN));
    one.getLayerWiseConfigurations().setTbpttBackLength(1);
    assertEquals(gradientsOf(full), gradientsOf(one));
  }

  /** The same measure finds that Deeplearning4j's own layers are wrong from the second on. */
  @ParameterizedTest
  @ValueSource(strings = {"SimpleRnn", "LSTM", "GravesLSTM"})
  void deeplearning4jsOwnLayersAreWrong(String kind) {
    MultiLayerNetwork network = sequential(standard(kind), standard(kind));
    List<INDArray> gradients = gradientsOf(network);
    assertEquals(0.0, error(network, gradients.get(0), 0), 1e-7, "no state before the first");
    assertTrue(
        error(network, gradients.get(1), SEGMENT) > 0.01,
        kind + "'s truncated BPTT is right now: trap 11 is gone");
  }
}
