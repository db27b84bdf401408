package io.github.recurrentzoo.zoo.forecasting;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** The network for those who bring their own arrays. */
class SequenceForecastingTest {

  private static SequenceForecasting.Builder small(Recurrence recurrence) {
    return SequenceForecasting.builder().recurrence(recurrence).inputSize(2).hiddenSize(8);
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void answersAllStepsOfAllTargetsAtOnce(Recurrence recurrence) {
    for (boolean bidirectional : new boolean[] {false, true}) {
      ComputationGraph network =
          small(recurrence)
              .horizon(3)
              .targets(2)
              .layers(2)
              .bidirectional(bidirectional)
              .build()
              .init();
      assertEquals(network.getConfiguration().getNetworkInputs().get(0), "series");
      assertEquals(network.getConfiguration().getNetworkOutputs().get(0), "forecast");
      assertArrayEquals(new long[] {4, 6}, network.output(Nd4j.rand(4, 2, 5))[0].shape());
    }
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void runsOnKernels(Recurrence recurrence) {
    ComputationGraph network = small(recurrence).build().init();
    assertTrue(
        FusedKernels.attach(network).toString().contains("recurrent-1"),
        () -> FusedKernels.attach(network).toString());
  }

  /** The adding problem, short: the sum of the two numbers that are marked. */
  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void learnsToAdd(Recurrence recurrence) {
    ComputationGraph network =
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .inputSize(2)
            .hiddenSize(16)
            .seed(Learning.seed())
            .updater(new Adam(0.01))
            .build()
            .init();
    Random random = new Random(Learning.seed());
    double score = 0;
    for (int i = 0; i < 600; i++) {
      float[][][] input = new float[32][2][6];
      float[][] sum = new float[32][1];
      for (int b = 0; b < 32; b++) {
        for (int t = 0; t < 6; t++) {
          input[b][0][t] = random.nextFloat();
        }
        int first = random.nextInt(3);
        int second = 3 + random.nextInt(3);
        input[b][1][first] = 1;
        input[b][1][second] = 1;
        sum[b][0] = input[b][0][first] + input[b][0][second];
      }
      network.fit(new INDArray[] {Nd4j.create(input)}, new INDArray[] {Nd4j.createFromArray(sum)});
      score = i < 550 ? 0 : score + network.score() / 50;
    }
    assertBelow("squared error of " + recurrence, score, 0.1, "0.01; by chance 0.17");
  }

  @ParameterizedTest
  @EnumSource(SequenceForecasting.Loss.class)
  void theLossIsAMeanOverAllOutputs(SequenceForecasting.Loss loss) {
    ComputationGraph network =
        small(Recurrence.LSTM).horizon(2).targets(2).loss(loss).build().init();
    INDArray input = Nd4j.rand(3, 2, 4);
    double[][] answer = network.output(input)[0].toDoubleMatrix();
    double expected = 0;
    for (double[] row : answer) {
      for (double value : row) {
        double error = value - 0.5;
        boolean squared = loss == SequenceForecasting.Loss.SQUARED;
        expected += (squared ? error * error : Math.abs(error)) / 12;
      }
    }
    network.fit(
        new INDArray[] {input}, new INDArray[] {Nd4j.valueArrayOf(new long[] {3, 4}, 0.5f)});
    assertEquals(expected, network.score(), 1e-6);
  }

  @Test
  void aMaskHidesPadding() {
    ComputationGraph network = small(Recurrence.LSTM).build().init();
    INDArray input = Nd4j.rand(1, 2, 5);
    INDArray longer = Nd4j.concat(2, input, Nd4j.valueArrayOf(new long[] {1, 2, 3}, 9f));
    INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 1, 1, 1, 0, 0, 0}});
    assertEquals(
        network.output(input)[0].getDouble(0),
        network.output(false, new INDArray[] {longer}, new INDArray[] {mask}, null)[0].getDouble(0),
        1e-6);
  }

  @Test
  void optionsAreCheckedAndNamed() {
    SequenceForecasting.Builder builder = SequenceForecasting.builder();
    assertMessage("inputSize must be 1 at least, but is 0", () -> builder.inputSize(0));
    assertMessage("horizon must be 1 at least, but is 0", () -> builder.horizon(0));
    assertMessage("targets must be 1 at least, but is -1", () -> builder.targets(-1));
    assertMessage("loss must be given, but is null", () -> builder.loss(null));
    builder.clipNorm(1).clipValue(1);
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void describesItself() {
    SequenceForecasting entry =
        SequenceForecasting.builder().inputSize(3).horizon(7).targets(2).build();
    assertEquals(3, entry.inputSize());
    assertEquals(7, entry.horizon());
    assertEquals(2, entry.targets());
    assertEquals(SequenceForecasting.Loss.SQUARED, entry.loss());
    assertEquals("SQUARED", entry.describe().get("loss"));
    assertEquals("LSTM", entry.describe().get("recurrence"));
    assertEquals(14, entry.outputs());
    assertEquals(8, entry.toBuilder().horizon(8).build().horizon());
  }
}
