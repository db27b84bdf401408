package io.github.recurrentzoo.zoo.onnx;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.text.WordSegmenter;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What exportOnnx writes is enough to answer as the pipeline does. */
class OnnxExportTest {
  @TempDir Path folder;

  static Stream<String> presets() {
    return Presets.list().stream().map(Preset::name);
  }

  /** Each graph of each preset, with its inputs as the description has them. */
  @ParameterizedTest
  @MethodSource("presets")
  void eachPresetIsExported(String name) throws IOException, OrtException {
    Pipeline pipeline = Zoo.pretrained(name);
    List<Path> files = pipeline.exportOnnx(folder.resolve("onnx"));
    JsonNode description = description();
    assertEquals(pipeline.type().task().id(), description.path("task").asText());
    assertEquals(files.size() - 1, description.path("graphs").size());
    for (JsonNode graph : description.path("graphs")) {
      Map<String, INDArray> inputs = new LinkedHashMap<>();
      graph
          .path("inputs")
          .fields()
          .forEachRemaining(field -> inputs.put(field.getKey(), ones(field.getValue())));
      try (OnnxGraphs session = open(graph.path("file").asText())) {
        Map<String, INDArray> outputs = session.ask(inputs);
        assertEquals(graph.path("outputs").size(), outputs.size());
        outputs.values().forEach(output -> assertTrue(output.amaxNumber().doubleValue() > 0));
      }
    }
  }

  private static INDArray ones(JsonNode input) {
    List<Long> shape = new ArrayList<>();
    input.path("shape").forEach(size -> shape.add(size.isTextual() ? 2 : size.asLong()));
    DataType type = input.path("type").asText().equals("int64") ? DataType.INT64 : DataType.FLOAT;
    return Nd4j.ones(type, shape.stream().mapToLong(Long::longValue).toArray());
  }

