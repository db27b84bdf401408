package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class NetworkStateTest {

  private static ComputationGraph network(double weights, double updater, int iterations) {
    ComputationGraph network =
        TextClassification.builder().hiddenSize(4).updater(new Adam(0.1)).build().init();
    network.params().assign(weights);
    network.getUpdater().getStateViewArray().assign(updater);
    network.getConfiguration().setIterationCount(iterations);
    network.getConfiguration().setEpochCount(3);
    return network;
  }

  @Test
  void theMeanIsWeightedByRows() {
    NetworkState mean =
        NetworkState.mean(
            List.of(
                new PieceResult(NetworkState.of(network(1, 8, 20)), 30, 0, 0),
                new PieceResult(NetworkState.of(network(5, 16, 21)), 10, 0, 0)));
    ComputationGraph network = network(0, 0, 0);
    mean.restore(network);
    assertEquals(2, network.params().minNumber().floatValue());
    assertEquals(2, network.params().maxNumber().floatValue());
    assertEquals(10, network.getUpdater().getStateViewArray().minNumber().floatValue());
    assertEquals(10, network.getUpdater().getStateViewArray().maxNumber().floatValue());
    assertEquals(21, network.getIterationCount());
    assertEquals(3, network.getEpochCount());
  }
}
