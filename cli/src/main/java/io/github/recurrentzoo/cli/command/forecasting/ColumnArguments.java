package io.github.recurrentzoo.cli.command.forecasting;

import java.util.List;
import picocli.CommandLine.Option;

/** The options of the command line that name the columns of a series. */
public final class ColumnArguments {

  @Option(
      names = "--target",
      paramLabel = "NAME",
      split = ",",
      description = "Columns to forecast, separated by commas.")
  List<String> targets;

  @Option(
      names = "--past-covariates",
      paramLabel = "NAME",
      split = ",",
      description =
          "Further columns whose past the network reads, separated by commas; none for none.")
  List<String> inputs;

  /** No columns yet. */
  public ColumnArguments() {}

  /** The columns to forecast, or others where none are given. */
  List<String> targetsOr(List<String> others) {
    return targets == null ? others : targets;
  }

  /** The further columns, or others where none are given. */
  List<String> inputsOr(List<String> others) {
    return inputs == null ? others : isNone(inputs) ? List.of() : inputs;
  }

  static boolean isNone(List<String> names) {
    return names.size() == 1 && names.get(0).equalsIgnoreCase("none");
  }
}
