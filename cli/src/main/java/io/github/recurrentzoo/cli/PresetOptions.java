package io.github.recurrentzoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code preset} without more; hidden, as users of the zoo have no need of it. */
@Command(
    name = "preset",
    hidden = true,
    synopsisSubcommandLabel = "WHAT",
    description = {
      "For those who maintain the zoo: trains a pretrained model again, writes the page that lists them.",
      ""
    },
    footer = {
      "",
      "Examples, from the folder of the project:",
      "  recurrent-zoo preset train --name wordnet-lstm",
      "  recurrent-zoo preset page"
    })
final class PresetOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
