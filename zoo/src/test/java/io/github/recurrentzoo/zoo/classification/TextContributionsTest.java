package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Recurrence;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gradient times input against the slope of the logit when a word's embedding is scaled. */
class TextContributionsTest {
  private static final int[] TEXT = {3, 1, 4, 5};
  private static final double STEP = 1e-5;

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  private static ComputationGraph network(
      Recurrence recurrence, int classes, boolean both, DataType type) {
    return TextClassification.builder()
        .recurrence(recurrence)
        .classes(classes)
        .bidirectional(both)
        .layers(both ? 2 : 1)
        .vocabularySize(6)
        .embeddingSize(3)
        .hiddenSize(4)
        .dropout(0.4)
        .dataType(type)
        .build()
        .init();
  }

  /** Up to a constant, the same for all texts, which a slope does not see. */
  private static double logit(ComputationGraph network, int answered, int classes) {
    INDArray tokens = Nd4j.create(new double[] {3, 1, 4, 5}, new long[] {1, 4}, 'c');
    double[] p = ClassProbabilities.rows(network.output(false, tokens)[0])[0];
    if (classes == 2) {
      return Math.log(p[answered] / (1 - p[answered]));
    }
    INDArray state =
        network.feedForward(tokens, false).entrySet().stream()
            .filter(
                e ->
                    e.getKey()
                        .equals(network.getConfiguration().getVertexInputs().get("class").get(0)))
            .findFirst()
            .orElseThrow()
            .getValue();
    INDArray weights = network.getLayer("class").getParam("W");
    return state
        .mmul(weights)
        .addRowVector(network.getLayer("class").getParam("b"))
        .getDouble(answered);
  }

  /** With kernels, and asked again after another text. */
  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, false",
    "LSTM, false",
    "GRU, false",
    "RRNN, false",
    "LSTM, true",
    "GRU, true",
    "RRNN, true"
  })
  void floatsOnKernelsAgreeWithDoubles(Recurrence recurrence, boolean both) {
    ComputationGraph doubles = network(recurrence, 3, both, DataType.DOUBLE);
    ComputationGraph floats = network(recurrence, 3, both, DataType.FLOAT);
    floats.params().assign(doubles.params().castTo(DataType.FLOAT));
    TextContributions quick = new TextContributions(floats, 10);
    for (int[] text : new int[][] {TEXT, {2, 2}, {5, 4, 3, 2, 1, 0, 1}, TEXT}) {
      assertArrayEquals(
          new TextContributions(doubles, 10).of(text, null, 1, 3),
          quick.of(text, null, 1, 3),
          1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, 3, false",
    "LSTM,       3, false",
    "RRNN,       3, false",
    "SIMPLE_RNN, 2, true",
    "LSTM,       3, true",
    "RRNN,       2, true",
  })
  void agreesWithNumericSlopes(Recurrence recurrence, int classes, boolean both) {
    ComputationGraph network = network(recurrence, classes, both, DataType.DOUBLE);
    INDArray rows = network.getLayer("embedding").getParam("W");
    for (int answered = 0; answered < classes; answered++) {
      double[] contributions = new TextContributions(network, 10).of(TEXT, null, answered, classes);
      double sum = 0;
      for (int t = 0; t < TEXT.length; t++) {
        INDArray row = rows.getRow(TEXT[t]).dup();
        rows.putRow(TEXT[t], row.mul(1 + STEP));
        double above = logit(network, answered, classes);
        rows.putRow(TEXT[t], row.mul(1 - STEP));
        double below = logit(network, answered, classes);
        rows.putRow(TEXT[t], row);
        double slope = (above - below) / (2 * STEP);
        assertEquals(slope, contributions[t], 1e-6 + 1e-5 * Math.abs(slope), "step " + t);
        sum += Math.abs(slope);
      }
      assertTrue(sum > 1e-3, "the slopes are too small to tell anything");
    }
  }
}
