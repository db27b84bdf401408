package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.datasets.WrittenDates;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@link NormalizeDates}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains an encoder-decoder network that turns dates written in 20 locales into ISO 8601, such as 2022-03-12, evaluates it on held-out dates, and saves it.",
      "With --data it is trained on your pairs.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --recurrence rrnn",
      "{} --data pairs.tsv",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class NormalizeDatesOptions extends PairsArguments {

  static final int FROM_YEAR = 1950;
  static final int TO_YEAR = 2049;
  static final int WAYS = 3;

  @Option(
      names = "--from-year",
      paramLabel = "YEAR",
      defaultValue = "" + FROM_YEAR,
      description = "First year (default: ${DEFAULT-VALUE}).")
  int fromYear;

  @Option(
      names = "--to-year",
      paramLabel = "YEAR",
      defaultValue = "" + TO_YEAR,
      description = "Last year (default: ${DEFAULT-VALUE}).")
  int toYear;

  @Option(
      names = "--formats-per-date",
      paramLabel = "N",
      defaultValue = "" + WAYS,
      description =
          "Number of the 60 formats (20 locales, 3 styles) drawn at random for each date (default: ${DEFAULT-VALUE}).")
  int ways;

  /** The options of a run without arguments. */
  public NormalizeDatesOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(
        recurrence -> SequenceToSequence.recipe("dates", recurrence),
        SequenceToSequence.recipe("pairs", Recurrence.LSTM));
  }

  void check() {
    if (pairs.data != null) {
      console.refuse(
          "with --data, which brings its own pairs",
          "--from-year",
          "--to-year",
          "--formats-per-date");
    }
    TrainingChecks.range("--from-year", fromYear, 1000, 9999);
    TrainingChecks.range("--to-year", toYear, fromYear, 9999);
    TrainingChecks.range("--formats-per-date", ways, 1, WrittenDates.ways());
  }
}
