package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Rows of rare labels may count more. */
class ClassWeightsTest {

  private static List<LabeledText> rows(int a, int b) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < a + b; i++) {
      rows.add(new LabeledText("text " + i, i < a ? "a" : "b"));
    }
    return rows;
  }

  private static Stream<String> labels(int a, int b) {
    return rows(a, b).stream().map(LabeledText::label);
  }

  @Test
  void balancedIsAsInScikitLearn() {
    assertArrayEquals(
        new double[] {100 / (2 * 90.0), 100 / (2 * 10.0)},
        ClassWeights.BALANCED.of(List.of("a", "b"), labels(90, 10)),
        1e-12);
    assertArrayEquals(
        new double[] {1, 5}, ClassWeights.of(Map.of("b", 5.0)).of(List.of("a", "b"), labels(9, 1)));
    assertTrue(ClassWeights.NONE.isNone());
    assertFalse(ClassWeights.BALANCED.isNone());
  }

  @Test
  void whatCannotBeIsRefused() {
    String message =
        assertThrows(
                DataException.class,
                () -> ClassWeights.of(Map.of("c", 2.0)).of(List.of("a", "b"), labels(2, 2)))
            .getMessage();
    assertTrue(message.contains("\"c\"") && message.contains("[a, b]"), message);
    assertThrows(IllegalArgumentException.class, () -> ClassWeights.of(Map.of("a", 0.0)));
    assertThrows(IllegalArgumentException.class, () -> new ClassWeights(true, Map.of("a", 2.0)));
  }

  private record Step(INDArray change, Measures measures) {}

  /** One step of gradient descent over all rows at once. */
  private static Step step(int classes, double[] weights, int... rows) {
    List<int[]> ids = new ArrayList<>();
    for (int row : rows) {
      ids.add(row == 0 ? new int[] {2, 3, 4} : new int[] {3, 2 + row});
    }
    TokenRows tokens = new TokenRows(TextInputs.of(ids), rows);
    ComputationGraph network =
        TextClassification.builder()
            .vocabularySize(8)
            .embeddingSize(4)
            .hiddenSize(5)
            .classes(classes)
            .updater(new Sgd(1))
            .build()
            .init();
    INDArray before = network.params().dup();
    ClassificationTask task = new ClassificationTask(weights, tokens, tokens, rows.length, 0);
    network.setListeners(task.listeners());
    Measures measures = task.epoch(1, new Random(1)).get(0).train(network);
    return new Step(network.params().sub(before), measures);
  }

  /** A row of weight 3 is three times the same row; with a sigmoid at the end and with softmax. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aWeightIsANumberOfRows(int classes) {
    double[] weights = classes == 2 ? new double[] {1, 3} : new double[] {1, 3, 1};
    double[] ones = classes == 2 ? new double[] {1, 1} : new double[] {1, 1, 1};
    Step weighted = step(classes, weights, 0, 1);
    Step repeated = step(classes, ones, 0, 1, 1, 1);
    INDArray expected = repeated.change().mul(2); // the mean over two rows, not over four
    assertEquals(0, weighted.change().sub(expected).norm2Number().doubleValue(), 1e-6);
    assertTrue(expected.norm2Number().doubleValue() > 1e-3);
    assertEquals(2 * repeated.measures().loss(), weighted.measures().loss(), 1e-5);
    assertEquals(step(classes, ones, 0, 1).measures().metric(), weighted.measures().metric());
  }

  private static double rareRecall(List<LabeledText> rows, ClassWeights weights, long seed) {
    double right = 0;
    double all = 0;
    TrainingOptions training =
        TrainingOptions.builder().epochs(12).patience(12).batchSize(16).seed(seed).build();
    TextClassification network =
        TextClassification.builder()
            .hiddenSize(16)
            .embeddingSize(16)
            .updater(new Adam(0.005))
            .seed(seed)
            .build();
    for (StratifiedSplit fold : StratifiedSplit.folds(rows, 2, seed)) {
      ClassificationReport report =
          TextClassifier.train(
                  LabeledRows.of(fold.training()).weighted(weights),
                  network,
                  training,
                  TrainingRun.SILENT)
              .evaluate(fold.test());
      for (ClassificationReport.LabelScore score : report.scores()) {
        if (score.label().equals("fraud")) {
          right += score.recall() * score.support();
          all += score.support();
        }
      }
    }
    return right / all;
  }

  @Test
  void isWrittenAsTheOption() {
    assertEquals("none", ClassWeights.NONE.toString());
    assertEquals("balanced", ClassWeights.BALANCED.toString());
    assertEquals("ham=1.0,spam=5.0", ClassWeights.of(Map.of("spam", 5.0, "ham", 1.0)).toString());
  }

  /** 290 rows of one label and 10 of the other: without weights the rare one is never answered. */
  @Tag("learning")
  @Test
  void balancedWeightsFindMoreOfARareLabel() {
    List<LabeledText> rows =
        LabeledTextReader.builder().build().read(Path.of("src/test/resources/cases/imbalance.csv"));
    double none = 0;
    double balanced = 0;
    for (long seed = Learning.seed(); seed < Learning.seed() + 3; seed++) {
      none += rareRecall(rows, ClassWeights.NONE, seed) / 3;
      balanced += rareRecall(rows, ClassWeights.BALANCED, seed) / 3;
    }
    Learning.assertAtLeast(
        "recall of the rare label with balanced weights",
        balanced,
        none + 0.2,
        "0.2 or more above none");
  }
}
