package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.datasets.WrittenDates;
import io.github.recurrentzoo.zoo.network.Recurrence;
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

  @Option(
      names = "--from-year",
      paramLabel = "YEAR",
      defaultValue = "1950",
      description = "First year (default: ${DEFAULT-VALUE}).")
  int fromYear;

  @Option(
      names = "--to-year",
      paramLabel = "YEAR",
      defaultValue = "2049",
      description = "Last year (default: ${DEFAULT-VALUE}).")
  int toYear;

  @Option(
      names = "--formats-per-date",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Number of the 60 formats (20 locales, 3 styles) drawn at random for each date (default: ${DEFAULT-VALUE}).")
  int ways;

  /** The options of a run without arguments. */
  public NormalizeDatesOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .both("--bidirectional", true)
        .both("--hidden-size", 128)
        .both("--clip-norm", 5)
        .both("--patience", 5)
        .each("--epochs", 5, 30)
        .each("--batch-size", 128, 64)
        .each("--learning-rate", 0.003, 0.002)
        .each("--learning-rate-decay", 0.8, 0.95)
        // With larger steps RRNN ends at 0.86.
        .of(Recurrence.RRNN, "--state-carry", "updated")
        .of(Recurrence.RRNN, "--learning-rate", 0.001)
        .of(Recurrence.RRNN, "--batch-size", 64)
        .of(Recurrence.RRNN, "--clip-norm", 1)
        .of(Recurrence.RRNN, "--epochs", 10);
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
