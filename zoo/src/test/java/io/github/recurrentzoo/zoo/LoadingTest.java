package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where models of each task are loaded from, and what all of them tell. */
class LoadingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void fileStreamAndJarGiveTheSameModel(Pipelines pipeline) throws IOException {
    Path file = folder.resolve("model.zip");
    pipeline.trainAndSave(file);
    PipelineType<?> type = type(pipeline);
    Pipeline loaded = type.load(file);
    List<Object> answers = pipeline.answers(loaded);

    try (InputStream in = Files.newInputStream(file)) {
      assertEquals(answers, pipeline.answers(type.load(in)));
    }
    try (InputStream in = Files.newInputStream(file)) {
      assertEquals(answers, pipeline.answers(Zoo.load(in)));
    }
    assertEquals(answers, pipeline.answers(Zoo.load(file)));
    try (FileSystem jar =
        FileSystems.newFileSystem(folder.resolve("app.jar"), Map.of("create", "true"))) {
      Path within = Files.copy(file, jar.getPath("/model.zip"));
      assertEquals(answers, pipeline.answers(type.load(within)));
      assertEquals(answers, pipeline.answers(Zoo.load(within)));
      assertSays("There is no model file /other.zip", () -> Zoo.load(jar.getPath("/other.zip")));
    }
    tellsOfItself(pipeline, type, loaded, answers);
  }

  private static void tellsOfItself(
      Pipelines pipeline, PipelineType<?> type, Pipeline loaded, List<Object> answers) {
    assertEquals(type, loaded.type());
    assertTrue(
        loaded
            .toString()
            .matches(
                type.name() + " \\(LSTM, [\\d,.]+ parameters, validation [a-zA-Z ]+ [\\d.e-]+\\)"),
        loaded.toString());
    assertTrue(loaded.summary().contains("Total Parameters"), loaded.summary());
    ComputationGraph network = loaded.network();
    assertEquals(loaded.parameters(), network.params().length());
    network.params().assign(0);
    assertEquals(answers, pipeline.answers(loaded), "a copy was changed");
  }

  @Test
  void aNetworkIsACopyWithItsOptimiser() {
    Path file = folder.resolve("model.zip");
    Pipelines.CLASSIFIER.trainAndSave(file);
    ComputationGraph saved = ModelFile.read(file, "text-classification").network();
    ComputationGraph copy = Zoo.load(file).network();
    assertEquals(saved.params(), copy.params());
    assertEquals(saved.getUpdater().getStateViewArray(), copy.getUpdater().getStateViewArray());
    assertTrue(saved.getIterationCount() > 0);
    assertEquals(saved.getIterationCount(), copy.getIterationCount());
  }

  @Test
  void whatIsNoModelOfTheZoo() throws IOException {
    assertSays("(stream) is not a model file: it is empty", () -> load(new byte[0]));
    assertSays(
        "(stream) is not a model file: it is not a zip file", () -> load(new byte[] {1, 2, 3}));
    Path file = folder.resolve("model.zip");
    Pipelines.CLASSIFIER.trainAndSave(file);
    byte[] bytes = Files.readAllBytes(file);
    assertSays("damaged", () -> load(Arrays.copyOf(bytes, bytes.length / 2)));
    ModelFile.write(file, ModelFile.read(file, "text-classification").network(), "chess", Map.of());
    assertSays("is for the task chess; expected one of text-class", () -> Zoo.load(file));
    byte[] chess = Files.readAllBytes(file);
    assertSays("is for the task chess", () -> Zoo.load(new ByteArrayInputStream(chess)));
    assertSays("task chess; expected a model for text-classification", () -> load(chess));
  }

  @Test
  void noStream() {
    String message =
        assertThrows(
                NullPointerException.class,
                () -> TextClassifier.load(LoadingTest.class.getResourceAsStream("/none.zip")))
            .getMessage();
    assertTrue(message.contains("there is no such resource"), message);
  }

  @Test
  void presetsOfAnyTask() {
    for (String name : List.of("wordnet-lstm", "dates-lstm")) {
      Pipeline model = Zoo.pretrained(name);
      Pipeline same = model.type().pretrained(name);
      assertEquals(same.provenance(), model.provenance());
      assertArrayEquals(
          same.network().params().toFloatVector(), model.network().params().toFloatVector());
    }
    RecurrentZooException unknown =
        assertThrows(UnknownPresetException.class, () -> Zoo.pretrained("wordnet-lst"));
    assertTrue(
        unknown.getMessage().contains("Did you mean \"wordnet-lstm\"?"), unknown.getMessage());
  }

  private static TextClassifier load(byte[] bytes) {
    return TextClassifier.load(new ByteArrayInputStream(bytes));
  }

  private static PipelineType<?> type(Pipelines pipeline) {
    return Zoo.TYPES.stream()
        .filter(type -> type.task().id().equals(pipeline.task))
        .findFirst()
        .orElseThrow();
  }

  private static void assertSays(String expected, Executable refused) {
    String message = assertThrows(ModelFileException.class, refused).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
