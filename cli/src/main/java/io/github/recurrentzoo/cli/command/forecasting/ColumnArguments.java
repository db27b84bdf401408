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

  @Option(
      names = "--future-covariates",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns that are known ahead, such as prices and promotions, separated by commas; none for none."
              + " Rows at the end of the file may hold them alone.")
  List<String> future;

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

  /** The columns that are known ahead, or others where none are given. */
  List<String> futureOr(List<String> others) {
    return future == null ? others : isNone(future) ? List.of() : future;
  }

  static boolean isNone(List<String> names) {
    return names.size() == 1 && names.get(0).equalsIgnoreCase("none");
  }
}
