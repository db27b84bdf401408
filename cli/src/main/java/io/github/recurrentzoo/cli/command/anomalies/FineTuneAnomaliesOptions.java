package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.ForOneSeries;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.FineTuneArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link FineTuneAnomalies}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a detector of anomalies on another series with the same columns and time step,"
          + " such as another machine of the same kind.",
      "Window, calendar features and threshold quantile stay those of the model; the scaling and"
          + " what is normal are measured anew.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model models/pump-anomalies-lstm --data pump2.csv --time-column time",
      "{} --model models/pump-anomalies-lstm --data pump2.csv --label-column fault --freeze all-but-head",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneAnomaliesOptions
    implements Defaults.Provider, WithoutTeacher, ForOneSeries {

  @Mixin SeriesArguments series = new SeriesArguments();

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description =
          "Column that is 1 at known anomalies and else 0: they are not learned from, and the"
              + " report is about them (default: none).")
  String labelColumn;

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No series yet. */
  public FineTuneAnomaliesOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .both("epochs", 100)
        .both("patience", 15)
        .both("validationSplit", TrainAnomaliesOptions.TEST)
        .both("testSplit", TrainAnomaliesOptions.TEST);
  }

  /** How to fine-tune; refuses what cannot be, before anything is read. */
  FineTuneOptions tuning() {
    series.requireSeries();
    split.check(series.data, console);
    if (split.validationData != null || split.testData != null || split.retrain) {
      throw new BadOptionException(
          "--validation-data, --test-data and --retrain have no meaning when a detector of anomalies"
              + " is fine-tuned: the last rows of --data validate and test. Leave them out.");
    }
    if (tuning.freeze == Freeze.EMBEDDING) {
      throw new BadOptionException(
          "--freeze embedding has no meaning for a detector of anomalies, which reads numbers and"
              + " has no embedding. Freeze nothing, or all-but-head.");
    }
    return tuning.options(training, training.optionsWithoutTeacher(split.validationSplit));
  }

  /** The run of the training; makes its folder. */
  FineTuning fineTuning(PrintStream out) {
    return new FineTuning(
        model.name(), series.name(), series.name(), training, output, console, out);
  }
}
