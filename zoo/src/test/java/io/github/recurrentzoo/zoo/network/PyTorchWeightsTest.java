package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.SafeTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks with weights of a file answer as PyTorch's equations do, written out in plain Java. */
class PyTorchWeightsTest {
  private static final int WORDS = 11;
  private static final int SIZE = 3;
  private static final int HIDDEN = 4;
  private static final int CLASSES = 3;
  private static final Map<String, String> MODULES =
      Map.of("embedding", "embed", "recurrent", "rnn", "class", "head");

  @TempDir Path folder;

  static Stream<List<Object>> kinds() {
    List<List<Object>> kinds = new ArrayList<>();
    for (Recurrence recurrence : List.of(Recurrence.SIMPLE_RNN, Recurrence.LSTM, Recurrence.GRU)) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        kinds.add(List.of(recurrence, bidirectional));
      }
    }
    return kinds.stream();
  }

  private static int blocks(Recurrence recurrence) {
    return switch (recurrence) {
      case LSTM -> 4;
      case GRU -> 3;
      default -> 1;
    };
  }

  private static SafeTensorsFile file(Recurrence recurrence, boolean bidirectional, int classes) {
    return new SafeTensorsFile()
        .add("embed.weight", WORDS, SIZE)
        .addRecurrent("rnn", blocks(recurrence), 2, bidirectional, SIZE, HIDDEN)
        .add("head.weight", classes, bidirectional ? 2 * HIDDEN : HIDDEN)
        .add("head.bias", classes);
  }

  private static TextClassification.Builder entry(Recurrence recurrence, boolean bidirectional) {
    return TextClassification.builder()
        .recurrence(recurrence)
        .bidirectional(bidirectional)
        .layers(2)
        .hiddenSize(HIDDEN)
        .vocabularySize(WORDS)
        .embeddingSize(SIZE)
        .classes(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answersAsPyTorchDoes(List<Object> kind) throws IOException {
    Recurrence recurrence = (Recurrence) kind.get(0);
    boolean bidirectional = (Boolean) kind.get(1);
    SafeTensorsFile weights = file(recurrence, bidirectional, CLASSES);
    ComputationGraph network = entry(recurrence, bidirectional).build().init();
    PyTorchWeights.read(weights.write(folder.resolve("w.safetensors"))).copyTo(network, MODULES);
    int[] text = {3, 1, 4, 1, 5, 9, 2, 6};
    INDArray answer =
        network.outputSingle(Nd4j.createFromArray(new int[][] {text}).castTo(Nd4j.dataType()));
    double[] expected =
        softmax(weights.linear("head.weight", "head.bias", state(weights, text, kind)));
    assertArrayEquals(expected, answer.toDoubleVector(), 1e-6);
  }

  /** The final state of both directions of the upper layer. */
  private static double[] state(SafeTensorsFile weights, int[] text, List<Object> kind) {
    int blocks = blocks((Recurrence) kind.get(0));
    List<double[]> steps = new ArrayList<>();
    for (int id : text) {
      steps.add(Arrays.copyOfRange(weights.numbers("embed.weight"), id * SIZE, (id + 1) * SIZE));
    }
    double[] last = {};
    for (int layer = 0; layer < 2; layer++) {
      List<double[]> forward = run(weights, blocks, "_l" + layer, steps);
      last = forward.get(steps.size() - 1);
      if ((Boolean) kind.get(1)) {
        List<double[]> reversed = new ArrayList<>(steps);
        Collections.reverse(reversed);
        List<double[]> backward = run(weights, blocks, "_l" + layer + "_reverse", reversed);
        last = concat(last, backward.get(steps.size() - 1));
        Collections.reverse(backward);
        for (int t = 0; t < forward.size(); t++) {
          forward.set(t, concat(forward.get(t), backward.get(t)));
        }
      }
      steps = forward;
    }
    return last;
  }

  private static double[] concat(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static List<double[]> run(
      SafeTensorsFile weights, int blocks, String suffix, List<double[]> steps) {
    double[] h = new double[HIDDEN];
    double[] c = new double[HIDDEN];
    List<double[]> states = new ArrayList<>();
    for (double[] x : steps) {
      double[] i = weights.linear("rnn.weight_ih" + suffix, "rnn.bias_ih" + suffix, x);
      double[] s = weights.linear("rnn.weight_hh" + suffix, "rnn.bias_hh" + suffix, h);
      double[] next = new double[HIDDEN];
      for (int j = 0; j < HIDDEN; j++) {
        next[j] =
            switch (blocks) {
              case 1 -> Math.tanh(i[j] + s[j]);
              case 3 -> {
                double r = sigmoid(i[j] + s[j]);
                double z = sigmoid(i[HIDDEN + j] + s[HIDDEN + j]);
                double n = Math.tanh(i[2 * HIDDEN + j] + r * s[2 * HIDDEN + j]);
                yield (1 - z) * n + z * h[j];
              }
              default -> {
                double in = sigmoid(i[j] + s[j]);
                double forget = sigmoid(i[HIDDEN + j] + s[HIDDEN + j]);
                double g = Math.tanh(i[2 * HIDDEN + j] + s[2 * HIDDEN + j]);
                double out = sigmoid(i[3 * HIDDEN + j] + s[3 * HIDDEN + j]);
                c[j] = forget * c[j] + in * g;
                yield out * Math.tanh(c[j]);
              }
            };
      }
      h = next;
      states.add(h);
    }
    return states;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] softmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(each -> Math.exp(each) / sum).toArray();
  }

  /** Two logits in PyTorch are one sigmoid unit here. */
  @Test
  void twoClassesAreOneUnit() throws IOException {
    SafeTensorsFile weights = file(Recurrence.GRU, false, 2);
    ComputationGraph network = entry(Recurrence.GRU, false).classes(2).build().init();
    PyTorchWeights.read(weights.write(folder.resolve("w"))).copyTo(network, MODULES);
    int[] text = {3, 1, 4};
    double answer =
        network
            .outputSingle(Nd4j.createFromArray(new int[][] {text}).castTo(Nd4j.dataType()))
            .getDouble(0);
    double[] expected =
        softmax(
            weights.linear(
                "head.weight", "head.bias", state(weights, text, List.of(Recurrence.GRU, false))));
    assertEquals(expected[1], answer, 1e-6);
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() throws IOException {
    Path file = file(Recurrence.LSTM, false, CLASSES).write(folder.resolve("w"));
    PyTorchWeights weights = PyTorchWeights.read(file);
    ComputationGraph larger = entry(Recurrence.LSTM, false).hiddenSize(5).build().init();
    INDArray before = larger.params().dup();
    ModelFileException shape =
        assertThrows(ModelFileException.class, () -> weights.copyTo(larger, MODULES));
    assertTrue(shape.getMessage().contains("[4, 3]"), shape.getMessage());
    assertTrue(shape.getMessage().contains("[5, 3]"), shape.getMessage());
    assertEquals(before, larger.params());
    ComputationGraph gru = entry(Recurrence.GRU, false).build().init();
    assertThrows(ModelFileException.class, () -> weights.copyTo(gru, MODULES));
    ComputationGraph rrnn = entry(Recurrence.RRNN, false).build().init();
    IllegalArgumentException kind =
        assertThrows(IllegalArgumentException.class, () -> weights.copyTo(rrnn, MODULES));
    assertTrue(kind.getMessage().contains("Rrnn"), kind.getMessage());
    ComputationGraph one = entry(Recurrence.LSTM, false).layers(1).build().init();
    ModelFileException layers =
        assertThrows(ModelFileException.class, () -> weights.copyTo(one, MODULES));
    assertTrue(layers.getMessage().contains("more layers than the 1"), layers.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> weights.copyTo(one, Map.of("nowhere", "rnn")));
    ModelFileException name =
        assertThrows(ModelFileException.class, () -> weights.copyTo(one, Map.of("class", "tail")));
    assertTrue(name.getMessage().contains("head.weight"), name.getMessage());
  }

  @Test
  void numbersOfSixteenAndSixtyFourBits() throws IOException {
    byte[] half = {0x00, 0x3c, 0x00, (byte) 0xc0}; // 1, -2
    byte[] brain = {(byte) 0x80, 0x3f, 0x00, (byte) 0xc0};
    byte[] doubles =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(1).putDouble(-2).array();
    Map<String, byte[]> files = Map.of("F16", half, "BF16", brain, "F64", doubles);
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      int size = each.getValue().length / 2;
      Path file =
          SafeTensorsFile.write(
              folder.resolve(each.getKey()),
              SafeTensorsFile.header(Map.of("x", new int[] {2}), each.getKey(), size),
              each.getValue());
      assertArrayEquals(
          new double[] {1, -2}, SafeTensors.open(file).tensor("x").toDoubleVector(), each.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,800]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"x\":{}}",
        "{\"x\":1}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "not JSON",
      })
  void damagedFilesAreRefused(String header) throws IOException {
    Path file = SafeTensorsFile.write(folder.resolve("bad"), header, new byte[8]);
    ModelFileException refused =
        assertThrows(ModelFileException.class, () -> SafeTensors.open(file));
    assertTrue(refused.getMessage().contains("bad"), refused.getMessage());
  }

  @Test
  void whatIsNoFileOfTensorsIsRefused() throws IOException {
    for (byte[] bytes :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3},
            "PK\3\4 and so on, a zip".getBytes(StandardCharsets.UTF_8))) {
      Path file = Files.write(folder.resolve("no"), bytes);
      assertThrows(ModelFileException.class, () -> PyTorchWeights.read(file));
    }
    Path missing = folder.resolve("missing");
    ModelFileException refused =
        assertThrows(ModelFileException.class, () -> PyTorchWeights.read(missing));
    assertTrue(refused.getMessage().contains("There is no file"), refused.getMessage());
  }
}
