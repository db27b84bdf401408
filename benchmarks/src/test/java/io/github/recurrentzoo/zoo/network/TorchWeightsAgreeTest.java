package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** A network with the weights of a file answers as PyTorch does, which ran and saved the same. */
class TorchWeightsAgreeTest {
  private static final int WORDS = 11;
  private static final int SIZE = 5;
  private static final int HIDDEN = 6;
  private static final int CLASSES = 3;
  private static final int LAYERS = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, false",
    "SIMPLE_RNN, true",
    "LSTM, false",
    "LSTM, true",
    "GRU, false",
    "GRU, true"
  })
  void answersAsPyTorchDoes(Recurrence recurrence, boolean bidirectional) throws IOException {
    int[] text = {3, 1, 4, 1, 5, 9, 2, 6};
    Path file = folder.resolve("model.safetensors");
    float[] expected;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDList weights = recurrentWeights(manager, recurrence, bidirectional);
      NDArray embedding = drawn(manager, "embed.weight", WORDS, SIZE);
      int top = bidirectional ? 2 * HIDDEN : HIDDEN;
      NDArray linear = drawn(manager, "head.weight", CLASSES, top);
      NDArray bias = drawn(manager, "head.bias", CLASSES);
      NDList all = new NDList(weights).addAll(new NDList(embedding, linear, bias));
      try (OutputStream out = Files.newOutputStream(file)) {
        all.encode(out, NDList.Encoding.SAFETENSORS);
      }
      NDArray x = embedding.get(manager.create(text)).expandDims(0);
      NDArray state = finalState(x, weights, recurrence, bidirectional);
      expected = linear.matMul(state).add(bias).softmax(0).toFloatArray();
    }
    ComputationGraph network =
        TextClassification.builder()
            .recurrence(recurrence)
            .bidirectional(bidirectional)
            .layers(LAYERS)
            .hiddenSize(HIDDEN)
            .vocabularySize(WORDS)
            .embeddingSize(SIZE)
            .classes(CLASSES)
            .build()
            .init();
    PyTorchWeights.read(file)
        .copyTo(network, Map.of("embedding", "embed", "recurrent", "rnn", "class", "head"));
    float[] answer =
        network
            .outputSingle(Nd4j.createFromArray(new int[][] {text}).castTo(Nd4j.dataType()))
            .toFloatVector();
    assertArrayEquals(expected, answer, 2e-6f);
  }

  private static NDArray drawn(NDManager manager, String name, long... shape) {
    NDArray array = manager.randomUniform(-0.8f, 0.8f, new Shape(shape));
    array.setName(name);
    return array;
  }

  /** In the order in which PyTorch takes them: by layer and direction. */
  private static NDList recurrentWeights(
      NDManager manager, Recurrence recurrence, boolean bidirectional) {
    int rows = HIDDEN * (recurrence == Recurrence.LSTM ? 4 : recurrence == Recurrence.GRU ? 3 : 1);
    NDList weights = new NDList();
    for (int layer = 0; layer < LAYERS; layer++) {
      int below = layer == 0 ? SIZE : bidirectional ? 2 * HIDDEN : HIDDEN;
      for (String suffix : bidirectional ? new String[] {"", "_reverse"} : new String[] {""}) {
        String end = "_l" + layer + suffix;
        weights.add(drawn(manager, "rnn.weight_ih" + end, rows, below));
        weights.add(drawn(manager, "rnn.weight_hh" + end, rows, HIDDEN));
        weights.add(drawn(manager, "rnn.bias_ih" + end, rows));
        weights.add(drawn(manager, "rnn.bias_hh" + end, rows));
      }
    }
    return weights;
  }

  /** Of the upper layer, both directions one after the other. */
  private static NDArray finalState(
      NDArray x, NDList weights, Recurrence recurrence, boolean bidirectional) {
    int directions = bidirectional ? 2 : 1;
    NDArray zeros = x.getManager().zeros(new Shape((long) LAYERS * directions, 1, HIDDEN));
    var torch = x.getNDArrayInternal();
    NDList results =
        switch (recurrence) {
          case LSTM ->
              torch.lstm(
                  x,
                  new NDList(zeros, zeros),
                  weights,
                  true,
                  LAYERS,
                  0,
                  false,
                  bidirectional,
                  true);
          case GRU -> torch.gru(x, zeros, weights, true, LAYERS, 0, false, bidirectional, true);
          default ->
              torch.rnn(
                  x,
                  zeros,
                  weights,
                  true,
                  LAYERS,
                  RNN.Activation.TANH,
                  0,
                  false,
                  bidirectional,
                  true);
        };
    NDArray last = results.get(1); // [layers * directions, 1, H]
    NDList upper = new NDList();
    for (int d = 0; d < directions; d++) {
      upper.add(last.get((long) (LAYERS - 1) * directions + d).get(0));
    }
    return NDArrays.concat(upper);
  }
}
