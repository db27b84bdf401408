package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks with weights of a file answer as Keras's equations do, written out in plain Java. The
 * files have the tensors where Keras 3 and Keras 2 put them.
 */
class KerasWeightsTest {
  private static final int WORDS = 9;
  private static final int SIZE = 3;
  private static final int HIDDEN = 4;
  private static final int CLASSES = 3;

  @TempDir Path folder;

  private final Random random = new Random(5);
  private final Map<String, Object> weights = new LinkedHashMap<>();

  private record Kind(Recurrence recurrence, boolean bidirectional, boolean former) {}

  static Stream<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (Recurrence recurrence : List.of(Recurrence.SIMPLE_RNN, Recurrence.LSTM, Recurrence.GRU)) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        kinds.add(new Kind(recurrence, bidirectional, false));
        kinds.add(new Kind(recurrence, bidirectional, true));
      }
    }
    return kinds.stream();
  }

  private float[] vector(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  private float[][] matrix(int rows, int columns) {
    return Stream.generate(() -> vector(columns)).limit(rows).toArray(float[][]::new);
  }

  /** Tensors by path; {@link #weights} has them by layer and role. */
  private Map<String, Object> tensors(Kind kind, int classes) {
    Map<String, Object> tensors = new LinkedHashMap<>();
    String cell = kind.recurrence == Recurrence.SIMPLE_RNN ? "simple_rnn" : name(kind.recurrence);
    add(tensors, kind.former, "embedding", "", "embeddings", 0, matrix(WORDS, SIZE));
    int blocks = kind.recurrence == Recurrence.LSTM ? 4 : kind.recurrence == Recurrence.GRU ? 3 : 1;
    for (int layer = 0; layer < 2; layer++) {
      String base = kind.bidirectional ? "bidirectional" : cell;
      String name = layer == 0 ? base : base + "_1";
      int inputs = layer == 0 ? SIZE : kind.bidirectional ? 2 * HIDDEN : HIDDEN;
      for (String direction : kind.bidirectional ? List.of("forward", "backward") : List.of("")) {
        String within =
            direction.isEmpty()
                ? kind.former ? cell + "_cell/" : "cell/"
                : kind.former
                    ? direction + "_" + cell + "/" + cell + "_cell/"
                    : direction + "_layer/cell/";
        boolean gru = kind.recurrence == Recurrence.GRU;
        add(tensors, kind.former, name, within, "kernel", 0, matrix(inputs, blocks * HIDDEN));
        Object state = matrix(HIDDEN, blocks * HIDDEN);
        add(tensors, kind.former, name, within, "recurrent_kernel", 1, state);
        Object bias = gru ? matrix(2, blocks * HIDDEN) : vector(blocks * HIDDEN);
        add(tensors, kind.former, name, within, "bias", 2, bias);
        if (!kind.former) { // as an LSTM with dropout has
          tensors.put("layers/" + name + "/" + within + "seed_generator/vars/0", new int[] {7, 8});
        }
      }
    }
    int top = kind.bidirectional ? 2 * HIDDEN : HIDDEN;
    add(tensors, kind.former, "dense", "", "kernel", 0, matrix(top, classes));
    add(tensors, kind.former, "dense", "", "bias", 1, vector(classes));
    return tensors;
  }

  private static String name(Recurrence recurrence) {
    return recurrence.name().toLowerCase(java.util.Locale.ROOT);
  }

  private void add(
      Map<String, Object> tensors,
      boolean former,
      String layer,
      String within,
      String role,
      int number,
      Object numbers) {
    tensors.put(
        former
            ? "model_weights/" + layer + "/" + layer + "/" + within + role + ":0"
            : "layers/" + layer + "/" + within + "vars/" + number,
        numbers);
    String direction =
        within.startsWith("forward")
            ? " forward"
            : within.startsWith("backward") ? " backward" : "";
    weights.put(layer + direction + " " + role, numbers);
  }

  private static Path write(Map<String, Object> tensors, Path file) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      Map<String, WritableGroup> groups = new HashMap<>();
      groups.put("", hdf);
      tensors.forEach(
          (path, numbers) -> {
            String at = "";
            String[] parts = path.split("/", -1);
            for (int i = 0; i < parts.length - 1; i++) {
              WritableGroup above = groups.get(at);
              String name = parts[i];
              at = at.isEmpty() ? name : at + "/" + name;
              groups.computeIfAbsent(at, key -> above.putGroup(name));
            }
            groups.get(at).putDataset(parts[parts.length - 1], numbers);
          });
    }
    return file;
  }

  private static TextClassification.Builder entry(Kind kind) {
    return TextClassification.builder()
        .recurrence(kind.recurrence)
        .bidirectional(kind.bidirectional)
        .layers(2)
        .hiddenSize(HIDDEN)
        .vocabularySize(WORDS)
        .embeddingSize(SIZE)
        .classes(CLASSES);
  }

  private static Map<String, String> layers(Kind kind) {
    String cell =
        kind.bidirectional
            ? "bidirectional"
            : kind.recurrence == Recurrence.SIMPLE_RNN ? "simple_rnn" : name(kind.recurrence);
    return Map.of(
        "embedding",
        "embedding",
        "recurrent-1",
        cell,
        "recurrent-2",
        cell + "_1",
        "class",
        "dense");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answersAsKerasDoes(Kind kind) {
    Path file = write(tensors(kind, CLASSES), folder.resolve("model.weights.h5"));
    ComputationGraph network = entry(kind).build().init();
    KerasWeights.read(file).copyTo(network, layers(kind));
    int[] text = {3, 1, 4, 1, 5, 8, 2, 6};
    INDArray answer =
        network.outputSingle(Nd4j.createFromArray(new int[][] {text}).castTo(Nd4j.dataType()));
    double[] expected = softmax(logits(kind, text));
    assertArrayEquals(expected, answer.toDoubleVector(), 1e-6);
  }

  private double[] logits(Kind kind, int[] text) {
    List<double[]> steps = new ArrayList<>();
    float[][] embeddings = (float[][]) weights.get("embedding embeddings");
    for (int id : text) {
      steps.add(doubles(embeddings[id]));
    }
    double[] last = {};
    for (int layer = 1; layer <= 2; layer++) {
      String name = layers(kind).get("recurrent-" + layer);
      List<double[]> forward = run(name + (kind.bidirectional ? " forward " : " "), steps);
      last = forward.get(forward.size() - 1);
      if (kind.bidirectional) {
        List<double[]> reversed = new ArrayList<>(steps);
        java.util.Collections.reverse(reversed);
        List<double[]> backward = run(name + " backward ", reversed);
        last = concat(last, backward.get(backward.size() - 1));
        java.util.Collections.reverse(backward);
        for (int t = 0; t < forward.size(); t++) {
          forward.set(t, concat(forward.get(t), backward.get(t)));
        }
      }
      steps = forward;
    }
    return plus(
        times(last, (float[][]) weights.get("dense kernel")),
        doubles((float[]) weights.get("dense bias")));
  }

  private List<double[]> run(String name, List<double[]> steps) {
    float[][] kernel = (float[][]) weights.get(name + "kernel");
    float[][] recurrent = (float[][]) weights.get(name + "recurrent_kernel");
    Object bias = weights.get(name + "bias");
    double[] h = new double[HIDDEN];
    double[] c = new double[HIDDEN];
    List<double[]> states = new ArrayList<>();
    for (double[] x : steps) {
      double[] xs = times(x, kernel);
      double[] hs = times(h, recurrent);
      if (bias instanceof float[][] both) {
        xs = plus(xs, doubles(both[0]));
        hs = plus(hs, doubles(both[1]));
      } else {
        xs = plus(xs, doubles((float[]) bias));
      }
      double[] next = new double[HIDDEN];
      for (int j = 0; j < HIDDEN; j++) {
        if (xs.length == HIDDEN) {
          next[j] = Math.tanh(xs[j] + hs[j]);
        } else if (xs.length == 3 * HIDDEN) {
          double z = sigmoid(xs[j] + hs[j]);
          double r = sigmoid(xs[HIDDEN + j] + hs[HIDDEN + j]);
          double candidate = Math.tanh(xs[2 * HIDDEN + j] + r * hs[2 * HIDDEN + j]);
          next[j] = z * h[j] + (1 - z) * candidate;
        } else {
          double i = sigmoid(xs[j] + hs[j]);
          double f = sigmoid(xs[HIDDEN + j] + hs[HIDDEN + j]);
          c[j] = f * c[j] + i * Math.tanh(xs[2 * HIDDEN + j] + hs[2 * HIDDEN + j]);
          next[j] = sigmoid(xs[3 * HIDDEN + j] + hs[3 * HIDDEN + j]) * Math.tanh(c[j]);
        }
      }
      h = next;
      states.add(h);
    }
    return states;
  }

  private static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    Arrays.setAll(doubles, i -> numbers[i]);
    return doubles;
  }

  private static double[] times(double[] x, float[][] matrix) {
    double[] product = new double[matrix[0].length];
    for (int j = 0; j < product.length; j++) {
      for (int i = 0; i < x.length; i++) {
        product[j] += x[i] * matrix[i][j];
      }
    }
    return product;
  }

  private static double[] plus(double[] a, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  private static double[] concat(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] softmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(each -> Math.exp(each) / sum).toArray();
  }

  /** A softmax over two in Keras is one sigmoid unit here; the file is a zip, as of model.save. */
  @Test
  void readsTheZipOfKeras3() throws IOException {
    Kind kind = new Kind(Recurrence.GRU, false, false);
    Path inner = write(tensors(kind, 2), folder.resolve("inner.h5"));
    Path file = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("metadata.json"));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      zip.write(Files.readAllBytes(inner));
    }
    ComputationGraph network = entry(kind).classes(2).build().init();
    KerasWeights.read(file).copyTo(network, layers(kind));
    int[] text = {3, 1, 4};
    double answer =
        network
            .outputSingle(Nd4j.createFromArray(new int[][] {text}).castTo(Nd4j.dataType()))
            .getDouble(0);
    assertEquals(softmax(logits(kind, text))[1], answer, 1e-6);
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    Kind kind = new Kind(Recurrence.LSTM, false, false);
    KerasWeights read = KerasWeights.read(write(tensors(kind, CLASSES), folder.resolve("w.h5")));
    ComputationGraph larger = entry(kind).hiddenSize(5).build().init();
    INDArray before = larger.params().dup();
    String shapes = refused(() -> read.copyTo(larger, layers(kind)));
    assertTrue(shapes.contains("[4, 3]") && shapes.contains("[5, 3]"), shapes);
    assertEquals(before, larger.params());
    ComputationGraph same = entry(kind).build().init();
    String missing = refused(() -> read.copyTo(same, Map.of("class", "dense_1")));
    assertTrue(missing.contains("dense_1") && missing.contains("layers/dense/vars/0"), missing);
    ComputationGraph both = entry(new Kind(Recurrence.LSTM, true, false)).build().init();
    String direction = refused(() -> read.copyTo(both, Map.of("recurrent-1", "lstm")));
    assertTrue(direction.contains("Bidirectional"), direction);
    ComputationGraph gru = entry(new Kind(Recurrence.GRU, false, false)).build().init();
    refused(() -> read.copyTo(gru, Map.of("recurrent-1", "lstm")));
    assertThrows(
        IllegalArgumentException.class, () -> read.copyTo(same, Map.of("nowhere", "dense")));
    ComputationGraph rrnn = entry(new Kind(Recurrence.RRNN, false, false)).build().init();
    assertThrows(
        IllegalArgumentException.class, () -> read.copyTo(rrnn, Map.of("recurrent-1", "lstm")));
  }

  @Test
  void saysWhichLibraryIsMissing() throws Exception {
    URL[] places =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(place -> url(Path.of(place)))
            .toArray(URL[]::new);
    try (URLClassLoader without =
        new URLClassLoader(places, ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.jhdf.")) {
              throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
          }
        }) {
      Class<?> weights = without.loadClass(KerasWeights.class.getName());
      Throwable thrown =
          assertThrows(
                  InvocationTargetException.class,
                  () -> weights.getMethod("read", Path.class).invoke(null, folder.resolve("w.h5")))
              .getCause();
      assertEquals(ModelFileException.class.getName(), thrown.getClass().getName());
      assertTrue(thrown.getMessage().contains("io.jhdf:jhdf"), thrown.getMessage());
    }
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** reset_after=False has one bias. */
  @Test
  void aGruThatResetsBeforeIsRefused() {
    Kind kind = new Kind(Recurrence.GRU, false, false);
    Map<String, Object> tensors = tensors(kind, CLASSES);
    tensors.put("layers/gru/cell/vars/2", vector(3 * HIDDEN));
    KerasWeights read = KerasWeights.read(write(tensors, folder.resolve("w.h5")));
    ComputationGraph network = entry(kind).build().init();
    String message = refused(() -> read.copyTo(network, layers(kind)));
    assertTrue(message.contains("reset_after=True"), message);
  }

  @Test
  void whatIsNoHdf5IsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.h5"), "no weights at all, just a text");
    assertTrue(refused(() -> KerasWeights.read(text)).contains("no HDF5 file"));
    Path empty = Files.createFile(folder.resolve("b.h5"));
    refused(() -> KerasWeights.read(empty));
    Path zip = folder.resolve("c.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("metadata.json"));
    }
    assertTrue(refused(() -> KerasWeights.read(zip)).contains("model.weights.h5"));
    assertTrue(refused(() -> KerasWeights.read(folder.resolve("none"))).contains("no file"));
    byte[] whole =
        Files.readAllBytes(
            write(
                tensors(new Kind(Recurrence.LSTM, false, false), CLASSES), folder.resolve("d.h5")));
    for (int size = 16; size < whole.length; size += 997) {
      Path cut = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, size));
      ComputationGraph network = entry(new Kind(Recurrence.LSTM, false, false)).build().init();
      refused(
          () ->
              KerasWeights.read(cut)
                  .copyTo(network, layers(new Kind(Recurrence.LSTM, false, false))));
    }
  }

  private static String refused(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(ModelFileException.class, call).getMessage();
  }
}
