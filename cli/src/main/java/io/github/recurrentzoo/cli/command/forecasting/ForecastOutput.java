package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.ScoredTable;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of the command line that write forecasts to files. */
public final class ForecastOutput {
  private static final int MOST_PICTURES = 6;

  /** How many horizons of measured rows are drawn before the forecast. */
  private static final int HISTORY = 4;

  @Option(
      names = ConsoleArguments.CSV,
      paramLabel = "FILE",
      description =
          "CSV file for the forecasts, a row for each series, target and step; - for standard output,"
              + " everything else then goes to standard error.")
  Path csv;

  @Option(
      names = {"--plot", "--picture"},
      paramLabel = "FILE",
      description =
          "SVG file for a plot of the forecasts; of several targets or series one file each, six at"
              + " most (default: none).")
  Path plot;

  @Option(names = "--unit", paramLabel = "TEXT", description = "Unit of the target, for the plot.")
  String unit = "";

  /** No files yet. */
  public ForecastOutput() {}

  private boolean printsCsv() {
    return csv != null && csv.toString().equals("-");
  }

  /** Finds out now whether the files can be written. */
  void check(ConsoleArguments console, Path data, ModelArgument model) {
    if (printsCsv() && console.json) {
      throw new BadOptionException(
          "--json and --csv - both print to standard output. Give --csv a file, or leave one out.");
    }
    if (csv != null && !printsCsv()) {
      refuseLoss("--csv", csv, data, model);
      AtomicFile.check(csv);
    }
    if (TrainingChecks.draws(plot)) {
      refuseLoss("--plot", plot, data, model);
      TrainingChecks.picture(plot, "--plot");
    }
  }

  private static void refuseLoss(String option, Path file, Path data, ModelArgument model) {
    ScoredTable.refuseSame("--data", data, option, file);
    ScoredTable.refuseSame("--model", model.file().orElse(null), option, file);
  }

  /**
   * Writes what is asked for.
   *
   * @param forecasts by the name of the series; of one series, which has no name, by ""
   * @param series the rows that are known, by the same names
   */
  void write(
      Map<String, Forecast> forecasts,
      Map<String, TimeSeries> series,
      ConsoleArguments console,
      PrintStream out) {
    if (printsCsv()) {
      console.print(table(forecasts));
    } else if (csv != null) {
      byte[] bytes = table(forecasts).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(csv, file -> file.write(bytes));
      out.println("The forecasts are in " + csv + ".");
    }
    if (TrainingChecks.draws(plot)) {
      draw(forecasts, series, out);
    }
  }

  /** A row for each series, target and step. */
  static String table(Map<String, Forecast> forecasts) {
    boolean named = !forecasts.containsKey("");
    List<String> head = new ArrayList<>(named ? List.of("series") : List.of());
    head.addAll(List.of("time", "target", "forecast", "lower", "upper"));
    Forecast any = forecasts.values().iterator().next();
    any.levels().forEach(level -> head.add("quantile " + level));
    StringBuilder text = new StringBuilder(line(head));
    forecasts.forEach(
        (name, forecast) -> {
          for (Forecast.Target target : forecast.targets()) {
            for (int k = 0; k < forecast.labels().size(); k++) {
              List<String> row = new ArrayList<>(named ? List.of(name) : List.of());
              row.addAll(List.of(forecast.labels().get(k), target.name()));
              row.add(target.values().get(k).toString());
              row.add(target.lower().get(k).toString());
              row.add(target.upper().get(k).toString());
              for (List<Double> quantile : target.quantiles()) {
                row.add(quantile.get(k).toString());
              }
              text.append(line(row));
            }
          }
        });
    return text.toString();
  }

  private static String line(List<String> fields) {
    return fields.stream()
        .map(field -> ScoredTable.quoted(field, ","))
        .collect(Collectors.joining(",", "", "\n"));
  }

  private void draw(
      Map<String, Forecast> forecasts, Map<String, TimeSeries> series, PrintStream out) {
    List<ForecastPicture> pictures = new ArrayList<>();
    forecasts.forEach(
        (name, forecast) -> {
          for (Forecast.Target target : forecast.targets()) {
            TimeSeries known = series.get(name);
            pictures.add(
                new ForecastPicture(
                    name.isEmpty() ? target.name() : name + ", " + target.name(),
                    unit,
                    known,
                    target.name(),
                    Math.min(known.size(), HISTORY * forecast.labels().size()),
                    List.of(),
                    forecast));
          }
        });
    List<ForecastPicture> drawn = pictures.subList(0, Math.min(MOST_PICTURES, pictures.size()));
    List<Path> files = ForecastEnd.files(plot, drawn.stream().map(ForecastPicture::title).toList());
    for (int i = 0; i < files.size(); i++) {
      drawn.get(i).chart().save(files.get(i));
      out.println("The picture is " + files.get(i) + ".");
    }
    if (drawn.size() < pictures.size()) {
      out.printf("Drawn are the first %d of %d forecasts.%n", drawn.size(), pictures.size());
    }
  }
}
