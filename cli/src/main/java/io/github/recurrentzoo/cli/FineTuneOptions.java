package io.github.recurrentzoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code fine-tune} without a task. */
@Command(
    name = "fine-tune",
    synopsisSubcommandLabel = "TASK",
    description = {
      "Fine-tunes a saved or pretrained model on your data, evaluates it before and after, and saves the new model.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  recurrent-zoo fine-tune text --data reviews.csv --text-column review --label-column stars",
      "  recurrent-zoo fine-tune generation --data novel.txt",
      "  recurrent-zoo fine-tune pairs --model pronunciation-lstm --data names.tsv",
      "  recurrent-zoo fine-tune forecast --help"
    })
final class FineTuneOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
