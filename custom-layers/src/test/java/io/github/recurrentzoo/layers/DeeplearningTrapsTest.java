package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What Deeplearning4j 1.0.0-M2.1 does wrong where this project works around it. Each test runs our
 * layer and Deeplearning4j's own runtime side by side on one configuration. When one fails after an
 * upgrade, Deeplearning4j has been mended, and the work-around can go.
 */
class DeeplearningTrapsTest {

  private final Layer ours = ours(new Rrnn.Builder().nOut(3).build());
  private final SameDiffLayer stock = stock(ours);
  private final LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
  private final INDArray x = Networks.random(1, 4, 2, 5);
  private final INDArray epsilon = Networks.random(2, 4, 3, 5);

  private static Layer ours(Rrnn layer) {
    return Networks.network(2, layer).getLayer(0);
  }

  /** Deeplearning4j's runtime for SameDiff layers with our layer's equations and parameters. */
  private static SameDiffLayer stock(Layer ours) {
    NeuralNetConfiguration conf = ours.conf().clone();
    conf.setLayer(new SameDiffRrnn((Rrnn) conf.getLayer()));
    SameDiffLayer layer = new SameDiffLayer(conf, DataType.DOUBLE);
    INDArray params = ours.params().dup();
    layer.setParamsViewArray(params);
    layer.setParamTable(conf.getLayer().initializer().init(conf, params, false));
    layer.setBackpropGradientsViewArray(params.dup());
    ours.setBackpropGradientsViewArray(params.dup());
    return layer;
  }

  private static INDArray gradient(Layer layer, INDArray x, INDArray epsilon) {
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    layer.activate(x, false, none);
    return layer.backpropGradient(epsilon, none).getSecond().dup();
  }

  @Test
  void trap1GradientsAreDoubled() {
    INDArray right = gradient(ours, x, epsilon);
    INDArray[] doubled = new INDArray[1];
    printed(() -> doubled[0] = gradient(stock, x, epsilon)); // see trap 8
    assertEquals(0.0, doubled[0].sub(right.mul(2)).amaxNumber().doubleValue(), 1e-12);
    INDArray rightParams = ours.getGradientsViewArray();
    INDArray doubledParams = stock.getGradientsViewArray();
    assertEquals(0.0, doubledParams.sub(rightParams.mul(2)).amaxNumber().doubleValue(), 1e-12);
    assertTrue(right.amaxNumber().doubleValue() > 1e-3);
  }

  @Test
  void trap2SequenceLengthIsFrozen() {
    INDArray shorter = Networks.random(3, 4, 2, 3);
    stock.activate(x, false, none);
    assertThrows(RuntimeException.class, () -> stock.activate(shorter, false, none));
    ours.activate(x, false, none);
    assertEquals(3, ours.activate(shorter, false, none).size(2));
  }

  @Test
  void trap3SetParamDoesNothing() {
    INDArray value = Networks.random(3, 2, 9);
    stock.setParam("W", value);
    assertFalse(value.equals(stock.getParam("W")));
    ours.setParam("W", value);
    assertEquals(value, ours.getParam("W"));
  }

  @Test
  void trap5DropOutIsIgnoredAndL2MissingFromTheScore() {
    Layer ours = ours(new Rrnn.Builder().nOut(3).l2(0.1).dropOut(0.5).build());
    SameDiffLayer stock = stock(ours);
    INDArray inference = stock.activate(x, false, none).dup();
    assertEquals(inference, stock.activate(x, true, none));
    assertFalse(inference.equals(ours.activate(x, true, none)));
    assertEquals(0.0, stock.calcRegularizationScore(true), 0.0);
    assertTrue(ours.calcRegularizationScore(true) > 0.0);
  }

  @Test
  void trap6NoRecurrentLayer() {
    assertFalse(stock instanceof RecurrentLayer);
    assertTrue(ours instanceof RecurrentLayer);
  }

  @Test
  void trap7WrappersRefuseSameDiffLayers() {
    SameDiffRrnn layer = new SameDiffRrnn(new Rrnn.Builder().nIn(2).nOut(3).build());
    assertThrows(IllegalArgumentException.class, () -> new Bidirectional(layer));
    assertThrows(
        RuntimeException.class, () -> Networks.network(2, new LastTimeStep(layer)).output(x));
  }