  private JsonNode description() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readAllBytes(folder.resolve("onnx").resolve(OnnxExport.DESCRIPTION)));
  }

  private OnnxGraphs open(String file) throws IOException, OrtException {
    return new OnnxGraphs(Files.readAllBytes(folder.resolve("onnx").resolve(file)));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** With the vocabulary and the labels of the description. */
  @Test
  void aTextIsClassified() throws IOException, OrtException {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-rrnn");
    classifier.exportOnnx(folder.resolve("onnx"));
    List<String> vocabulary = texts(description().path("vocabulary"));
    JsonNode known = description().path("ids");
    List<String> labels = texts(description().path("labels"));
    try (OnnxGraphs session = open("model.onnx")) {
      for (String text : List.of("a bird that cannot fly", "the xqzt of the sea", "city")) {
        List<String> words = new WordSegmenter().words(text);
        INDArray ids = Nd4j.zeros(DataType.INT64, 1, words.size());
        for (int t = 0; t < words.size(); t++) {
          int place = vocabulary.indexOf(words.get(t));
          ids.putScalar(
              0,
              t,
              place < 0 ? known.path("unknown").asInt() : known.path("first").asInt() + place);
        }
        INDArray answer =
            session
                .ask(
                    Map.of(
                        "tokens",
                        ids,
                        "tokens_lengths",
                        Nd4j.createFromArray(new long[] {words.size()})))
                .get("class");
        Prediction expected = classifier.predict(text);
        for (int c = 0; c < labels.size(); c++) {
          assertEquals(
              expected.probabilities().get(labels.get(c)), answer.getDouble(0, c), 1e-5, text);
        }
      }
    }
  }

  /** A detector's inputs are those that docs/onnx.md lists, and its answer is the network's. */
  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU"})
  void aWindowIsGivenBack(Recurrence recurrence) throws IOException, OrtException {
    double[] a = new double[100];
    double[] b = new double[100];
    Arrays.setAll(a, t -> Math.sin(t));
    Arrays.setAll(b, t -> Math.cos(0.3 * t));
    AnomalyDetector detector =
        AnomalyDetector.train(
            TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("a", a, "b", b)),
            AnomalyOptions.builder()
                .columns("a", "b")
                .window(6)
                .calendarFeatures(CalendarFeature.DAY_OF_WEEK)
                .thresholdQuantile(0.9)
                .build(),
            SequenceAutoencoder.builder().recurrence(recurrence).hiddenSize(5).codeSize(2).build(),
            TrainingOptions.builder().epochs(1).validationSplit(0.3).build());
    detector.exportOnnx(folder.resolve("onnx"));
    int places = detector.info().integer("placeSize");
    JsonNode graph = description().path("graphs").path(0);
    assertEquals(2, graph.path("inputs").size());
    assertEquals(2 + places, graph.at("/inputs/steps/shape/2").asInt());
    assertEquals(places, graph.at("/inputs/places/shape/2").asInt());
    assertEquals(2, graph.at("/outputs/reconstruction/shape/2").asInt());
    assertEquals(2, description().at("/measures/limits").size());
    INDArray steps = Nd4j.rand(DataType.FLOAT, 3, 6, 2 + places);
    INDArray known = Nd4j.rand(DataType.FLOAT, 3, 6, places);
    INDArray expected =
        detector
            .network()
            .outputSingle(steps.permute(0, 2, 1).dup('c'), known.permute(0, 2, 1).dup('c'));
    try (OnnxGraphs session = open("model.onnx")) {
      INDArray answer = session.ask(Map.of("steps", steps, "places", known)).get("reconstruction");
      assertEquals(0, answer.distance1(expected.permute(0, 2, 1).dup('c')), 1e-4);
    }
  }

  /** Greedily, with the symbols of the description. */
  @Test
  void aDateIsTranslated() throws IOException, OrtException {
    SequenceTranslator translator = SequenceTranslator.pretrained("dates-lstm");
    translator.exportOnnx(folder.resolve("onnx"));
    JsonNode description = description();
    List<String> source = texts(description.path("source-symbols"));
    List<String> target = texts(description.path("target-symbols"));
    JsonNode known = description.path("ids");
    int first = known.path("first").asInt();
    String text = "12 March 2022";
    INDArray ids = Nd4j.zeros(DataType.INT64, 1, text.length());
    for (int t = 0; t < text.length(); t++) {
      ids.putScalar(0, t, first + source.indexOf(text.substring(t, t + 1)));
    }
    StringBuilder output = new StringBuilder();
    try (OnnxGraphs encoder = open("encoder.onnx");
        OnnxGraphs decoder = open("decoder.onnx")) {
      INDArray lengths = Nd4j.createFromArray(new long[] {text.length()});
      Map<String, INDArray> inputs =
          new LinkedHashMap<>(encoder.ask(Map.of("source", ids, "source_lengths", lengths)));
      inputs.put("source_lengths", lengths); // which attention needs
      description
          .path("graphs")
          .path(1)
          .path("inputs")
          .fields()
          .forEachRemaining(
              input -> {
                if (input.getKey().startsWith("decoder")) {
                  inputs.put(
                      input.getKey(),
                      Nd4j.zeros(
                          DataType.FLOAT, 1, input.getValue().path("shape").path(1).asLong()));
                }
              });
      int symbol = known.path("start").asInt();
      while (output.length() < 20) {
        inputs.put("target", Nd4j.createFromArray(new long[][] {{symbol}}));
        Map<String, INDArray> step = decoder.ask(inputs);
        symbol = Nd4j.argMax(step.get("symbols"), 2).getInt(0);
        if (symbol == known.path("end").asInt()) {
          break;
        }
        output.append(target.get(symbol - first));
        step.forEach((name, state) -> inputs.replace(name.replace("_next", ""), state));
      }
    }
    assertEquals("2022-03-12", output.toString());
    assertEquals(translator.translate(text).text(), output.toString());
  }

  /** The Java of docs/onnx.md, which the documentation's own test has no ONNX Runtime for. */
  @Test
  void thePageCompiles() throws IOException {
    String page = Files.readString(Path.of("../docs/onnx.md"));
    int start = page.indexOf("```java\nimport ai.onnxruntime") + "```java\n".length();
    String block = page.substring(start, page.indexOf("```", start));
    String imports = block.lines().filter(OnnxExportTest::imports).collect(joining("\n"));
    String rest = block.lines().filter(line -> !imports(line)).collect(joining("\n"));
    Path file =
        Files.writeString(
            folder.resolve("Snippet.java"),
            "%s%nclass Snippet {%nvoid run() throws Exception {%n%s%n}%n}"
                .formatted(imports, rest));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                errors,
                errors,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                file.toString());
    assertEquals(0, exitCode, errors.toString(StandardCharsets.UTF_8));
  }

  private static boolean imports(String line) {
    return line.startsWith("import ");
  }
}
