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
    description = {"Lists the pretrained models, and those that were saved in a folder.", ""},
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
      description = "Where saved models are looked for (default: models, if it is there).")
  Path folder;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The pretrained models, and those in the usual folder. */
  public ListModelsOptions() {}
}
