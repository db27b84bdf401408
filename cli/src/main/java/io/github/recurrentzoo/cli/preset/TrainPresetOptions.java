package io.github.recurrentzoo.cli.preset;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@link TrainPreset}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains one of the pretrained models again by the recipe in its row of presets.json, checks that it reaches its metric, and writes weights and row.",
      ""
    },
    footer = {
      "",
      "Examples, from the folder of the project:",
      "{} --name wordnet-lstm",
      "",
      "Exit codes: 0 success, 2 invalid options or input, 1 metric missed or unexpected error."
    })
public final class TrainPresetOptions {

  @Option(names = "--name", paramLabel = "NAME", required = true, description = "Which preset.")
  String name;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Skip the training and take this model, trained by the preset's recipe.")
  Path model;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = PresetList.FOLDER,
      description = "Where presets.json and the weights lie (default: ${DEFAULT-VALUE}).")
  Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The options of a run without arguments. */
  public TrainPresetOptions() {}
}
