package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordVectors;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class PretrainedWordsTest {
  private static final List<String> ANIMALS = List.of("dog", "cat", "horse", "cow");
  private static final List<String> TOOLS = List.of("hammer", "saw", "drill", "knife");

  /** Words of one kind are alike: animals along one axis, tools along another. */
  private static final String VECTORS =
      """
      dog 2 0 0.1 0
      cat 2.1 0.1 0 0
      horse 1.9 -0.1 0 0.1
      cow 2 0 0 -0.1
      hammer 0 2 0.1 0
      saw 0.1 2.1 0 0
      drill 0 1.9 0 0.1
      knife -0.1 2 0 0
      lion 2 0.05 0 0
      tiger 2 0 0.05 0
      axe 0.05 2 0 0
      chisel 0 2 0.05 0
      """;

  @TempDir static Path folder;
  private static EmbeddingSource source;
  private static TextClassifier classifier;

  @BeforeAll
  static void train() throws IOException {
    source = EmbeddingSource.of(Files.writeString(folder.resolve("vectors.txt"), VECTORS));
    classifier =
        TextClassifier.train(
            rows(), network().build(), TrainingOptions.builder().epochs(6).batchSize(4).build());
  }

  private static TextClassification.Builder network() {
    return TextClassification.builder().hiddenSize(6).embeddings(source);
  }

  private static List<LabeledText> rows() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(new LabeledText("zzz " + ANIMALS.get(i % 4), "animal"));
      rows.add(new LabeledText("zzz " + TOOLS.get(i % 4), "tool"));
    }
    return rows;
  }

  @Test
  void theNetworkBeginsWithTheVectors() {
    Vocabulary vocabulary = Vocabulary.ofWords(List.of("dog", "zzz", "hammer"));
    PretrainedWords words =
        PretrainedWords.read(source, vocabulary.words(), List.of("lion", "unheard"));
    var network = network().embeddingSize(4).vocabularySize(5).build().init();
    words.begin(network, vocabulary, 7);
    INDArray rows = network.getLayer("embedding").getParam("W");
    assertArrayEquals(new float[] {2, 0, 0.1f, 0}, rows.getRow(2).toFloatVector());
    assertArrayEquals(new float[] {0, 2, 0.1f, 0}, rows.getRow(4).toFloatVector());
    assertArrayEquals(new float[] {1, 1, 0.1f, 0}, rows.getRow(1).toFloatVector(), 1e-6f, "mean");
    double deviation = Math.sqrt((4 + 0.01 + 4 + 0.01) / 8 - 0.525 * 0.525);
    for (float number : rows.getRow(3).toFloatVector()) {
      assertTrue(Math.abs(number - 0.525) < 4 * deviation && number != 0, "random: " + number);
    }
    List<String> others = words.others(vocabulary).words();
    assertTrue(others.contains("lion") && others.contains("axe"), others.toString());
    assertFalse(others.contains("dog") || others.contains("unheard"), others.toString());
  }

  @Test
  void knowsWordsThatOnlyTheVectorsKnow() throws IOException {
    assertEquals(4, classifier.info().integer("embeddingSize"));
    assertEquals("vectors.txt", classifier.info().option("embeddings"));
    assertEquals(0, classifier.predict("zzz tiger").unknownWords());
    assertEquals(2, classifier.predict("qqq unheard").unknownWords());
    assertTrue(classifier.vocabulary().words().contains("chisel"));
    Path file = folder.resolve("model.zip");
    classifier.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    for (String text : List.of("zzz tiger", "zzz chisel", "lion", "dog", "unheard", "")) {
      assertEquals(classifier.predict(text), loaded.predict(text));
      assertEquals(classifier.explain(text), loaded.explain(text));
    }
    Prediction known = classifier.predict("zzz lion");
    assertNotEquals(known.probabilities(), classifier.predict("zzz unheard").probabilities());
    List<LabeledText> unseen =
        List.of(
            new LabeledText("zzz lion", "animal"),
            new LabeledText("zzz tiger", "animal"),
            new LabeledText("zzz axe", "tool"),
            new LabeledText("zzz chisel", "tool"));
    assertEquals(0, classifier.count(unseen).unknownWords());
  }

  @Test
  void fineTuningMovesWordsIntoTheNetwork() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(new LabeledText("lion zzz new", "animal"));
      rows.add(new LabeledText("axe zzz", "tool"));
    }
    FineTuneOptions options =
        FineTuneOptions.builder()
            .training(TrainingOptions.builder().epochs(1).batchSize(4).build())
            .build();
    TextClassifier tuned = classifier.fineTune(rows, options);
    long before = classifier.network().getLayer("embedding").getParam("W").size(0);
    assertEquals(before + 3, tuned.network().getLayer("embedding").getParam("W").size(0));
    assertEquals(0, tuned.predict("lion tiger axe chisel new dog").unknownWords());
    Path file = folder.resolve("tuned.zip");
    tuned.save(file);
    assertEquals(tuned.predict("lion tiger"), TextClassifier.load(file).predict("lion tiger"));
    TextClassifier further =
        tuned.trainOn(rows, TrainingOptions.builder().epochs(1).batchSize(4).build());
    assertEquals(0, further.predict("lion tiger axe chisel new dog").unknownWords());
  }

  @Test
  void refusesVectorsThatDoNotBelongToTheNetwork() throws IOException {
    Path file = folder.resolve("whole.zip");
    classifier.save(file);
    assertRefused(
        "do not belong together", file, WordVectors.of(Map.of("lion", new float[3]), 3).toBytes());
    assertRefused(
        "has a word of the vocabulary",
        file,
        WordVectors.of(Map.of("dog", new float[4]), 4).toBytes());
    assertRefused("does not begin", file, new byte[40]);
  }

  private static void assertRefused(String expected, Path model, byte[] vectors)
      throws IOException {
    Path changed = folder.resolve("changed.zip");
    try (ZipFile from = new ZipFile(model.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(
            entry.getName().equals("vectors.json")
                ? new ObjectMapper().writeValueAsBytes(vectors)
                : from.getInputStream(entry).readAllBytes());
      }
    }
    String message =
        assertThrows(ModelFileException.class, () -> TextClassifier.load(changed)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