  @Test
  void trap8EachDifferentiatedOperationIsPrinted() {
    String fromStock = printed(() -> gradient(stock, x, epsilon));
    assertTrue(fromStock.contains("Added differentiated op"), fromStock);
    assertEquals("", printed(() -> gradient(ours, x, epsilon)));
  }

  private static String printed(Runnable action) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void leakyReluHasAnotherSlopeInSameDiff() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.var("x", Nd4j.createFromArray(-1.0));
    INDArray slope0 = Activation.LEAKYRELU.asSameDiff(sd, x).eval();
    assertEquals(0.0, slope0.getDouble(0), 0.0);
    INDArray value = Nd4j.createFromArray(-1.0);
    Activation.LEAKYRELU.getActivationFunction().getActivation(value, false);
    assertEquals(-0.01, value.getDouble(0), 1e-9);
  }

  @Test
  void theGradientOfASliceOfOneRowFails() {
    SameDiff sd = SameDiff.create();
    SDVariable b = sd.var("b", Nd4j.ones(DataType.DOUBLE, 1, 9));
    b.get(SDIndex.all(), SDIndex.interval(0, 3)).sum().markAsLoss();
    printed(() -> assertThrows(RuntimeException.class, () -> sd.calculateGradients(Map.of(), "b")));
  }

  @Test
  void setLearningRateDoesNotReachSameDiffLayers() {
    SameDiffRrnn layer = new SameDiffRrnn(new Rrnn.Builder().nIn(2).nOut(3).build());
    MultiLayerNetwork network = Networks.network(new Sgd(0.1), 2, layer);
    network.setLearningRate(0.5);
    assertEquals(0.1, ((Sgd) layer.getUpdater()).getLearningRate());
  }

  @Test
  void trap32NOutReplaceDoesNotReachSameDiffLayers() {
    MultiLayerNetwork network =
        Networks.network(
            2,
            new LSTM.Builder().nOut(4).build(),
            new SameDiffRrnn(new Rrnn.Builder().nIn(4).nOut(3).build()));
    TransferLearning.Builder builder = new TransferLearning.Builder(network);
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransferLearning.Builder(network).nOutReplace(1, 5, WeightInit.XAVIER).build());
    builder.nOutReplace(0, 5, WeightInit.XAVIER);
    SameDiffRrnn above =
        (SameDiffRrnn) builder.build().getLayerWiseConfigurations().getConf(1).getLayer();
    assertEquals(4, above.getLayerParams().getParamShapes().get("W")[0], "of 5 that come now");
  }

  /** The masks of the last minibatch stay, and the next question is answered with them. */
  @Test
  void trap29EvaluateLeavesItsMasks() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("recurrent", new LSTM.Builder().nOut(3).build(), "in")
                .addLayer(
                    "out",
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(2)
                        .build(),
                    "recurrent")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(2))
                .build());
    graph.init();
    INDArray before = graph.output(x)[0].dup();
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 4, 5);
    mask.putScalar(0, 3, 0);
    mask.putScalar(0, 4, 0);
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, 4, 2, 5).addi(0.5);
    graph.evaluate(
        new SingletonMultiDataSetIterator(
            new MultiDataSet(
                new INDArray[] {x},
                new INDArray[] {labels},
                new INDArray[] {mask},
                new INDArray[] {mask})));
    assertFalse(before.equalsWithEps(graph.output(x)[0], 1e-6));
    graph.clearLayerMaskArrays();
    assertTrue(before.equalsWithEps(graph.output(x)[0], 1e-12));
  }

  /** It gives all steps, so that a dense layer above throws. */
  @Test
  void trap33RnnTimeStepPassesLastTimeStepBy() {
    MultiLayerNetwork wrapped =
        Networks.network(2, new LastTimeStep(new LSTM.Builder().nOut(3).build()));
    assertEquals(3, wrapped.rnnTimeStep(x).rank());
    assertEquals(2, wrapped.output(x).rank());
    MultiLayerNetwork own =
        Networks.network(2, new Rrnn.Builder().nOut(3).returnSequences(false).build());
    INDArray whole = own.output(x).dup();
    own.rnnTimeStep(x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 3)));
    INDArray rest =
        own.rnnTimeStep(x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(3, 5)));
    assertTrue(whole.equalsWithEps(rest, 1e-9));
  }
}
