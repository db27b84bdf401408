package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.zoo.network.Recurrence;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@link PronounceWords}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains an encoder-decoder network that turns English words into phones, evaluates it on held-out words, and saves it.",
      "With --data it is trained on your pairs.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --recurrence rrnn",
      "{} --data words.tsv",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class PronounceWordsOptions extends PairsArguments {

  @Option(
      names = "--stress-marks",
      description = "Predict stress (') and syllable (-) marks as well.")
  boolean marks;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "105217",
      description = "Number of words drawn from the lexicon (default: all, ${DEFAULT-VALUE}).")
  int words;

  /** The options of a run without arguments. */
  public PronounceWordsOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .both("--target-unit", "tokens")
        .both("--bidirectional", true)
        .both("--clip-norm", 5)
        .each("--hidden-size", 256, 128)
        .each("--epochs", 8, 30)
        .each("--patience", 3, 5)
        .both("--batch-size", 64)
        .each("--learning-rate", 0.003, 0.002)
        .each("--learning-rate-decay", 0.7, 0.95)
        .each("--dropout", 0.1, 0)
        // With larger steps RRNN learns next to nothing here.
        .of(Recurrence.RRNN, "--state-carry", "updated")
        .of(Recurrence.RRNN, "--learning-rate", 0.001)
        .of(Recurrence.RRNN, "--learning-rate-decay", 0.9)
        .of(Recurrence.RRNN, "--epochs", 14)
        .of(Recurrence.RRNN, "--batch-size", 32)
        .of(Recurrence.RRNN, "--dropout", 0)
        .of(Recurrence.RRNN, "--clip-norm", 1);
  }
}
