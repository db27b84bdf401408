package io.github.recurrentzoo.cli.command.tagging;

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

/** The options of {@link FineTuneTagger}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a tagger on other sentences, with new labels and words; evaluates it on a held-out test set before and after.",
      "Without --model: pos-lstm, English parts of speech.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --data names.conll",
      "{} --model models/names-lstm --data more.conll --freeze embedding",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneTaggerOptions implements Defaults.Provider, WithoutTeacher {

  static final String PRESET = "pos-lstm";

  @Mixin TaggedFileArguments rows = new TaggedFileArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No sentences yet. */
  public FineTuneTaggerOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults().both("epochs", 30).both("patience", 5).both("batchSize", 0);
  }

  /** How to fine-tune; refuses what cannot be. */
  FineTuneOptions tuning() {
    rows.check();
    split.check(rows.data, console);
    if (rows.data == null) {
      throw new BadOptionException(
          "There is no training data. Give a file of words and labels with --data.");
    }
    return tuning.options(training, training.optionsWithoutTeacher(split.validationSplit));
  }
}
