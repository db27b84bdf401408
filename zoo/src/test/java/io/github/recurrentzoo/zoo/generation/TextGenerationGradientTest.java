package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The whole network's gradients against numeric ones, with steps that do not count. */
class TextGenerationGradientTest {

  private static final int VOCABULARY = 4;
  private static final int ROWS = 3;
  private static final int STEPS = 4;

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, 1",
    "SIMPLE_RNN, 2",
    "LSTM, 1",
    "LSTM, 2",
    "GRU, 2",
    "RRNN, 2",
    "RRNN_UPDATED, 1",
  })
  void gradientsAreRight(Recurrence recurrence, int layers) {
    ComputationGraph network =
        TextGeneration.builder()
            .recurrence(recurrence)
            .layers(layers)
            .vocabularySize(VOCABULARY)
            .embeddingSize(2)
            .hiddenSize(3)
            .segmentLength(STEPS)
            .clipNorm(0)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Random random = new Random(1);
    INDArray ids = Nd4j.zeros(DataType.DOUBLE, ROWS, STEPS);
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, ROWS, VOCABULARY, STEPS);
    INDArray mask = Nd4j.zeros(DataType.DOUBLE, ROWS, STEPS);
    for (int b = 0; b < ROWS; b++) {
      for (int t = 0; t < STEPS; t++) {
        ids.putScalar(b, t, random.nextInt(VOCABULARY));
        labels.putScalar(b, random.nextInt(VOCABULARY), t, 1);
        mask.putScalar(b, t, (b + t) % 2);
      }
    }
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .subset(true)
                .maxPerParam(2)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(new INDArray[] {ids})
                .labels(new INDArray[] {labels})
                .labelMask(new INDArray[] {mask})),
        "a gradient differs from the numeric one; the log says which");
  }
}
