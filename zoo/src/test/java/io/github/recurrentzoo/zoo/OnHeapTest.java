package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import io.github.recurrentzoo.layers.inference.SymbolNetwork;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which networks of the zoo are asked on the Java heap, and that they answer as they do. */
class OnHeapTest {

  @BeforeAll
  static void oneThread() {
    NativeThreads.useOne();
  }

  private static void assertAsks(boolean expected, ComputationGraph network) {
    assertEquals(expected, InferenceNetwork.of(network).isPresent());
  }

  /** All tasks; those of peephole LSTMs, which have no kernel, are left to Deeplearning4j. */
  @ParameterizedTest
  @EnumSource
  void eachTaskOfEachRecurrence(Recurrence recurrence) {
    boolean kernels = recurrence != Recurrence.PEEPHOLE_LSTM;
    for (boolean both : new boolean[] {false, true}) {
      for (Pooling pooling : Pooling.values()) {
        assertAsks(
            kernels,
            TextClassification.builder()
                .recurrence(recurrence)
                .bidirectional(both)
                .layers(2)
                .pooling(pooling)
                .evidence(Evidence.REGRESSION)
                .dropout(0.5)
                .vocabularySize(20)
                .classes(3)
                .build()
                .init());
      }
      assertAsks(
          kernels,
          SequenceTagging.builder()
              .recurrence(recurrence)
              .bidirectional(both)
              .vocabularySize(20)
              .vectorSize(4)
              .labels(3)
              .build()
              .init());
      assertAsks(
          kernels,
          SequenceForecasting.builder()
              .recurrence(recurrence)
              .bidirectional(both)
              .inputSize(2)
              .horizon(3)
              .build()
              .init());
      ComputationGraph translator =
          SequenceToSequence.builder()
              .recurrence(recurrence)
              .bidirectional(both)
              .sourceVocabularySize(9)
              .targetVocabularySize(9)
              .build()
              .init();
      assertEquals(kernels, SymbolNetwork.of(translator, SequenceToSequence.SYMBOLS).isPresent());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Recurrence.class, mode = Mode.EXCLUDE, names = "PEEPHOLE_LSTM")
  void textIsGenerated(Recurrence recurrence) {
    ComputationGraph network =
        TextGeneration.builder().recurrence(recurrence).layers(2).build().init();
    assertTrue(SymbolNetwork.of(network, TextGeneration.NEXT).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, false", "LSTM, true", "GRU, true", "RRNN, false"})
  void forecastsAsTheNetworkDoes(Recurrence recurrence, boolean both) {
    ComputationGraph network =
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .bidirectional(both)
            .inputSize(3)
            .horizon(4)
            .build()
            .init();
    Inference inference = InferenceNetwork.of(network).orElseThrow().newInference();
    for (int rows : new int[] {1, 40}) {
      int steps = 30;
      float[][] lines = new float[steps * rows][3];
      Random random = new Random(rows);
      for (float[] line : lines) {
        for (int i = 0; i < line.length; i++) {
          line[i] = (float) random.nextGaussian();
        }
      }
      INDArray series = Nd4j.createFromArray(lines).reshape(steps, rows, 3).permute(1, 2, 0).dup();
      float[][] expected = network.outputSingle(series.castTo(DataType.FLOAT)).toFloatMatrix();
      int[] lengths = new int[rows];
      Arrays.fill(lengths, steps);
      float[][] found = inference.begin(lengths).numbers(0, lines).run().output(0);
      for (int row = 0; row < rows; row++) {
        assertArrayEquals(expected[row], found[row], 1e-5f);
      }
    }
  }
}
