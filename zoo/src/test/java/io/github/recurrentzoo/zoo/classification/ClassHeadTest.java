package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.zoo.text.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ClassHeadTest {

  /** Evidence of size 4 for (sign 1) or against (sign -1) the class of each row. */
  private static TokenRows rows(int count, int classes, int sign) {
    List<int[]> ids = new ArrayList<>();
    List<float[]> evidence = new ArrayList<>();
    int[] classOf = new int[count];
    for (int i = 0; i < count; i++) {
      ids.add(new int[] {2 + i % 3, 2});
      classOf[i] = i % classes;
      float[] says = new float[classes == 2 ? 1 : classes];
      if (classes == 2) {
        says[0] = sign * (classOf[i] == 1 ? 4 : -4);
      } else {
        says[classOf[i]] = sign * 4;
      }
      evidence.add(says);
    }
    return new TokenRows(new TextInputs(ids, evidence), classOf);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 120, 1, 2",
    "3, 120, 1, 2",
    "2, 120, -1, 0",
    "3, 120, -1, 0",
    "3, 0, 1, 1",
    "3, 99, -1, 1"
  })
  void validationRowsDecideHowMuchIsAdded(int classes, int count, int sign, double expected) {
    ComputationGraph network =
        TextClassification.builder()
            .vocabularySize(5)
            .embeddingSize(3)
            .hiddenSize(2)
            .classes(classes)
            .evidence(Evidence.REGRESSION)
            .build()
            .init();
    ClassHead.beginWithEvidence(network, classes);
    INDArray weights = network.getLayer(TextClassification.OUTPUT).getParam("W");
    INDArray before = weights.dup();
    ClassHead.addEvidence(network, classes, rows(count, classes, sign));
    INDArray added = weights.sub(before);
    int units = classes == 2 ? 1 : classes;
    assertEquals(units * expected, added.sumNumber().doubleValue(), 1e-4);
    for (int unit = 0; unit < units; unit++) {
      long row = added.size(0) - units + unit;
      assertEquals(expected, added.getDouble(row, unit), 1e-5);
    }
  }
}
