package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
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

  /** All words of the lexicon. */
  static final int WORDS = 105_217;

  @Option(
      names = "--stress-marks",
      description = "Predict stress (') and syllable (-) marks as well.")
  boolean marks;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "" + WORDS,
      description = "Number of words drawn from the lexicon (default: all, ${DEFAULT-VALUE}).")
  int words;

  /** The options of a run without arguments. */
  public PronounceWordsOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(
            recurrence -> SequenceToSequence.recipe("pronunciation", recurrence),
            SequenceToSequence.recipe("pairs", Recurrence.LSTM))
        .both("targetUnit", SymbolUnit.TOKENS);
  }
}
