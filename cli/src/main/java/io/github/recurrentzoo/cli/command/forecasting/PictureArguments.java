package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.option.TrainingChecks;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of the command line that say where forecasts are drawn. */
public final class PictureArguments {

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "SVG file for the plot of the forecasts; none for no plot (default: forecast.svg in the output folder).")
  String file;

  @Option(names = "--unit", paramLabel = "TEXT", description = "Unit of the target, for the plot.")
  String unit;

  /** The options of a run without arguments. */
  public PictureArguments() {}

  /** The unit of the target, or another one where none is given. */
  String unitOr(String other) {
    return unit == null ? other : unit;
  }

  boolean draws() {
    return file == null || !file.equalsIgnoreCase("none");
  }

  /** Where the picture goes: where it is asked for, or beside the model. */
  Path file(Path folder) {
    return file != null ? Path.of(file) : folder.resolve("forecast.svg");
  }

  /** Finds out now whether it can be drawn: training takes minutes. */
  void check(Path folder) {
    if (draws()) {
      TrainingChecks.picture(file(folder), "--plot");
    }
  }
}
