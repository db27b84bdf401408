package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/**
 * The option of the command line that names a saved model, the same in each example: a file, or a
 * folder that a training left.
 */
public final class ModelArgument {

  private static final String IN_FOLDER = "model.zip";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model: a file, or a folder that a training left.")
  String model;

  /** No model yet. */
  public ModelArgument() {}

  /** Whether a model is named. */
  boolean isGiven() {
    return model != null;
  }

  /**
   * The model.
   *
   * @param load makes it of a file
   * @throws BadOptionException if none is named
   * @throws ModelFileException if there is none of that name
   */
  <T> T load(Function<Path, T> load) {
    return load.apply(file());
  }

  /** What it does, such as {@code text-classification}. */
  String task() {
    return ModelFile.task(file());
  }

  /** As the command line names it. */
  String name() {
    return model;
  }

  /** The file that is named. */
  Path file() {
    if (model == null) {
      throw new BadOptionException(
          "No model is named. Name one with --model: a file, or a folder that a training left.");
    }
    Path path;
    try {
      path = Path.of(model);
    } catch (InvalidPathException e) {
      throw new BadOptionException("--model %s is no name of a file.".formatted(model), e);
    }
    if (!Files.isDirectory(path)) {
      return path; // what is not there, or is no model, is refused where it is read
    }
    Path inside = path.resolve(IN_FOLDER);
    if (!Files.exists(inside)) {
      throw new ModelFileException(
          "%s is a folder without %s in it; expected a model file, or a folder that a training left."
              .formatted(path, IN_FOLDER));
    }
    return inside;
  }
}
