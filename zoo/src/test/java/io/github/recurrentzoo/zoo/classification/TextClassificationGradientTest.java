package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.Evidence;
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

/** The whole network's gradients against numeric ones, with rows of unequal length. */
class TextClassificationGradientTest {

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
    "LSTM, true, 3",
    "LSTM, false, 2",
    "GRU, true, 2",
    "RRNN, false, 3",
    "SIMPLE_RNN, true, 3"
  })
  void gradientsThroughConcatPoolingBesideEvidence(
      Recurrence recurrence, boolean bidirectional, int classes) {
    ComputationGraph network =
        TextClassification.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .pooling(Pooling.CONCAT)
            .evidence(Evidence.REGRESSION)
            .classes(classes)
            .vocabularySize(6)
            .embeddingSize(2)
            .hiddenSize(3)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Batch batch = Batch.of(6, classes, 3, 1, 2);
    INDArray evidence =
        Nd4j.linspace(DataType.DOUBLE, -1, 0.3, 3L * batch.labels().size(1))
            .reshape(3, batch.labels().size(1));
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(new INDArray[] {batch.tokens(), evidence})
                .inputMask(new INDArray[] {batch.mask(), null})
                .labels(new INDArray[] {batch.labels()})),
        "a gradient differs from the numeric one; the log says which");
  }

  @ParameterizedTest(name = "{0}, bidirectional {1}, layers {2}, classes {3}")
  @CsvSource({
    "SIMPLE_RNN, false, 1, 3",
    "SIMPLE_RNN, false, 2, 3",
    "SIMPLE_RNN, true,  1, 3",
    "SIMPLE_RNN, true,  2, 3",
    "LSTM,       false, 1, 3",
    "LSTM,       false, 2, 3",
    "LSTM,       true,  1, 3",
    "LSTM,       true,  2, 3",
    "PEEPHOLE_LSTM, false, 2, 3",
    "PEEPHOLE_LSTM, true,  1, 3",
    "GRU,        false, 1, 3",
    "GRU,        true,  2, 3",
    "RRNN,       false, 1, 3",
    "RRNN,       false, 2, 3",
    "RRNN,       true,  1, 3",
    "RRNN,       true,  2, 3",
    "LSTM,       false, 1, 2",
    "LSTM,       true,  2, 2",
  })
  void gradientsAreRight(Recurrence recurrence, boolean bidirectional, int layers, int classes) {
    ComputationGraph network =
        TextClassification.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .layers(layers)
            .classes(classes)
            .vocabularySize(6)
            .embeddingSize(2)
            .hiddenSize(3)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Batch batch = Batch.of(6, classes, 3, 1, 2);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .subset(true)
                .maxPerParam(4)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(new INDArray[] {batch.tokens()})
                .inputMask(new INDArray[] {batch.mask()})
                .labels(new INDArray[] {batch.labels()})),
        "a gradient differs from the numeric one; the log says which");
  }
}
