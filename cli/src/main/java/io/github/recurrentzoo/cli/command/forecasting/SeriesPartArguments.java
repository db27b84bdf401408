package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import picocli.CommandLine.Option;

/** The options of the command line that say which part of a series is for what. */
public final class SeriesPartArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  static final double FRACTION = 0.2;

  @Option(
      names = "--test-split",
      paramLabel = "X",
      defaultValue = "" + FRACTION,
      description = "Fraction of the rows, at the end, held out as test set " + DEFAULT + ".")
  public double test;

  @Option(
      names = "--validation-split",
      paramLabel = "X",
      defaultValue = "" + FRACTION,
      description =
          "Fraction of the other rows, at their end, for validation: it selects the best epoch and calibrates the intervals "
              + DEFAULT
              + ".")
  public double validation;

  /** The options of a run without arguments. */
  public SeriesPartArguments() {}

  /** Refuses fractions that cannot be. */
  void check() {
    fraction("--test-split", test);
    fraction("--validation-split", validation);
  }

  /**
   * Cuts a series in the rows to learn from and those for the report.
   *
   * @throws DataException if too few are left for the report of a forecaster with this horizon
   */
  TimeSeries.Split split(TimeSeries series, int horizon) {
    TimeSeries.Split split = series.split(test);
    if (split.test().size() < horizon) {
      throw new DataException(
          "The series has %d rows, of which --test-split holds out %d for the test; expected at least the horizon of %d. Give more rows, or a larger --test-split."
              .formatted(series.size(), split.test().size(), horizon));
    }
    return split;
  }

  static void fraction(String option, double value) {
    if (!(value > 0 && value < 1)) {
      throw new BadOptionException(
          "%s must be above 0 and below 1, but is %s.".formatted(option, value));
    }
  }
}
