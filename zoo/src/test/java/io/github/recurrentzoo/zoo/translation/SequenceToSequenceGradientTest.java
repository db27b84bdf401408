package io.github.recurrentzoo.zoo.translation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Recurrence;
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

/**
 * The whole network's gradients against numeric ones, with rows of unequal length on both sides.
 */
class SequenceToSequenceGradientTest {
  private static final int SYMBOLS = 6;

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest(name = "{0}, bidirectional {1}, layers {2}, attention {3}")
  @CsvSource({
    "SIMPLE_RNN, true,  1, false",
    "LSTM,       true,  2, false",
    "GRU,        true,  1, false",
    "RRNN,       true,  1, false",
    "PEEPHOLE_LSTM, true, 1, false",
    "SIMPLE_RNN, false, 1, true",
    "LSTM,       true,  2, true",
    "GRU,        true,  1, true",
    "RRNN,       false, 1, true",
  })
  void gradientsAreRight(
      Recurrence recurrence, boolean bidirectional, int layers, boolean attention) {
    ComputationGraph network =
        SequenceToSequence.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .layers(layers)
            .attention(attention)
            .sourceVocabularySize(SYMBOLS)
            .targetVocabularySize(SYMBOLS)
            .embeddingSize(2)
            .hiddenSize(2)
            .clipNorm(0)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    // Larger weights, so that the gradients of the lowest layers are no smaller than rounding.
    network.params().muli(2);
    INDArray[] arrays =
        PairData.arrays(
            PairData.rows(SYMBOLS, new int[] {3, 1, 2}, new int[] {1, 3, 2}),
            SYMBOLS,
            DataType.DOUBLE);
    // All parameters: Deeplearning4j takes a subset of those of a MultiLayerNetwork only.
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(new INDArray[] {arrays[0], arrays[1]})
                .inputMask(new INDArray[] {arrays[2], arrays[3]})
                .labels(new INDArray[] {arrays[4]})
                .labelMask(new INDArray[] {arrays[3]})),
        "a gradient differs from the numeric one; the log says which");
  }
}
