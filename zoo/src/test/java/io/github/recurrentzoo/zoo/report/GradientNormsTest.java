package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

class GradientNormsTest {
  private static ComputationGraph network(Recurrence recurrence, double clip) {
    return TextClassification.builder()
        .recurrence(recurrence)
        .classes(3)
        .vocabularySize(5)
        .embeddingSize(2)
        .hiddenSize(3)
        .clipNorm(clip)
        .updater(new Sgd(1))
        .build()
        .init();
  }

  private static void step(ComputationGraph network) {
    network.fit(
        new INDArray[] {Nd4j.create(new float[][] {{1, 2, 3}, {4, 1, 2}})},
        new INDArray[] {Nd4j.create(new float[][] {{1, 0, 0}, {0, 0, 1}})});
  }

  /** A step of SGD with a learning rate of 1 is the gradient of the mean loss. */
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void theNormIsThatOfTheStep(Recurrence recurrence) {
    ComputationGraph network = network(recurrence, 0);
    GradientNorms norms = new GradientNorms();
    network.setListeners(norms);
    INDArray before = network.params().dup();
    step(network);
    INDArray change = before.sub(network.params()).reshape(network.numParams());
    assertEquals(List.of("embedding", "recurrent-1", "class"), norms.layers());
    long from = 0;
    for (String layer : norms.layers()) {
      long to = from + network.getLayer(layer).numParams();
      double expected = change.get(NDArrayIndex.interval(from, to)).norm2Number().doubleValue();
      assertTrue(expected > 0);
      assertEquals(expected, norms.points().get(0).norms().get(layer), 1e-5 * expected + 1e-6);
      from = to;
    }
    assertEquals(network.numParams(), from);
  }

  @Test
  void clippingDoesNotHideWhatIsLarge() {
    GradientNorms free = new GradientNorms();
    GradientNorms clipped = new GradientNorms();
    ComputationGraph first = network(Recurrence.LSTM, 0);
    ComputationGraph second = network(Recurrence.LSTM, 1e-3);
    first.setListeners(free);
    second.setListeners(clipped);
    step(first);
    step(second);
    assertEquals(free.points(), clipped.points());
  }

  @Test
  void pointsAreFewAndEvenlySpaced() {
    ComputationGraph network = network(Recurrence.SIMPLE_RNN, 0);
    GradientNorms norms = new GradientNorms();
    network.setListeners(norms);
    for (int i = 0; i < 700; i++) {
      step(network);
    }
    assertEquals(4, norms.interval());
    assertEquals(175, norms.points().size());
    for (int i = 0; i < 175; i++) {
      assertEquals(1 + 4L * i, norms.points().get(i).step());
    }
  }
}
