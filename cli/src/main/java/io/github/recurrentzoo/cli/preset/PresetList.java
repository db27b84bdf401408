package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.preset.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The list of presets in the sources, which a program may change.
 *
 * @param presets row by row
 */
record PresetList(List<Preset> presets) {
  static final String FOLDER = "pretrained/src/main/resources/io/github/recurrentzoo/pretrained";
  static final String FILE = "presets.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static PresetList read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new BadOptionException(
          "There is no %s. Run from the folder of the project, or name the folder with --folder."
              .formatted(file));
    }
    try {
      return new PresetList(List.of(JSON.readValue(file.toFile(), Preset[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException("The list %s cannot be read".formatted(file), e);
    }
  }

  Preset get(String name) {
    return presets.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadOptionException(
                    "There is no preset %s; there are %s. For a new one, add its row to %s first."
                        .formatted(name, presets.stream().map(Preset::name).toList(), FILE)));
  }

  PresetList with(Preset changed) {
    return new PresetList(
        presets.stream()
            .map(preset -> preset.name().equals(changed.name()) ? changed : preset)
            .toList());
  }

  void write(Path folder) throws IOException {
    String json =
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(presets).replace("\r\n", "\n");
    byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(FILE), file -> file.write(bytes));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Each Java platform has SHA-256", e);
    }
  }
}
