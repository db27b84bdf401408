package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Optimizer;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class TextClassifierFileTest {
  @TempDir Path folder;

  private static TextClassifier trained(TextClassification.Builder entry, int classes) {
    return train(entry.embeddingSize(4).hiddenSize(5).updater(new Adam(0.01)), classes);
  }

  private static TextClassifier train(TextClassification.Builder entry, int classes) {
    List<LabeledText> rows =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    new LabeledText(
                        "\u4f60\u597d na\u00efve word%d and".formatted(i % 7),
                        "label " + i % classes))
            .toList();
    return TextClassifier.train(
        rows, entry.build(), TrainingOptions.builder().epochs(2).batchSize(8).seed(9).build());
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM, 2, true, NAIVE_BAYES", "LSTM, 3, false, REGRESSION",
    "GRU, 3, true, NAIVE_BAYES", "RRNN, 2, false, REGRESSION",
  })
  void withEvidenceAndConcatPooling(
      Recurrence recurrence, int classes, boolean bidirectional, Evidence evidence) {
    TextClassifier saved =
        trained(
            TextClassification.builder()
                .recurrence(recurrence)
                .bidirectional(bidirectional)
                .pooling(Pooling.CONCAT)
                .evidence(evidence)
                .maxLength(3)
                .dropout(0.2),
            classes);
    Path file = folder.resolve("model.zip");
    saved.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    List<String> texts = List.of("word1 and word2", "", "word6 na\u00efve word1 word2", "word0");
    assertEquals(saved.predict(texts), loaded.predict(texts));
    assertEquals(saved.explain(texts.get(2)), loaded.explain(texts.get(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, 2, false, 1", "SIMPLE_RNN, 3, true, 2",
    "LSTM, 2, true, 1", "LSTM, 3, false, 2",
    "GRU, 2, false, 2", "GRU, 3, true, 1",
    "RRNN, 2, false, 2", "RRNN, 3, true, 1",
  })
  void aLoadedClassifierAnswersToTheBit(
      Recurrence recurrence, int classes, boolean bidirectional, int layers) {
    TextClassifier saved =
        trained(
            TextClassification.builder()
                .recurrence(recurrence)
                .bidirectional(bidirectional)
                .layers(layers)
                .maxLength(3)
                .dropout(0.2),
            classes);
    Path file = folder.resolve("model.zip");
    saved.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    List<String> texts =
        List.of("word1 and word2", "", "na\u00efve \u4f60\u597d word6 word1 word2 word3", "word0");
    assertEquals(saved.predict(texts), loaded.predict(texts));
    assertEquals(saved.labels(), loaded.labels());
    assertEquals(saved.vocabulary().words(), loaded.vocabulary().words());
    assertEquals(saved.provenance(), loaded.provenance());
  }

  @Test
  void everyOptionCanBeSavedAndLoaded() {
    TextClassification.Builder entry =
        TextClassification.builder()
            .embeddingSize(4)
            .hiddenSize(5)
            .l1(1e-5)
            .l2(1e-5)
            .dropout(0.1)
            .activation(Activation.SOFTSIGN)
            .clipNorm(1)
            .updater(
                new Adam(
                    new MapSchedule.Builder(ScheduleType.EPOCH)
                        .add(0, 0.01)
                        .add(1, 0.001)
                        .build()));
    for (Recurrence recurrence : Recurrence.values()) {
      TextClassifier saved = train(entry.recurrence(recurrence), 3);
      Path file = folder.resolve(recurrence + ".zip");
      saved.save(file);
      assertEquals(saved.predict("word1"), TextClassifier.load(file).predict("word1"));
    }
  }

  @Test
  void aLoadedClassifierCanBeSavedAgain() {
    TextClassifier saved = trained(TextClassification.builder(), 3);
    Path first = folder.resolve("first.zip");
    Path second = folder.resolve("second.zip");
    saved.save(first);
    TextClassifier.load(first).save(second);
    assertEquals(saved.predict("word1"), TextClassifier.load(second).predict("word1"));
    Map<?, ?> options = ModelFile.read(second, "text-classification").entry("options", Map.class);
    Map<?, ?> architecture = (Map<?, ?>) options.get("architecture");
    assertEquals("LSTM", architecture.get("recurrence"));
    assertEquals(5, architecture.get("hiddenSize"));
    assertTrue(((String) architecture.get("updater")).contains("0.01"));
    Optimizer optimizer =
        new ObjectMapper().convertValue(architecture.get("optimizer"), Optimizer.class);
    assertEquals(0.01, optimizer.learningRate());
    assertEquals(
        architecture.get("updater"),
        TextClassification.builder().optimizer(optimizer).build().describe().get("updater"));
    assertEquals(8, ((Map<?, ?>) options.get("training")).get("batchSize"));
  }

  @Test
  void plainDeeplearning4jReadsTheNetwork() throws Exception {
    TextClassifier saved = trained(TextClassification.builder(), 3);
    Path file = folder.resolve("model.zip");
    saved.save(file);
    ComputationGraph network = ModelSerializer.restoreComputationGraph(file.toFile());
    assertEquals(saved.parameters(), network.numParams());
    INDArray ours = ModelFile.read(file, "text-classification").network().params();
    assertArrayEquals(ours.toFloatVector(), network.params().toFloatVector());
    assertEquals(saved.predict("word1"), TextClassifier.load(file).predict("word1"));
    assertEquals(ModelFile.read(file, "text-classification").network().params(), network.params());
  }

  private static Map<String, Object> entriesOf(ModelFile model) {
    Map<String, Object> entries = new HashMap<>();
    for (String entry : List.of("labels", "vocabulary", "options", "provenance")) {
      entries.put(entry, model.entry(entry, Object.class));
    }
    return entries;
  }

  /** Whatever stands in an entry: an answer or a ModelFileException that names the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels | [\"a\", null, \"c\"] | holds null",
        "labels | [\"a\", \"b\", \"a\"] | holds \"a\" twice",
        "labels | {} | labels.json",
        "vocabulary | [\"a\", \"a\"] | holds \"a\" twice",
        "options | {} | lacks the architecture",
        "options | {\"architecture\": null} | lacks the architecture",
        "options | {\"architecture\": {}, \"training\": TRAINING} | maxLength",
        "options | {\"architecture\": {\"maxLength\": \"100\"}, \"training\": TRAINING} |"
            + " maxLength",
        "options | {\"architecture\": {\"maxLength\": -3}, \"training\": TRAINING} | maxLength",
      })
  void damagedEntriesAreRefused(String name, String json, String expected) throws Exception {
    Path file = folder.resolve("model.zip");
    trained(TextClassification.builder(), 3).save(file);
    ModelFile model = ModelFile.read(file, "text-classification");
    Map<String, Object> entries = entriesOf(model);
    ObjectMapper mapper = new ObjectMapper();
    Object training = model.entry("options", Map.class).get("training");
    String written = json.replace("TRAINING", mapper.writeValueAsString(training));
    entries.put(name, mapper.readValue(written, Object.class));
    Path wrong = folder.resolve("wrong.zip");
    ModelFile.write(wrong, model.network(), "text-classification", entries);
    String message =
        assertThrows(ModelFileException.class, () -> TextClassifier.load(wrong)).getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("wrong.zip"), message);
  }

  @Test
  void anotherNetworkIsRefused() {
    Path file = folder.resolve("model.zip");
    trained(TextClassification.builder(), 3).save(file);
    ModelFile model = ModelFile.read(file, "text-classification");
    Map<String, Object> entries = entriesOf(model);
    ComputationGraph other =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "in")
                .setOutputs("out")
                .build());
    other.init();
    ModelFile.write(file, other, "text-classification", entries);
    String message =
        assertThrows(ModelFileException.class, () -> TextClassifier.load(file)).getMessage();
    assertTrue(message.contains("no layer \"embedding\""), message);
  }

  /** Entries that do not fit the network must not lead to wrong answers. */
  @Test
  void partsThatDoNotBelongTogetherAreRefused() {
    Path file = folder.resolve("model.zip");
    trained(TextClassification.builder(), 3).save(file);
    ModelFile model = ModelFile.read(file, "text-classification");
    for (String name : List.of("labels", "vocabulary")) {
      Map<String, Object> entries = entriesOf(model);
      entries.put(name, List.of("one", "two"));
      Path wrong = folder.resolve(name + ".zip");
      ModelFile.write(wrong, model.network(), "text-classification", entries);
      String message =
          assertThrows(ModelFileException.class, () -> TextClassifier.load(wrong)).getMessage();
      assertTrue(message.contains(name + ".json"), message);
    }
  }

  @Test
  void anotherTaskIsRefused() {
    Path file = folder.resolve("model.zip");
    ModelFile.write(file, TextClassification.builder().build().init(), "other", Map.of());
    assertThrows(ModelFileException.class, () -> TextClassifier.load(file));
  }
}
