package io.github.recurrentzoo.cli.preset;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@link PresetPage}, as the command line gives them. */
@Command(
    sortOptions = false,
    description = {"Writes the page that lists the pretrained models, from presets.json.", ""},
    footer = {"", "Examples, from the folder of the project:", "{}"})
public final class PresetPageOptions {

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = PresetList.FOLDER,
      description = "Where presets.json lies (default: ${DEFAULT-VALUE}).")
  Path folder;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "docs/zoo.md",
      description = "The page (default: ${DEFAULT-VALUE}).")
  Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The options of a run without arguments. */
  public PresetPageOptions() {}
}
