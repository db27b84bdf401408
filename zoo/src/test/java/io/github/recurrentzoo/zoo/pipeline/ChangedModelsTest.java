package io.github.recurrentzoo.zoo.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.CheckpointFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody changed, with checksums that are right. */
class ChangedModelsTest {
  private static final Path CASES = Path.of("src/test/resources/cases/models");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model-102-24",
        "model-103-623",
        "model-104-912",
        "model-201-544",
        "model-201-566",
        "model-7-416",
        "model-7-417",
        "model-7-65",
        "model-7-949"
      })
  void classifierThatDoesNotAnswer(String name) {
    Path file = CASES.resolve(name + ".zip");
    assertNames(file, assertThrows(ModelFileException.class, () -> TextClassifier.load(file)));
  }

  @Test
  void generatorThatDoesNotAnswer() {
    Path file = CASES.resolve("model-7-562.zip");
    assertNames(file, assertThrows(ModelFileException.class, () -> TextGenerator.load(file)));
  }

  /** Lacks only a flag of the configuration that no answer depends on. */
  @Test
  void harmlessChange() {
    assertEquals(24, Forecaster.load(CASES.resolve("model-1-95.zip")).options().horizon());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ckpt-11-1085", "ckpt-11-1941"})
  void checkpointWithNaN(String name) {
    Path file = CASES.resolve(name + ".zip");
    ModelFileException e = assertThrows(ModelFileException.class, () -> CheckpointFile.read(file));
    assertNames(file, e);
    assertTrue(e.getMessage().contains("NaN"), e.getMessage());
  }

  /** Two bytes each in JSON, next to none in the zip, fifty in memory. */
  @Test
  void millionsOfEmptyObjects() throws IOException {
    Path model = folder.resolve("model.zip");
    write(model, "text-classification", "labels.json", "{},");
    assertTrue(Files.size(model) < 100_000, "small");
    assertSays("labels.json has more than 200000 objects", model, () -> TextClassifier.load(model));
    write(model, "text-classification", "labels.json", "0,");
    assertSays("2000000 names and values", model, () -> TextClassifier.load(model));

    Path checkpoint = folder.resolve("checkpoint-last.zip");
    write(checkpoint, "checkpoint", "state.json", "{},");
    assertSays("state.json has more than", checkpoint, () -> CheckpointFile.read(checkpoint));
    write(checkpoint, "checkpoint", "arrays.json", "{},");
    assertSays("arrays.json has ", checkpoint, () -> CheckpointFile.read(checkpoint));
  }

  private static void write(Path file, String task, String entry, String repeated)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "recurrent-zoo.json", "{\"formatVersion\":1,\"task\":\"%s\"}".formatted(task));
      if (!entry.equals("state.json") && task.equals("checkpoint")) {
        put(zip, "state.json", "{}");
      }
      zip.putNextEntry(new ZipEntry(entry));
      many(zip, repeated);
    }
  }

  private static void put(OutputStream out, String name, String json) throws IOException {
    ((ZipOutputStream) out).putNextEntry(new ZipEntry(name));
    out.write(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void many(OutputStream out, String repeated) throws IOException {
    out.write('[');
    byte[] thousand = repeated.repeat(1_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3_000; i++) {
      out.write(thousand);
    }
    out.write("0]".getBytes(StandardCharsets.UTF_8));
  }

  private static void assertSays(String expected, Path file, Executable reading) {
    ModelFileException e = assertThrows(ModelFileException.class, reading);
    assertNames(file, e);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static void assertNames(Path file, ModelFileException e) {
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }
}
