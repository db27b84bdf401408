package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@link ForecastNext}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Forecasts the continuation of a series with a saved or pretrained model.",
      "The series is a file, one of the zoo's own, or standard input. It must have the columns that the model was trained on.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model seattle-weather-lstm --dataset seattle",
      "{} --model models/sales-lstm --data sales.csv --time-column day",
      "{} --model models/sales-lstm --data sales.csv --csv next.csv --plot next.svg",
      "cat sales.csv | {} --model models/sales-lstm --time-column day --json",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class ForecastNextOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin SeriesArguments series = new SeriesArguments();

  @Mixin ForecastOutput output = new ForecastOutput();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model yet. */
  public ForecastNextOptions() {}
}
