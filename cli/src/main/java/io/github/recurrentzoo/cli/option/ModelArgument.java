package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CloseMatch;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/**
 * The option of the command line that names a model, the same for each command: a file, a folder
 * that a training left, or a pretrained model. What lies there comes before a pretrained model of
 * the same name.
 */
public final class ModelArgument {

  private static final String IN_FOLDER = "model.zip";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model: a file, an output folder of a training, or the name of a pretrained model.")
  String model;

  /** No model yet. */
  public ModelArgument() {}

  /** Whether a model is named. */
  public boolean isGiven() {
    return model != null;
  }

  /** As the command line names it. */
  public String name() {
    return model;
  }

  /**
   * The model.
   *
   * @param ofFile makes it of a file
   * @param ofPreset makes it of the name of a pretrained one
   * @throws BadOptionException if none is named
   * @throws ModelFileException if there is none of that name
   */
  public <T> T load(Function<Path, T> ofFile, Function<String, T> ofPreset) {
    Optional<Path> file = file();
    return file.isPresent() ? ofFile.apply(file.get()) : ofPreset.apply(preset().name());
  }

  /** As {@link #load}, or a pretrained one where none is named. */
  public <T> T loadOr(String preset, Function<Path, T> ofFile, Function<String, T> ofPreset) {
    return isGiven() ? load(ofFile, ofPreset) : ofPreset.apply(preset);
  }

  /** As the command line names it, or a pretrained one where none is named. */
  public String nameOr(String preset) {
    return isGiven() ? model : preset;
  }

  /** What it does, such as {@code text-classification}. */
  public String task() {
    Optional<Path> file = file();
    return file.isPresent() ? ModelFile.task(file.get()) : preset().task().id();
  }

  /** The file that is named; empty where only a pretrained model can be meant. */
  public Optional<Path> file() {
    if (model == null) {
      throw new BadOptionException(
          "No model is named. Name one with --model: a file, an output folder of a training, or a pretrained one%s."
              .formatted(names()));
    }
    Path path;
    try {
      path = Path.of(model);
    } catch (InvalidPathException e) {
      throw new BadOptionException("--model %s is no name of a file.".formatted(model), e);
    }
    if (Files.isDirectory(path)) {
      return fileIn(path);
    }
    // What is not there, or is no model, is refused where it is read.
    return Files.exists(path) || !NAME.matcher(model).matches()
        ? Optional.of(path)
        : Optional.empty();
  }

  private Optional<Path> fileIn(Path folder) {
    Path file = folder.resolve(IN_FOLDER);
    if (Files.exists(file)) {
      return Optional.of(file);
    }
    if (Presets.find(model).isPresent()) {
      return Optional.empty();
    }
    throw new ModelFileException(
        "%s is a folder without %s in it; expected a model file or an output folder of a training."
            .formatted(folder, IN_FOLDER));
  }

  private Preset preset() {
    return Presets.find(model)
        .orElseThrow(
            () ->
                new ModelFileException(
                    "There is no model file or folder %s (looked at %s), and no pretrained model of that name.%s Pretrained ones%s."
                        .formatted(
                            model,
                            Path.of(model).toAbsolutePath(),
                            CloseMatch.of(model, presets())
                                .map(" Did you mean %s?"::formatted)
                                .orElse(""),
                            names())));
  }

  private static List<String> presets() {
    return Presets.list().stream().map(Preset::name).toList();
  }

  private static String names() {
    List<String> names = presets();
    return names.isEmpty() ? ": none on the class path" : ": " + String.join(", ", names);
  }
}
