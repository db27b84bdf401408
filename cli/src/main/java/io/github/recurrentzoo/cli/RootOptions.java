package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of the launcher without a command. */
@Command(
    name = "recurrent-zoo",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {"Trains, fine-tunes, evaluates, runs and compares recurrent networks.", ""},
    footer = {
      "",
      "recurrent-zoo help COMMAND, or COMMAND --help, shows options and examples of a command.",
      "",
      CommandLineProgram.EXIT_CODES
    })
final class RootOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;
}
