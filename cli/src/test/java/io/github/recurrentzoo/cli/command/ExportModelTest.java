package io.github.recurrentzoo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class ExportModelTest {
  @TempDir Path folder;

  @Test
  void graphsAndDescriptionAreWritten() throws IOException {
    Path to = folder.resolve("made/for/it");
    Run run = Run.of("export", "--model", "dates-rrnn", "--onnx", to.toString(), "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode files = new ObjectMapper().readTree(run.out()).path("files");
    assertEquals(3, files.size());
    for (JsonNode file : files) {
      assertTrue(Files.size(Path.of(file.asText())) > 1000, file.asText());
    }
    JsonNode description = new ObjectMapper().readTree(to.resolve("pipeline.json").toFile());
    assertEquals("encoder.onnx", description.path("graphs").path(0).path("file").asText());
    assertEquals(
        "[\"batch\",\"source_steps\"]", description.at("/graphs/0/inputs/source/shape").toString());
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Run run = Run.of("export", "--model", "wordnet-lstm", "--onnx", file.toString());
    assertEquals(2, run.exitCode(), run.out());
    assertTrue(run.err().contains("is a file, not a folder"), run.err());
    assertEquals("mine", Files.readString(file));
  }
}
