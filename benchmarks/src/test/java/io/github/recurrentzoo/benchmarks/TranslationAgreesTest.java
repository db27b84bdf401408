package io.github.recurrentzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Recurrence;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** PyTorch's translation network is ours: from the same weights, its loss falls alike. */
class TranslationAgreesTest {

  @Test
  void lossesAreThoseOfOurs() {
    TranslationProblem problem = TranslationProblem.drawn();
    ComputationGraph ours = TranslationProblem.network(Recurrence.LSTM, true);
    INDArray[] inputs = problem.inputs();
    INDArray[] labels = problem.oneHot();
    try (TorchTranslation torch = new TorchTranslation(problem, ours)) {
      double first = 0;
      double last = 0;
      for (int step = 0; step < 5; step++) {
        ours.fit(inputs, labels); // the score is that before the update
        last = torch.trainingStep();
        first = step == 0 ? last : first;
        assertEquals(ours.score(), last, 1e-4 * last, "step " + step);
      }
      assertTrue(last < first - 0.05, first + " became " + last);
    }
  }
}
