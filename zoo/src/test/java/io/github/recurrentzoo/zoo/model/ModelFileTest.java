package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelFileTest {

  record Labels(List<String> names, double share) {}

  private static ComputationGraph network;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    network = SmallNetworks.trained(1);
  }

  private Path write(String name) {
    Path file = folder.resolve(name);
    ModelFile.write(
        file,
        network,
        SmallNetworks.TASK,
        Map.of(
            "labels",
            new Labels(List.of("gut", "schlecht – 坏"), 0.25),
            "vocabulary",
            List.of("the", "电影")));
    return file;
  }

  @Test
  void whatWasWrittenIsRead() {
    ModelFile model = ModelFile.read(write("model.zip"), SmallNetworks.TASK);
    assertEquals(
        new Labels(List.of("gut", "schlecht – 坏"), 0.25), model.entry("labels", Labels.class));
    assertEquals(List.of("the", "电影"), model.entry("vocabulary", List.class));
    assertEquals(output(network), output(model.network()));
  }

  @Test
  void trainingGoesOnIdentically() {
    ComputationGraph read = ModelFile.read(write("model.zip"), SmallNetworks.TASK).network();
    ComputationGraph original = SmallNetworks.trained(1);
    assertEquals(original.params(), read.params());
    SmallNetworks.step(original);
    SmallNetworks.step(read);
    assertEquals(original.params(), read.params());
  }

  @Test
  void plainDeeplearning4jRestoresTheNetwork() throws Exception {
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(write("model.zip").toFile(), true);
    assertEquals(output(network), output(restored));
    assertEquals(
        network.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
  }

  @Test
  void theNetworksEntriesAreThoseOfModelSerializer() throws Exception {
    Path plain = folder.resolve("plain.zip");
    ModelSerializer.writeModel(network, plain.toFile(), true);
    TreeSet<String> names =
        new TreeSet<>(List.of("recurrent-zoo.json", "labels.json", "vocabulary.json"));
    try (ZipFile expected = new ZipFile(plain.toFile());
        ZipFile actual = new ZipFile(write("model.zip").toFile())) {
      for (var entry : Collections.list(expected.entries())) {
        names.add(entry.getName());
        assertArrayEquals(
            expected.getInputStream(entry).readAllBytes(),
            actual.getInputStream(actual.getEntry(entry.getName())).readAllBytes(),
            entry.getName());
      }
      assertEquals(names, new TreeSet<>(actual.stream().map(Object::toString).toList()));
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws Exception {
    assertEquals(-1, Files.mismatch(write("a.zip"), write("b.zip")));
  }

  @Test
  void anEarlierFileIsReplacedAndNothingElseIsLeft() throws Exception {
    Path file = folder.resolve("model.zip");
    Files.writeString(file, "something else");
    write("model.zip");
    assertEquals(output(network), output(ModelFile.read(file, SmallNetworks.TASK).network()));
    assertEquals(List.of(file), list(folder));
  }

  @Test
  void aWriteThatFailsLeavesNothingBehind() throws Exception {
    Path file = folder.resolve("model.zip");
    Object notJson = new Object();
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelFile.write(file, network, SmallNetworks.TASK, Map.of("labels", notJson)));
    assertEquals(List.of(), list(folder));
  }

  @Test
  void entryNamesAreChecked() {
    for (String name : List.of("", "../up", "Labels", "configuration", "recurrent-zoo", "a/b")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ModelFile.write(folder.resolve("m.zip"), network, "t", Map.of(name, 1)))
              .getMessage();
      assertTrue(message.startsWith("\"" + name + "\" cannot be the name of an entry"), message);
    }
  }

  @Test
  void aMissingOrUnfitEntryIsExplained() {
    ModelFile model = ModelFile.read(write("model.zip"), SmallNetworks.TASK);
    String missing =
        assertThrows(ModelFileException.class, () -> model.entry("options", Map.class))
            .getMessage();
    assertTrue(
        missing.contains("has no entry options.json; it holds [labels.json, vocabulary.json]"),
        missing);
    String unfit =
        assertThrows(ModelFileException.class, () -> model.entry("vocabulary", Labels.class))
            .getMessage();
    assertTrue(unfit.contains("vocabulary.json") && unfit.contains("is damaged"), unfit);
  }

  private static INDArray output(ComputationGraph graph) {
    return graph.outputSingle(SmallNetworks.input());
  }

  private static List<Path> list(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
