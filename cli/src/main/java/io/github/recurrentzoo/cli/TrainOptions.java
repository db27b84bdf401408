package io.github.recurrentzoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code train} without a task. */
@Command(
    name = "train",
    synopsisSubcommandLabel = "TASK",
    description = {
      "Trains a network on one of the zoo's data sets, or with --data on yours, evaluates it on a held-out test set, and saves it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  recurrent-zoo train text",
      "  recurrent-zoo train text --data reviews.csv --text-column review --label-column stars",
      "  recurrent-zoo train forecast --help"
    })
final class TrainOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
