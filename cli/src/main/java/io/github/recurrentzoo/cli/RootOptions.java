package io.github.recurrentzoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of the launcher without a command. */
@Command(
    name = "recurrent-zoo",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Recurrent networks, SimpleRnn, LSTM and RRNN: train them, ask them, compare them.",
      ""
    },
    footer = {
      "",
      "recurrent-zoo COMMAND --help shows options and examples of a command.",
      "",
      "Exit codes: 0 all went well, 2 something given cannot be used, 1 unexpected."
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
