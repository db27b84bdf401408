package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.Backtest;
import io.github.recurrentzoo.zoo.BacktestOptions;
import io.github.recurrentzoo.zoo.Forecast;
import io.github.recurrentzoo.zoo.ForecastOptions;
import io.github.recurrentzoo.zoo.ForecastReport;
import io.github.recurrentzoo.zoo.Forecaster;
import io.github.recurrentzoo.zoo.SequenceForecasting;
import io.github.recurrentzoo.zoo.TrainingOptions;
import io.github.recurrentzoo.zoo.chart.ForecastChart;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Trains a forecaster on the weather of Seattle, on the CO2 of Mauna Loa or on a file of the
 * user's, reports, saves and asks it, and draws its forecasts.
 */
public final class ForecastSeries {

  private static final int PAST_FORECASTS = 8;

  /** How many horizons of measured rows are drawn before the first forecast. */
  private static final int HISTORY = 3;

  private ForecastSeries() {}

  /**
   * What a run gives.
   *
   * @param forecaster the trained forecaster
   * @param report how good it is on rows that it has not seen
   * @param forecast what follows the series
   * @param model the file that it was saved to
   * @param pictures the pictures, one for each target
   */
  public record Result(
      Forecaster forecaster,
      ForecastReport report,
      Forecast forecast,
      Path model,
      List<Path> pictures) {}

  /**
   * Trains as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new ForecastSeriesOptions(), ForecastSeries::run, args);
  }

  /**
   * Trains, reports, saves, forecasts and draws.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return forecaster, report, forecast and file
   */
  public static Result run(ForecastSeriesOptions options, PrintStream out) {
    SampleSeries sample = options.sample();
    ForecastOptions what = options.what();
    SequenceForecasting.Builder architecture = options.architecture();
    TrainingOptions training = options.trainingOptions();
    TimeSeries series = options.series.read(what, out);
    TimeSeries.Split split = series.split(options.test);
    int foldRows = foldRows(options, what, split);
    Path model =
        options.output.prepare(
            options.series.outputName(),
            sample == null ? "" : sample.file().replace(".csv", ""),
            options.network);
    if (options.draws()) {
      ForecastChart.checkFonts();
      TrainingChecks.picture(options.pictureFile(model), "--picture");
    }
    out.println(series);
    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows; the last %,d rows, from %s on, are kept for the report.%n%n",
        options.network.inWords(),
        split.past().size(),
        split.test().size(),
        split.test().label(0));
    Forecaster forecaster = train(what, architecture, training, split, out);

    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    out.println(report);
    out.println();
    forecaster.save(model);
    out.println("Saved to " + model + ".");
    out.println();
    if (options.backtest > 0) {
      backtest(options, what, architecture, training, series, foldRows, out);
    }
    Forecast forecast = forecaster.forecast(series);
    out.println("After the end of the series:");
    out.println(forecast);
    List<Path> pictures =
        options.draws() ? draw(options, forecaster, series, split, model) : List.of();
    if (!pictures.isEmpty()) {
      out.println();
      pictures.forEach(picture -> out.println("The picture is " + picture + "."));
    }
    options.console.emit(
        () -> {
          Map<String, Object> json =
              JsonReports.training(
                  "forecasting",
                  model,
                  forecaster.parameters(),
                  forecaster.provenance(),
                  JsonReports.of(report));
          json.put("forecast", JsonReports.of(forecast));
          json.put("pictures", pictures.stream().map(Path::toString).toList());
          return json;
        });
    return new Result(forecaster, report, forecast, model, pictures);
  }

  private static Forecaster train(
      ForecastOptions what,
      SequenceForecasting.Builder architecture,
      TrainingOptions training,
      TimeSeries.Split split,
      PrintStream out) {
    long start = System.nanoTime();
    ConsoleProgress progress = ConsoleProgress.on(out);
    Forecaster forecaster;
    try {
      forecaster = Forecaster.train(split.past(), what, architecture, training, progress);
    } finally {
      progress.close();
    }
    out.printf(
        Locale.ROOT,
        "%nTrained %,d parameters in %s; the weights are those of epoch %d.%n%n",
        forecaster.parameters(),
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)),
        forecaster.provenance().bestEpoch());
    return forecaster;
  }

  /** How many rows each part of the backtest has, 0 without one; refuses parts too short. */
  private static int foldRows(
      ForecastSeriesOptions options, ForecastOptions what, TimeSeries.Split split) {
    if (options.backtest == 0) {
      return 0;
    }
    int rows = split.test().size() / options.backtest;
    if (rows < what.horizon()) {
      throw new BadOptionException(
          "--backtest cuts %d test rows into %d parts of %d, shorter than the horizon of %d. Ask for fewer parts, or a larger --test."
              .formatted(split.test().size(), options.backtest, rows, what.horizon()));
    }
    return rows;
  }

  private static void backtest(
      ForecastSeriesOptions options,
      ForecastOptions what,
      SequenceForecasting.Builder architecture,
      TrainingOptions training,
      TimeSeries series,
      int rows,
      PrintStream out) {
    out.printf(
        Locale.ROOT,
        "Backtest over %d parts of %d rows, %s:%n",
        options.backtest,
        rows,
        options.refit ? "trained anew before each" : "trained once");
    ConsoleProgress progress = ConsoleProgress.on(out);
    Backtest backtest;
    try {
      backtest =
          Forecaster.backtest(
              series,
              what,
              architecture,
              training,
              new BacktestOptions(options.backtest, rows, options.refit),
              progress);
    } finally {
      progress.close();
    }
    out.println(backtest);
    out.println();
  }

  /** What stands for each target in the name of its picture; no two differ in case only. */
  static List<String> fileNames(List<String> targets) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String target : targets) {
      String plain = target.replaceAll("(?U)\\W", "_");
      String name = plain;
      for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = plain + "-" + i;
      }
      names.add(name);
    }
    return names;
  }

  /**
   * Draws the last forecasts of the test part, one behind the other, and the one that follows the
   * series; one picture for each target.
   */
  private static List<Path> draw(
      ForecastSeriesOptions options,
      Forecaster forecaster,
      TimeSeries series,
      TimeSeries.Split split,
      Path model) {
    int horizon = forecaster.options().horizon();
    int count = Math.min(PAST_FORECASTS, split.test().size() / horizon);
    int rows = Math.min((count + HISTORY) * horizon, series.size());
    List<Forecast> past = new ArrayList<>();
    for (int i = count; i >= 1; i--) {
      past.add(forecaster.forecast(series.rows(0, series.size() - i * horizon)));
    }
    List<String> targets = forecaster.options().targets();
    List<Path> files = new ArrayList<>();
    List<String> names = fileNames(targets);
    for (int i = 0; i < targets.size(); i++) {
      String target = targets.get(i);
      Path file = options.pictureFile(model);
      if (targets.size() > 1) {
        file =
            file.resolveSibling(
                file.getFileName()
                    .toString()
                    .replaceFirst("(\\.png)?$", "-" + names.get(i) + ".png"));
      }
      ForecastChart.builder()
          .title(options.title(target))
          .subtitle(
              "forecasts of %d steps by %s, each from the rows before it; %s to %s"
                  .formatted(
                      horizon,
                      options.network.recurrenceName(),
                      series.label(series.size() - rows),
                      series.label(series.size() - 1 + horizon)))
          .unit(options.unit())
          .measured(series, target, rows)
          .past(past)
          .next(forecaster.forecast(series))
          .build()
          .writePng(file);
      files.add(file);
    }
    return files;
  }
}
