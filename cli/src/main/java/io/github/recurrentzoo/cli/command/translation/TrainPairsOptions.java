package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import picocli.CommandLine.Command;

/** The options of {@link TrainPairs}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains an encoder-decoder network on your pairs, such as misspelled and correct words,"
          + " evaluates it on a held-out test set, and saves it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --data pairs.tsv",
      "{} --data phrases.csv --source-column said --target-column meant --source-unit tokens",
      "{} --data pairs.tsv --recurrence rrnn-updated",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TrainPairsOptions extends PairsArguments {

  /** No pairs yet. */
  public TrainPairsOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(SequenceToSequence.recipe("pairs", Recurrence.LSTM));
  }
}
