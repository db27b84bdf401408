package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.FineTuneArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@link FineTuneForecaster}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a forecaster on another series with the same time step. Its columns are found by name, or named by --target, --past-covariates and --future-covariates in the model's order.",
      "Lookback, horizon, seasonality, differencing and calendar features stay those of the model; the scaling is refitted.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model models/sales-lstm --data newer.csv --time-column day",
      "{} --model seattle-weather-lstm --data oslo.csv --target warmest --past-covariates coldest,rain,wind,warmest",
      "{} --model models/sales-lstm --data shop2.csv --time-column day --freeze all-but-head",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneForecasterOptions implements Defaults.Provider, WithoutTeacher {

  @Mixin SeriesArguments series = new SeriesArguments();

  @Mixin ColumnArguments columns = new ColumnArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin PictureArguments picture = new PictureArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No series yet. */
  public FineTuneForecasterOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .both("epochs", 100)
        .both("patience", 15)
        .both("validationSplit", SeriesParts.FRACTION)
        .both("testSplit", SeriesParts.FRACTION);
  }

  /** How to fine-tune; refuses what cannot be. */
  FineTuneOptions tuning(double validationSplit) {
    series.requireSeries();
    split.check(series.data, console);
    training.optionsWithoutTeacher(); // refuses teacher forcing
    if (tuning.freeze == Freeze.EMBEDDING) {
      throw new BadOptionException(
          "--freeze embedding has no meaning for a forecaster, which reads numbers and has no embedding. Freeze nothing, or all-but-head.");
    }
    return tuning.options(training, training.optionsWithValidation(validationSplit));
  }

  /** The run of the training; makes its folder. */
  FineTuning fineTuning(PrintStream out) {
    return new FineTuning(
        model.name(), series.name(), series.name(), training, output, console, out);
  }

  /** What is forecast from what: as the model does, but with the columns of the command line. */
  ForecastOptions what(ForecastOptions known) {
    try {
      return known.toBuilder()
          .targets(columns.targetsOr(known.targets()))
          .pastCovariates(columns.inputsOr(known.pastCovariates()))
          .futureCovariates(columns.futureOr(known.futureCovariates()))
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadOptionException("The options contradict each other: " + e.getMessage() + ".", e);
    }
  }
}
