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
import io.github.recurrentzoo.zoo.report.ForecastPart;
import io.github.recurrentzoo.zoo.report.ForecastPicture;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    Path folder =
        options.output.prepare(
            options.series.outputName(),
            sample == null ? "" : sample.file().replace(".csv", ""),
            options.network);
    if (options.draws()) {
      ForecastChart.checkFonts();
      TrainingChecks.picture(options.pictureFile(folder), "--picture");
    }
    out.println(series);
    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows; the last %,d rows, from %s on, are kept for the report.%n%n",
        options.network.inWords(),
        split.past().size(),
        split.test().size(),
        split.test().label(0));
    TrainingRecord record = new TrainingRecord();
    Forecaster forecaster =
        train(what, architecture, training, split, options, record, folder, out);

    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    out.println(report);
    out.println();
    Path model = folder.resolve(TrainingReport.MODEL);
    forecaster.save(model);
    List<ForecastPicture> pictures = pictures(options, forecaster, series, split);
    options
        .output
        .report(record, new ForecastPart(report, pictures))
        .title(
            "%s: forecasts by %s"
                .formatted(
                    sample == null
                        ? options.series.data.getFileName().toString()
                        : options.title(what.targets().get(0)),
                    options.network.inWords()))
        .data(facts(options, sample, series, split))
        .provenance(forecaster.provenance())
        .parameters(forecaster.parameters())
        .build()
        .write(folder);
    LongRun.ended(folder);
    out.println(OutputArguments.saved(folder));
    out.println();
    if (options.backtest > 0) {
      backtest(options, what, architecture, training, series, foldRows, out);
    }
    Forecast forecast = forecaster.forecast(series);
    out.println("After the end of the series:");
    out.println(forecast);
    List<Path> files = options.draws() ? draw(options, pictures, folder) : List.of();
    if (!files.isEmpty()) {
      out.println();
      files.forEach(picture -> out.println("The picture is " + picture + "."));
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
          json.put("pictures", files.stream().map(Path::toString).toList());
          return json;
        });
    return new Result(forecaster, report, forecast, model, files);
  }

  private static Map<String, Object> facts(
      ForecastSeriesOptions options,
      SampleSeries sample,
      TimeSeries series,
      TimeSeries.Split split) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", sample == null ? options.series.data.toString() : sample.file());
    facts.put("columns", String.join(", ", series.columns()));
    facts.put("rows", series.size());
    facts.put("from", series.label(0));
    facts.put("to", series.label(series.size() - 1));
    facts.put("rows for training and validation", split.past().size());
    facts.put("rows for the report", split.test().size());
    return facts;
  }

  private static Forecaster train(
      ForecastOptions what,
      SequenceForecasting.Builder architecture,
      TrainingOptions training,
      TimeSeries.Split split,
      ForecastSeriesOptions options,
      TrainingRecord record,
      Path folder,
      PrintStream out) {
    long start = System.nanoTime();
    ConsoleProgress progress = ConsoleProgress.on(out);
    Forecaster forecaster;
    try (LongRun run = options.training.run(record, progress, folder, out)) {
      forecaster = Forecaster.train(split.past(), what, architecture, training, run.run());
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
   * The last forecasts of the test part, one behind the other, and the one that follows the series;
   * one picture for each target.
   */
  private static List<ForecastPicture> pictures(
      ForecastSeriesOptions options,
      Forecaster forecaster,
      TimeSeries series,
      TimeSeries.Split split) {
    int horizon = forecaster.options().horizon();
    int count = Math.min(PAST_FORECASTS, split.test().size() / horizon);
    int rows = Math.min((count + HISTORY) * horizon, series.size());
    List<Forecast> past = new ArrayList<>();
    for (int i = count; i >= 1; i--) {
      past.add(forecaster.forecast(series.rows(0, series.size() - i * horizon)));
    }
    Forecast next = forecaster.forecast(series);
    return forecaster.options().targets().stream()
        .map(
            target ->
                new ForecastPicture(
                    options.title(target), options.unit(), series, target, rows, past, next))
        .toList();
  }

  private static List<Path> draw(
      ForecastSeriesOptions options, List<ForecastPicture> pictures, Path folder) {
    List<Path> files = new ArrayList<>();
    List<String> names = fileNames(pictures.stream().map(ForecastPicture::target).toList());
    for (int i = 0; i < pictures.size(); i++) {
      ForecastPicture picture = pictures.get(i);
      Path file = options.pictureFile(folder);
      if (pictures.size() > 1) {
        file =
            file.resolveSibling(
                file.getFileName()
                    .toString()
                    .replaceFirst("(\\.png)?$", "-" + names.get(i) + ".png"));
      }
      TimeSeries series = picture.series();
      int horizon = picture.next().times().size();
      ForecastChart.builder()
          .title(picture.title())
          .subtitle(
              "forecasts of %d steps by %s, each from the rows before it; %s to %s"
                  .formatted(
                      horizon,
                      options.network.recurrenceName(),
                      series.label(series.size() - picture.rows()),
                      series.label(series.size() - 1 + horizon)))
          .unit(picture.unit())
          .measured(series, picture.target(), picture.rows())
          .past(picture.past())
          .next(picture.next())
          .build()
          .writePng(file);
      files.add(file);
    }
    return files;
  }
}
