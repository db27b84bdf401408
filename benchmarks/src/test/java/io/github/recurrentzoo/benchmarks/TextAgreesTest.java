package io.github.recurrentzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch's text classifier is ours: from the same weights, its loss falls alike. */
class TextAgreesTest {

  @ParameterizedTest(name = "{0} layers, both directions {1}")
  @CsvSource({"1,false", "1,true", "2,false", "2,true"})
  void lossesAreThoseOfOurs(int layers, boolean both) {
    TextProblem problem = new TextProblem(layers, both);
    List<TextProblem.Rows> batches = TextProblem.nouns(3000).subList(0, 6);
    ComputationGraph ours = problem.network();
    try (TorchText torch = new TorchText(problem, ours)) {
      for (int step = 0; step < batches.size(); step++) {
        ours.fit(batches.get(step).inputs(), batches.get(step).oneHot());
        double loss = torch.trainingStep(torch.rows(batches.get(step)));
        assertEquals(ours.score(), loss, 1e-4 * loss, "step " + step);
        assertTrue(loss > 0.5 && loss < 4, "step " + step + ": " + loss);
      }
    }
  }
}
