package io.github.recurrentzoo.zoo.sequences;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Pooling;
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
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The whole network's gradients against numeric ones, with rows of several lengths. */
class SequenceClassificationGradientTest {

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest(name = "{0}, both directions {1}, {2}, {3} filters")
  @CsvSource({
    "SIMPLE_RNN, true, CONCAT, 2",
    "LSTM, true, FINAL, 3",
    "GRU, false, FINAL, 2",
    "RRNN, false, CONCAT, 0",
  })
  void gradientsAreRight(
      Recurrence recurrence, boolean bidirectional, Pooling pooling, int filters) {
    SequenceClassification entry =
        SequenceClassification.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .pooling(pooling)
            .channels(2)
            .missing(filters == 3)
            .classes(3)
            .filters(filters)
            .filterWidth(2)
            .hiddenSize(3)
            .clipNorm(0)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build();
    ComputationGraph network = entry.init();
    MultiDataSet data = SequenceData.dataSet(entry.frames().frameSize(), 3, 4, 1, 3);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .subset(true)
                .maxPerParam(3)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(data.getFeatures())
                .labels(data.getLabels())
                .inputMask(data.getFeaturesMaskArrays())),
        "a gradient differs from the numeric one; the log says which");
  }
}
