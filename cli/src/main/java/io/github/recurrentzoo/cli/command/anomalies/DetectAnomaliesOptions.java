package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.command.ScoredTable;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.ForOneSeries;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link DetectAnomalies}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Marks the steps of a series that are not normal, with a detector of train anomalies or with"
          + " a forecaster.",
      "A forecaster marks the steps outside of its interval, each forecast one step ahead.",
      "The series is a file, one of the zoo's own, or standard input. It must have the columns that"
          + " the model was trained on.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model models/sensors-lstm --data today.csv --plot marks.svg",
      "{} --model models/pump-lstm --data pump.csv --label-column fault --csv scores.csv",
      "{} --model co2-concentration-lstm --dataset co2 --json",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class DetectAnomaliesOptions implements ForOneSeries {

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin SeriesArguments series = new SeriesArguments();

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description =
          "Column that is 1 at known anomalies and else 0, to measure the marks (default: none).")
  String labelColumn;

  @Option(
      names = "--threshold-quantile",
      paramLabel = "X",
      description =
          "Fraction of normal steps that is not to be marked (default: as in the training; for a"
              + " forecaster its prediction interval).")
  Double quantile;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "CSV file for all steps: time, values, score, marked (1 or 0), and the channel with the"
              + " largest score.")
  Path csv;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "SVG file for the plot of the marked steps; one a column.")
  Path plot;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model yet. */
  public DetectAnomaliesOptions() {}

  /** Whether a plot is asked for. */
  boolean draws() {
    return TrainingChecks.draws(plot);
  }

  /** Refuses what cannot be. */
  void check() {
    if (quantile != null) {
      SplitArguments.fraction("--threshold-quantile", quantile);
    }
    if (draws()) {
      TrainingChecks.picture(plot, "--plot");
    }
    if (csv != null && !csv.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw new BadOptionException(
          "--csv names a file that ends in .csv, but is %s.".formatted(csv));
    }
    if (csv != null) {
      AtomicFile.check(csv);
    }
    ScoredTable.refuseSame("--data", series.data, "--csv", csv);
  }
}
