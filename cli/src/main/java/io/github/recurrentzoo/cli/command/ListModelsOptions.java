package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link ListModels}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {"Lists the pretrained models and the saved models of a folder.", ""},
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --folder results",
      "{} --json",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class ListModelsOptions {

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Folder with saved models (default: models, if it exists).")
  Path folder;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The pretrained models, and those in the usual folder. */
  public ListModelsOptions() {}
}
