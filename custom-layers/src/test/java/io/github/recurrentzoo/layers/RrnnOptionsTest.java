package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.function.UnaryOperator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Every training option does what it says, in gradient and score. */
class RrnnOptionsTest {

  private static final double LEARNING_RATE = 0.1;
  private static final double COEFFICIENT = 0.05;

  private final INDArray x = Networks.random(1, 4, 2, 5);
  private final INDArray y = Networks.random(2, 4, 1, 5);

  private static MultiLayerNetwork network(UnaryOperator<Rrnn.Builder> options) {
    Rrnn layer = options.apply(new Rrnn.Builder().nOut(3).biasInit(0.3)).build();
    return Networks.network(
        new Sgd(LEARNING_RATE),
        2,
        layer,
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nOut(1)
            .build());
  }

  /** What one step of plain SGD takes from the parameters of the layer. */
  private INDArray step(MultiLayerNetwork network) {
    INDArray before = network.getLayer(0).params().dup();
    network.fit(x, y);
    return before.subi(network.getLayer(0).params());
  }

  private double score(MultiLayerNetwork network) {
    return network.score(new org.nd4j.linalg.dataset.DataSet(x, y));
  }

  private static INDArray weights(MultiLayerNetwork network) {
    Layer layer = network.getLayer(0);
    INDArray weights = layer.params().dup().reshape(-1);
    long biases = layer.getParam("b").length() + layer.getParam("bo").length();
    weights.get(interval(weights.length() - biases, weights.length())).assign(0);
    return weights;
  }

  /** Half the sum of squares times the coefficient, the score of L2 and of weight decay. */
  private static double squares(INDArray weights) {
    return 0.5 * COEFFICIENT * weights.mul(weights).sumNumber().doubleValue();
  }

  private static void assertClose(INDArray expected, INDArray actual, String what) {
    double difference = expected.reshape(-1).sub(actual.reshape(-1)).amaxNumber().doubleValue();
    assertEquals(0.0, difference, 1e-12, what);
  }

  @Test
  void l2() {
    MultiLayerNetwork plain = network(b -> b);
    MultiLayerNetwork decayed = network(b -> b.l2(COEFFICIENT));
    INDArray weights = weights(plain);
    assertEquals(score(plain) + squares(weights), score(decayed), 1e-9);
    assertClose(
        step(plain).reshape(-1).add(weights.mul(COEFFICIENT * LEARNING_RATE)),
        step(decayed),
        "gradient + l2 * w");
  }

  @Test
  void l1() {
    MultiLayerNetwork plain = network(b -> b);
    MultiLayerNetwork decayed = network(b -> b.l1(COEFFICIENT));
    INDArray weights = weights(plain);
    assertEquals(
        score(plain) + COEFFICIENT * weights.norm1Number().doubleValue(), score(decayed), 1e-9);
    INDArray sign = Nd4j.math().sign(weights);
    assertClose(
        step(plain).reshape(-1).add(sign.mul(COEFFICIENT * LEARNING_RATE)),
        step(decayed),
        "gradient + l1 * sign(w)");
  }

  @Test
  void weightDecay() {
    MultiLayerNetwork plain = network(b -> b);
    MultiLayerNetwork decayed = network(b -> b.weightDecay(COEFFICIENT));
    INDArray weights = weights(plain);
    assertEquals(score(plain) + squares(weights), score(decayed), 1e-9);
    assertClose(
        step(plain).reshape(-1).add(weights.mul(COEFFICIENT * LEARNING_RATE)),
        step(decayed),
        "step + learning rate * decay * w");
  }

