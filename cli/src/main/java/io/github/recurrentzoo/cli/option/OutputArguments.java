package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The option of the command line that says where a training leaves its files, the same for each
 * command: a folder with model, figures and page.
 */
public final class OutputArguments {

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Folder for model.zip, metrics.json, report.html and MODEL_CARD.md (default: models/<data>-<recurrence>, after fine-tuning models/<data>-tuned, in the current folder).")
  Path output;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** The options of a run without arguments. */
  public OutputArguments() {}

  /**
   * The folder asked for, or one whose name tells what was trained on what. Makes it, and finds out
   * now whether its files can be written: training takes minutes.
   *
   * @param data the user's file, or null
   * @param ownData the name of the command's own data
   */
  public Path prepare(Path data, String ownData, NetworkArguments network) {
    return prepare(folder(data, ownData, network));
  }

  /**
   * As {@link #prepare(Path, String, NetworkArguments)}, with the folder for no {@code --output}.
   */
  public Path prepare(Path unlessAsked) {
    Path folder = output == null ? unlessAsked : output;
    if (output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      throw new ModelFileException(
          "--output names a folder, in which model.zip is saved with its report, but is %s. Give a folder, such as %s."
              .formatted(output, output.toString().replaceFirst("(?i)\\.zip$", "")));
    }
    makeFolder(folder, "--output");
    TrainingChecks.output(folder.resolve(TrainingReport.MODEL));
    return folder;
  }

  /**
   * As {@link #prepare(Path, String, NetworkArguments)}, for a model that is fine-tuned.
   *
   * @param source what it learns from
   */
  public Path prepareTuned(String source) {
    return prepare(Path.of("models", source.replaceFirst("\\.[^.]+$", "") + "-tuned"));
  }

  /** Makes a folder and those that it lies in. */
  public static void makeFolder(Path folder, String option) {
    Path blocked = folder.toAbsolutePath();
    while (blocked != null && !Files.exists(blocked)) {
      blocked = blocked.getParent();
    }
    if (blocked != null && !Files.isDirectory(blocked)) {
      throw new ModelFileException(
          "Cannot make the folder %s: %s is a file, not a folder. Give another place with %s."
              .formatted(folder, blocked, option));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot make the folder %s: %s. Give another place with %s."
              .formatted(folder, AtomicFile.reason(e), option),
          e);
    }
  }

  public Path folder(Path data, String ownData, NetworkArguments network) {
    if (output != null) {
      return output;
    }
    String source =
        data == null ? ownData : data.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    return Path.of("models", source + "-" + network.fileName());
  }

  /** Adds the command line and all its options to the report of a training. */
  public void describe(TrainingReport.Builder report) {
    if (command != null) {
      report.command(Wording.command(command.root(), List.of())).options(options());
    }
  }

  /** Where the files of a training are, for people. */
  public static String saved(Path folder) {
    return "Saved to %s: %s, %s, %s and %s, a page for the browser."
        .formatted(
            folder,
            TrainingReport.MODEL,
            TrainingReport.METRICS,
            TrainingReport.CARD,
            TrainingReport.PAGE);
  }

  /** All options that have a value, with the defaults. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      if (value != null && !option.usageHelp() && !option.versionHelp()) {
        options.put(
            option.longestName(),
            value instanceof Enum<?> name
                ? name.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString());
      }
    }
    return options;
  }
}
