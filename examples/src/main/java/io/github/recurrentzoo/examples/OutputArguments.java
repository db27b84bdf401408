package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of the command line that says where a model is saved, the same in each example. */
public final class OutputArguments {

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to save the model (default: models/<data>-<recurrence>.zip in the current folder).")
  Path output;

  /** The options of a run without arguments. */
  public OutputArguments() {}

  /**
   * The file to save to: the one asked for, or one whose name tells what was trained on what. Makes
   * the default folder, and finds out now whether the file can be written: training takes minutes.
   *
   * @param data the user's file, or null
   * @param ownData the name of the example's own data
   */
  Path prepare(Path data, String ownData, NetworkArguments network) {
    Path model = modelFile(data, ownData, network);
    if (output == null) {
      makeFolder(model, "--output");
    }
    TrainingChecks.output(model);
    return model;
  }

  /** Makes the folder of a default place. */
  static void makeFolder(Path file, String option) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot make the folder %s: %s. Give another place with %s."
              .formatted(folder, e.getMessage(), option),
          e);
    }
  }

  Path modelFile(Path data, String ownData, NetworkArguments network) {
    if (output != null) {
      return output;
    }
    String source =
        data == null ? ownData : data.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    return Path.of("models", source + "-" + network.fileName() + ".zip");
  }
}
