package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.FineTuneArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@link FineTuneSequences}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a classifier of sequences on other sequences with the same channels, with new labels; evaluates it on a held-out test set before and after.",
      "Without --model: control-charts-lstm, for sequences of one channel.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model models/moves-lstm --data more.csv",
      "{} --model models/moves-lstm --data more.csv --freeze all-but-head",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneSequencesOptions implements Defaults.Provider, WithoutTeacher {

  static final String PRESET = "control-charts-lstm";

  @Mixin SequenceFileArguments rows = new SequenceFileArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No sequences yet. */
  public FineTuneSequencesOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults().both("epochs", 50).both("patience", 10).both("batchSize", 16);
  }

  /** How to fine-tune; refuses what cannot be. */
  FineTuneOptions tuning() {
    rows.check();
    split.check(rows.data, console);
    if (rows.data == null) {
      throw new BadOptionException(
          "There is no training data. Give a file or folder of sequences with --data.");
    }
    return tuning.options(training, training.optionsWithoutTeacher(split.validationSplit));
  }
}
