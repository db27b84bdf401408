package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.List;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The whole network's gradients against numeric ones. */
class SequenceForecastingGradientTest {

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest(name = "{0} {1}, bidirectional {2}, layers {3}, {4}")
  @CsvSource({
    "SIMPLE_RNN,    false, 1, SQUARED",
    "SIMPLE_RNN,    true,  2, SQUARED",
    "LSTM,    false, 1, SQUARED",
    "LSTM,    true,  2, ABSOLUTE",
    "PEEPHOLE_LSTM, true, 1, SQUARED",
    "GRU,    false, 2, SQUARED",
    "GRU,    true,  1, ABSOLUTE",
    "RRNN,    false, 1, SQUARED",
    "RRNN,    true,  1, SQUARED",
    "RRNN,    false, 2, SQUARED",
    "RRNN_UPDATED, false, 1, ABSOLUTE",
  })
  void gradientsAreRight(
      Recurrence recurrence, boolean bidirectional, int layers, SequenceForecasting.Loss loss) {
    ComputationGraph network =
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .layers(layers)
            .loss(loss)
            .inputSize(2)
            .hiddenSize(2)
            .horizon(2)
            .targets(2)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Nd4j.getRandom().setSeed(3);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .subset(true)
                .maxPerParam(2)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(new INDArray[] {Nd4j.rand(3, 2, 3)})
                .labels(new INDArray[] {Nd4j.rand(3, 4).addi(1)})),
        "a gradient differs from the numeric one; the log says which");
  }

  /** With a decoder, and with labels that are missing. */
  @ParameterizedTest(name = "{0} bidirectional {1}, layers {2}, {3}")
  @CsvSource({
    "SIMPLE_RNN, false, 1, SQUARED",
    "LSTM,       true,  1, ABSOLUTE",
  })
  void gradientsOfADecoderAreRight(
      Recurrence recurrence, boolean bidirectional, int layers, SequenceForecasting.Loss loss) {
    ComputationGraph network =
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .layers(layers)
            .loss(loss)
            .inputSize(2)
            .futureSize(3)
            .hiddenSize(2)
            .horizon(4)
            .targets(2)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Nd4j.getRandom().setSeed(3);
    INDArray mask = Nd4j.ones(3, 2, 4);
    mask.putScalar(1, 0, 2, 0);
    mask.putScalar(2, 1, 3, 0);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .subset(true)
                .maxPerParam(2)
                .print(PrintMode.FAILURES_ONLY)
                .labelMask(new INDArray[] {mask})
                .inputs(new INDArray[] {Nd4j.rand(3, 2, 3), Nd4j.rand(3, 3, 4)})
                .labels(new INDArray[] {Nd4j.rand(3, 2, 4).addi(1)})),
        "a gradient differs from the numeric one; the log says which");
  }

  /** With quantiles, whose labels are repeated, some of them missing. */
  @ParameterizedTest(name = "future size {0}, {1}")
  @CsvSource({"0, SQUARED", "0, ABSOLUTE", "3, SQUARED"})
  void gradientsOfQuantilesAreRight(int futureSize, SequenceForecasting.Loss loss) {
    ComputationGraph network =
        SequenceForecasting.builder()
            .loss(loss)
            .quantiles(List.of(0.1, 0.9))
            .inputSize(2)
            .futureSize(futureSize)
            .hiddenSize(2)
            .horizon(4)
            .targets(2)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Nd4j.getRandom().setSeed(3);
    boolean decoder = futureSize > 0;
    INDArray labels = decoder ? Nd4j.randn(3, 6, 4) : Nd4j.randn(3, 24);
    INDArray mask = Nd4j.onesLike(labels);
    if (decoder) {
      mask.putScalar(1, 4, 2, 0);
    } else {
      mask.putScalar(1, 17, 0);
    }
    INDArray series = Nd4j.rand(3, 2, 3);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .subset(true)
                .maxPerParam(6)
                .print(PrintMode.FAILURES_ONLY)
                .labelMask(new INDArray[] {mask})
                .inputs(
                    decoder ? new INDArray[] {series, Nd4j.rand(3, 3, 4)} : new INDArray[] {series})
                .labels(new INDArray[] {labels})),
        "a gradient differs from the numeric one; the log says which");
  }

  /** The embedding of the series' name, with and without a decoder. */
  @ParameterizedTest(name = "future size {0}")
  @ValueSource(ints = {0, 2})
  void gradientsOfANetworkForManySeriesAreRight(int futureSize) {
    ComputationGraph network =
        SequenceForecasting.builder()
            .inputSize(2)
            .futureSize(futureSize)
            .series(3)
            .seriesEmbeddingSize(2)
            .hiddenSize(2)
            .horizon(3)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    Nd4j.getRandom().setSeed(3);
    INDArray names = Nd4j.createFromArray(new double[][] {{0}, {3}, {1}});
    INDArray series = Nd4j.rand(3, 2, 3);
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .subset(true)
                .maxPerParam(4)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(
                    futureSize == 0
                        ? new INDArray[] {series, names}
                        : new INDArray[] {series, Nd4j.rand(3, 2, 3), names})
                .labels(
                    new INDArray[] {
                      futureSize == 0 ? Nd4j.rand(3, 3).addi(1) : Nd4j.rand(3, 1, 3).addi(1)
                    })),
        "a gradient differs from the numeric one; the log says which");
  }

  /** What is masked in the labels moves nothing. */
  @Test
  void masksOfSingleLabelsCount() {
    ComputationGraph network =
        SequenceForecasting.builder()
            .inputSize(2)
            .futureSize(3)
            .hiddenSize(2)
            .horizon(4)
            .targets(2)
            .dataType(DataType.DOUBLE)
            .build()
            .init();
    INDArray[] inputs = {Nd4j.rand(3, 2, 3), Nd4j.rand(3, 3, 4)};
    INDArray labels = Nd4j.rand(3, 2, 4);
    INDArray mask = Nd4j.ones(3, 2, 4);
    mask.putScalar(1, 0, 2, 0);
    ComputationGraph other = network.clone();
    network.fit(inputs, new INDArray[] {labels}, null, new INDArray[] {mask});
    INDArray changed = labels.dup();
    changed.putScalar(1, 0, 2, 100);
    other.fit(inputs, new INDArray[] {changed}, null, new INDArray[] {mask});
    assertEquals(network.params(), other.params());
  }
}