  @Test
  void regularizationOfTheNetworkReachesTheLayer() {
    NeuralNetConfiguration.Builder global =
        new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).l2(COEFFICIENT);
    Rrnn layer = new Rrnn.Builder().nIn(2).nOut(3).build();
    global.list().layer(layer).build();
    assertEquals(1, layer.getRegularization().size());
  }

  @Test
  void gradientClippingByNorm() {
    double norm = step(network(b -> b)).norm2Number().doubleValue() / LEARNING_RATE;
    MultiLayerNetwork clipped =
        network(
            b ->
                b.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(norm / 10));
    assertEquals(norm / 10, step(clipped).norm2Number().doubleValue() / LEARNING_RATE, 1e-9);
  }

  @Test
  void ownUpdater() {
    INDArray plain = step(network(b -> b));
    INDArray twice = step(network(b -> b.updater(new Sgd(2 * LEARNING_RATE))));
    assertClose(plain.mul(2), twice, "own learning rate");
    INDArray frozenBias = step(network(b -> b.biasUpdater(new Sgd(0.0)))).reshape(-1);
    assertEquals(0.0, frozenBias.getDouble(frozenBias.length() - 1), 0.0);
  }

  @Test
  void learningRateOfOneLayerIsItsOwn() {
    NeuralNetConfiguration.Builder global =
        new NeuralNetConfiguration.Builder().updater(new Sgd(LEARNING_RATE));
    Rrnn first = new Rrnn.Builder().nIn(2).nOut(3).build();
    Rrnn second = new Rrnn.Builder().nIn(3).nOut(3).build();
    global.list().layer(first).layer(second).build();
    ((Sgd) first.getIUpdater()).setLearningRate(7);
    assertEquals(LEARNING_RATE, ((Sgd) second.getIUpdater()).getLearningRate());
  }

  /** A copy of a configuration is independent of it, the shapes of the parameters included. */
  @Test
  void aCloneHasShapesOfItsOwn() {
    Rrnn original = new Rrnn.Builder().nIn(2).nOut(3).build();
    Rrnn clone = (Rrnn) original.clone();
    clone.setNIn(InputType.recurrent(7), true);
    assertEquals(7, clone.parameters().get(0).rows());
    assertEquals(2, original.parameters().get(0).rows());
    assertEquals(
        5 * 9, clone.initializer().numParams(clone) - original.initializer().numParams(original));
  }

  @Test
  void constraints() {
    MultiLayerNetwork network = network(b -> b.constrainWeights(new MaxNormConstraint(0.01, 0)));
    network.fit(x, y);
    INDArray norms = network.getLayer(0).getParam("RW").norm2(0);
    assertTrue(norms.maxNumber().doubleValue() <= 0.01 + 1e-12, norms.toString());
  }

  /** The layer sees 0 or x / p; the gradient of what it does not see is 0. */
  @Test
  void dropOut() {
    double retain = 0.5;
    MultiLayerNetwork network = network(b -> b.dropOut(retain));
    Layer layer = network.getLayer(0);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    network.getLayerWiseConfigurations(); // the view of gradients is made by the first fit
    network.fit(x, y);
    INDArray input = Networks.random(3, 20, 2, 25).addi(3);
    INDArray inference = layer.activate(input, false, none).dup();
    assertEquals(input, layer.input(), "nothing is dropped in inference");

    INDArray training = layer.activate(input, true, none);
    assertNotEquals(inference, training);
    INDArray seen = layer.input().dup();
    INDArray gradient = layer.backpropGradient(Networks.random(4, 20, 3, 25), none).getSecond();
    int dropped = 0;
    for (long i = 0; i < seen.length(); i++) {
      double value = seen.reshape(-1).getDouble(i);
      double original = input.reshape(-1).getDouble(i);
      if (value == 0.0) {
        dropped++;
        assertEquals(0.0, gradient.reshape(-1).getDouble(i), 0.0);
      } else {
        assertEquals(original / retain, value, 1e-9);
        assertNotEquals(0.0, gradient.reshape(-1).getDouble(i));
      }
    }
    assertEquals(500, dropped, 90, "of 1,000 (four standard deviations are 63)");
  }

  @Test
  void dropOutOfTheNetworkReachesTheLayer() {
    NeuralNetConfiguration.Builder global = new NeuralNetConfiguration.Builder().dropOut(0.5);
    Rrnn layer = new Rrnn.Builder().nIn(2).nOut(3).build();
    global.list().layer(layer).build();
    assertTrue(layer.getIDropout() != null);
  }

  @Test
  void weightNoiseIsRefused() {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .weightNoise(new DropConnect(0.5))
            .list()
            .layer(new Rrnn.Builder().nOut(3).build());
    Exception e =
        assertThrows(
            DL4JInvalidConfigException.class,
            () -> list.setInputType(InputType.recurrent(2)).build());
    assertTrue(e.getMessage().contains("weight noise"), e.getMessage());
    assertTrue(e.getMessage().contains("dropOut"), e.getMessage());
  }

  @Test
  void weightsBeginWithXavierAndOrthogonalBlocks() {
    int inputs = 60;
    int hidden = 40;
    MultiLayerNetwork network =
        Networks.network(
            new Sgd(0.1), inputs, new Rrnn.Builder().nOut(hidden).biasInit(0.25).build());
    Layer layer = network.getLayer(0);
    for (int block = 0; block < 3; block++) {
      INDArray recurrent =
          layer.getParam("RW").get(all(), interval(block * hidden, (block + 1) * hidden));
      INDArray identity = recurrent.transpose().mmul(recurrent);
      assertEquals(
          0.0,
          identity.sub(Nd4j.eye(hidden).castTo(DataType.DOUBLE)).amaxNumber().doubleValue(),
          1e-6,
          "block " + block);
    }
    assertEquals(
        Math.sqrt(2.0 / (inputs + hidden)), layer.getParam("W").stdNumber().doubleValue(), 0.005);
    assertEquals(
        Math.sqrt(2.0 / (3 * hidden)), layer.getParam("OW").stdNumber().doubleValue(), 0.005);
    assertEquals(0.25, layer.getParam("b").minNumber().doubleValue(), 0.0);
    assertEquals(0.25, layer.getParam("bo").maxNumber().doubleValue(), 0.0);
  }

  @Test
  void weightsDependOnTheSeedAlone() {
    INDArray first = network(b -> b).params();
    Nd4j.rand(3, 3);
    assertEquals(first, network(b -> b).params());
  }

  @Test
  void weightInitialisationCanBeChosen() {
    Rrnn layer =
        new Rrnn.Builder()
            .nOut(3)
            .weightInit(WeightInit.ZERO)
            .recurrentWeightInit(WeightInit.IDENTITY)
            .weightInit("GW", WeightInit.ONES.getWeightInitFunction())
            .build();
    Layer runtime = Networks.network(new Sgd(0.1), 2, layer).getLayer(0);
    assertEquals(0.0, runtime.getParam("W").amaxNumber().doubleValue(), 0.0);
    assertEquals(1.0, runtime.getParam("GW").minNumber().doubleValue(), 0.0);
    assertArrayEquals(
        new double[] {1, 0, 0, 1, 0, 0, 1, 0, 0},
        runtime.getParam("RW").getRow(0).toDoubleVector());
  }
}
