package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link ClassifySequences}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Classifies numeric sequences with a saved or pretrained model: prints one line per sequence, its id, label and probability, parted by tabs.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model models/moves-lstm --data moves.csv",
      "{} --model control-charts-lstm --data chart.csv --channels measurement",
      "{} --model models/moves-lstm --data moves.csv --top 3 --json",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class ClassifySequencesOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin SequenceFileArguments rows = new SequenceFileArguments();

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "How many labels to print with their probabilities, the most probable first (default: 1, all with --json).")
  Integer top;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model and no sequences yet. */
  public ClassifySequencesOptions() {}

  /** Refuses what cannot be. */
  void check() {
    if (rows.data == null) {
      throw new BadOptionException(
          "There are no sequences. Give a file or folder of them with --data.");
    }
    if (top != null) {
      TrainingChecks.range("--top", top, 1, Integer.MAX_VALUE);
    }
  }
}
