package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Minibatches of changing length and size. */
class RecurrentLengthsTest {

  private static MultiLayerNetwork network(OwnLayer layer, boolean adam) {
    return Networks.network(
        adam ? new Adam(0.02) : new Sgd(0.1),
        3,
        layer.builder().nOut(4).build(),
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nOut(1)
            .build());
  }

  /** The running mean of the first feature is what is to be learnt. */
  private static DataSet batch(long seed, int rows, int steps) {
    INDArray x = Networks.random(seed, rows, 3, steps);
    INDArray y = Networks.random(seed, rows, 1, steps);
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int t = 0; t < steps; t++) {
        sum += x.getDouble(row, 0, t);
        y.putScalar(row, 0, t, sum / (t + 1));
      }
    }
    return new DataSet(x, y);
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void trainsAndPredictsAtAnyLengthAndBatchSize(OwnLayer layer) {
    MultiLayerNetwork network = network(layer, true);
    PlainRecurrence plain = layer.plain(network.getLayer(0));
    DataSet held = batch(99, 6, 9);
    double before = network.score(held);
    for (int round = 0; round < 40; round++) {
      int rows = 1 + round % 5;
      for (int steps : new int[] {5, 3, 7, 1}) {
        network.fit(batch(round * 10L + steps, rows, steps));
        INDArray x = batch(round, rows, steps).getFeatures();
        INDArray actual = network.feedForwardToLayer(0, x).get(1);
        INDArray expected = plain.output(x, null, null);
        assertArrayEquals(new long[] {rows, 4, steps}, actual.shape());
        assertEquals(0.0, expected.sub(actual).amaxNumber().doubleValue(), 1e-10);
      }
    }
    double after = network.score(held);
    assertTrue(after < before / 4, "mean squared error from " + before + " to " + after);
  }

  /** A step on one batch depends on that batch alone, whatever lengths came before. */
  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void forgetsTheLengthsBefore(OwnLayer layer) {
    MultiLayerNetwork used = network(layer, false);
    INDArray params = used.params().dup();
    for (int steps : new int[] {4, 9, 2}) {
      used.fit(batch(steps, 3, steps));
    }
    used.setParams(params);
    used.fit(batch(1, 2, 6));
    MultiLayerNetwork fresh = network(layer, false);
    fresh.setParams(params);
    fresh.fit(batch(1, 2, 6));
    assertEquals(fresh.params(), used.params());
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void workspacesChangeNothing(OwnLayer layer) {
    MultiLayerNetwork with = network(layer, true);
    MultiLayerNetwork without = network(layer, true);
    without.getLayerWiseConfigurations().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    without.getLayerWiseConfigurations().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    for (int steps : new int[] {4, 2, 6, 4}) {
      with.fit(batch(steps, 3, steps));
      without.fit(batch(steps, 3, steps));
      INDArray x = batch(steps, 2, steps).getFeatures();
      assertEquals(with.output(x), without.output(x));
    }
    assertEquals(with.params(), without.params());
  }
}
