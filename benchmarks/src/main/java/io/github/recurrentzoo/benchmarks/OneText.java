package io.github.recurrentzoo.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The class of one text of nine words, by a pretrained model: from ids to probabilities in our
 * arrays, in Deeplearning4j's {@code output} and in ONNX Runtime on one thread; and from the text
 * itself.
 */
final class OneText implements AutoCloseable {
  private static final int WORDS = 9;
  private static final int CALLS = 50; // of each before the next one has its turn
  private static final String TEXT = "a small round fruit with a thin red skin";

  /** One way to answer. */
  private interface Way {
    float[] answer() throws OrtException;
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Map<String, Way> ways = new LinkedHashMap<>();
  private final String preset;

  OneText(String preset) throws IOException, OrtException {
    this.preset = preset;
    TextClassifier classifier = TextClassifier.pretrained(preset);
    ComputationGraph network = classifier.network();
    int[] ids = new Random(1).ints(WORDS, 2, 2000).toArray();
    float[] floats = new float[WORDS];
    long[] longs = new long[WORDS];
    for (int t = 0; t < WORDS; t++) {
      floats[t] = ids[t];
      longs[t] = ids[t];
    }
    Inference inference = InferenceNetwork.of(network).orElseThrow().newInference();
    Path folder = Files.createTempDirectory("one-text");
    Path model =
        classifier.exportOnnx(folder).stream()
            .filter(file -> file.toString().endsWith(".onnx"))
            .findFirst()
            .orElseThrow();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(Files.readAllBytes(model), options);
    }
    ways.put(
        "ours",
        () -> inference.begin(WORDS).symbols(0, new int[][] {ids}).run().output(0)[0].clone());
    ways.put(
        "Deeplearning4j with kernels",
        () -> {
          INDArray tokens = Nd4j.create(floats, new long[] {1, WORDS}, 'c');
          return network.outputSingle(tokens).dup('c').data().asFloat();
        });
    ways.put("ONNX Runtime", () -> byOnnx(longs));
    ways.put("ours, with the text cut into words", () -> predicted(classifier));
  }

  private static float[] predicted(TextClassifier classifier) {
    return new float[] {(float) classifier.predict(TEXT).probability()};
  }

  private float[] byOnnx(long[] ids) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (String name : session.getInputNames()) {
        inputs.put(
            name,
            name.endsWith("_lengths")
                ? OnnxTensor.createTensor(
                    environment, LongBuffer.wrap(new long[] {WORDS}), new long[] {1})
                : OnnxTensor.createTensor(
                    environment, LongBuffer.wrap(ids), new long[] {1, WORDS}));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return ((float[][]) result.get(0).getValue())[0];
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** The times of all ways in turn, as lines of a table. */
  String table(int calls) throws OrtException {
    Map<String, double[]> times = new LinkedHashMap<>();
    ways.keySet().forEach(name -> times.put(name, new double[calls]));
    for (int round = 0; round < 2; round++) { // the first one to get warm
      for (int from = 0; from < calls; from += CALLS) {
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          for (int i = from; i < Math.min(calls, from + CALLS); i++) {
            long begin = System.nanoTime();
            way.getValue().answer();
            times.get(way.getKey())[i] = (System.nanoTime() - begin) / 1e6;
          }
        }
      }
    }
    double onnx = InTurn.median(times.get("ONNX Runtime"));
    StringBuilder table = new StringBuilder();
    times.forEach(
        (name, each) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s, a text of %d words | %s | %.4f ms | %.2f |%n",
                    preset,
                    WORDS,
                    name,
                    InTurn.median(each),
                    InTurn.median(each) / onnx)));
    return table.toString();
  }

  /** The answers, which must be the same. */
  Map<String, float[]> answers() throws OrtException {
    Map<String, float[]> answers = new LinkedHashMap<>();
    for (Map.Entry<String, Way> way : ways.entrySet()) {
      answers.put(way.getKey(), way.getValue().answer());
    }
    return answers;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
