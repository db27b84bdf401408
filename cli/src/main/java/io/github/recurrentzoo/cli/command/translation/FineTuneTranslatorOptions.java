package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.FineTuneArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@link FineTuneTranslator}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes an encoder-decoder network on other pairs, with new symbols on both sides; evaluates it on a held-out test set before and after.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model pronunciation-lstm --data names.tsv",
      "{} --model models/pairs-lstm --data more.csv --source-column said --target-column meant",
      "{} --model models/pairs-lstm --data more.tsv --freeze all-but-head",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneTranslatorOptions implements Defaults.Provider {

  @Mixin PairFileArguments pairs = new PairFileArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin PairReportArguments evaluation = new PairReportArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No pairs yet. */
  public FineTuneTranslatorOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults().both("epochs", 30).both("patience", 5);
  }

  /** How to fine-tune; refuses what cannot be. */
  FineTuneOptions tuning() {
    pairs.check();
    split.check(pairs.data, console);
    pairs.requireData();
    evaluation.check();
    return tuning.options(training, training.optionsWithValidation(split.validationSplit));
  }
}
