package io.github.recurrentzoo.zoo.preset;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.text.EditDistance;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.Adler32;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The presets of one place, which finds resources by their path. */
public final class PresetLibrary {
  public static final String ARTIFACT = "recurrent-zoo-pretrained";
  static final String FOLDER = "/io/github/recurrentzoo/pretrained/";
  static final String LIST = "presets.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What all presets together may have, and so each of them. */
  private static final int MAX_BYTES = 25 << 20;

  private final Function<String, URL> resources;
  private List<Preset> presets;

  PresetLibrary(Function<String, URL> resources) {
    this.resources = resources;
  }

  /** All presets; empty if there is no list. */
  synchronized List<Preset> presets() {
    if (presets == null) {
      URL list = resources.apply(FOLDER + LIST);
      presets = list == null ? List.of() : read(list);
    }
    return presets;
  }

  private static List<Preset> read(URL list) {
    try {
      return List.of(JSON.readValue(bytes(list), Preset[].class));
    } catch (IOException e) {
      throw new ModelFileException(
          "The list of the pretrained models, %s, cannot be read: %s. Get the artifact %s again."
              .formatted(list, e.getMessage(), ARTIFACT),
          e);
    }
  }

  Preset get(String name) {
    return presets().stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, "There are", presets()));
  }

  private UnknownPresetException unknown(String name, String which, List<Preset> presets) {
    return new UnknownPresetException(
        presets().isEmpty()
            ? "There is no pretrained model \"%s\": the class path has no pretrained models at all. Add the artifact io.github.recurrentzoo:%s, of the same version as recurrent-zoo."
                .formatted(name, ARTIFACT)
            : "There is no pretrained model \"%s\".%s %s: %s. Give one of these names."
                .formatted(name, suggestion(name, presets), which, names(presets)));
  }

  Preset get(String name, Task task) {
    List<Preset> forTask = presets().stream().filter(preset -> preset.task().equals(task)).toList();
    Optional<Preset> found =
        presets().stream().filter(preset -> preset.name().equals(name)).findFirst();
    if (found.isPresent() && found.get().task().equals(task)) {
      return found.get();
    }
    if (found.isPresent()) {
      throw new UnknownPresetException(
          "The pretrained model \"%s\" is for %s; expected one for %s: %s. Take one of these."
              .formatted(name, found.get().task().inWords(), task.inWords(), names(forTask)));
    }
    throw unknown(name, "For %s there are".formatted(task.inWords()), forTask);
  }

  public static String names(List<Preset> presets) {
    return presets.isEmpty()
        ? "none"
        : presets.stream().map(Preset::name).collect(Collectors.joining(", "));
  }

  /** The nearest name, if it could be meant: a third of its letters may be wrong. */
  private static String suggestion(String name, List<Preset> presets) {
    return presets.stream()
        .map(Preset::name)
        .filter(candidate -> distance(name, candidate) * 3 <= candidate.length())
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(nearest -> " Did you mean \"%s\"?".formatted(nearest))
        .orElse("");
  }

  private static int distance(String a, String b) {
    return EditDistance.between(Arrays.asList(a.split("")), Arrays.asList(b.split("")));
  }

  ModelFile open(Preset preset) {
    return ModelFile.read(Path.of(preset.file()), checked(preset), preset.task().id());
  }

  /** What the file holds, which is what the list tells of. */
  private byte[] checked(Preset preset) {
    URL url = url(preset);
    try {
      byte[] bytes = bytes(url);
      String found = sha256(bytes);
      if (!found.equals(preset.sha256())) {
        throw new ModelFileException(
            "The weights of the pretrained model %s are not those that belong to it: %s has %d bytes and SHA-256 %s; expected %d bytes and %s. The file is damaged or was replaced: get the artifact %s again."
                .formatted(
                    preset.name(),
                    url,
                    bytes.length,
                    found,
                    preset.bytes(),
                    preset.sha256(),
                    ARTIFACT));
      }
      return bytes;
    } catch (IOException e) {
      throw new ModelFileException(
          "The weights of the pretrained model %s cannot be read: %s. Get the artifact %s again."
              .formatted(preset.name(), e.getMessage(), ARTIFACT),
          e);
    }
  }

  /** Where the weights lie. */
  URL url(Preset preset) {
    URL url = resources.apply(FOLDER + preset.file());
    if (url == null) {
      throw new ModelFileException(
          "The weights of the pretrained model %s are missing: there is no %s beside the list. Get the artifact %s again."
              .formatted(preset.name(), preset.file(), ARTIFACT));
    }
    return url;
  }

  long adler32(Preset preset) {
    Adler32 checksum = new Adler32();
    checksum.update(checked(preset));
    return checksum.getValue();
  }

  private static byte[] bytes(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // else a jar that was replaced meanwhile is read as it was
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("%s has more than %d bytes".formatted(url, MAX_BYTES));
      }
      return bytes;
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Each Java platform has SHA-256", e);
    }
  }
}
