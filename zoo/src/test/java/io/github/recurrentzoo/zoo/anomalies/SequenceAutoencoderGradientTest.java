package io.github.recurrentzoo.zoo.anomalies;

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
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The whole network's gradients against numeric ones, with values that are missing. */
class SequenceAutoencoderGradientTest {

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest(name = "{0}, both directions {1}, {2} layers")
  @CsvSource({
    "SIMPLE_RNN, true, 1",
    "LSTM, false, 1",
    "LSTM, true, 2",
    "GRU, false, 1",
    "RRNN, false, 1"
  })
  void gradientsAreRight(Recurrence recurrence, boolean bidirectional, int layers) {
    ComputationGraph network =
        SequenceAutoencoder.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .layers(layers)
            .channels(2)
            .placeSize(2)
            .codeSize(2)
            .hiddenSize(2)
            .clipNorm(0)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    MultiDataSet data = AnomalyData.dataSet(3, 2, 2, 4);
    INDArray mask = Nd4j.ones(3, 2, 4);
    mask.putScalar(0, 1, 2, 0);
    mask.putScalar(2, 0, 0, 0);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .subset(true)
                .maxPerParam(3)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(data.getFeatures())
                .labelMask(new INDArray[] {mask})
                .labels(new INDArray[] {data.getLabels()[0].addi(2)})),
        "a gradient differs from the numeric one; the log says which");
  }
}
