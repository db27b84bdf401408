package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.BacktestOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastPart;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Trains a forecaster on the weather of Seattle, on the CO2 of Mauna Loa or on a file of the
 * user's, reports, saves and asks it, and draws its forecasts.
 */
public final class ForecastSeries {

  private final ForecastSeriesOptions options;
  private final ForecastOptions what;
  private final SequenceForecasting.Builder architecture;
  private final TrainingOptions training;
  private final TimeSeries series;
  private final TimeSeries.Split split;
  private final PrintStream out;

  private ForecastSeries(
      ForecastSeriesOptions options,
      ForecastOptions what,
      SequenceForecasting.Builder architecture,
      SeriesParts parts,
      PrintStream out) {
    this.options = options;
    this.what = what;
    this.architecture = architecture;
    this.training = options.trainingOptions(parts.validationSplit());
    this.series = parts.series();
    this.split = parts.split();
    this.out = out;
  }

  /**
   * What a run gives.
   *
   * @param forecaster the trained forecaster
   * @param report how good it is on rows that it has not seen; null for many series
   * @param forecast what follows the series; null for many, or if what it needs to know ahead is
   *     not there
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
   * Trains, reports, saves, forecasts and draws.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return forecaster, report, forecast and file
   */
  public static Result run(ForecastSeriesOptions options, PrintStream out) {
    ForecastOptions asked = options.what();
    if (options.series.isPanel()) {
      return TrainPanel.run(options, asked, out);
    }
    if (options.smoothing != null) {
      throw new BadOptionException(
          "--smoothing is for many series; one series is forecast by the network alone.");
    }
    SequenceForecasting.Builder architecture = options.architecture();
    options.trainingOptions(options.split.validationSplit); // refuses what cannot be
    SeriesParts parts =
        SeriesParts.read(options.series, options.split, asked, asked.horizon(), out);
    ForecastOptions what =
        options.choosesDifference() ? asked.withBestDifference(parts.split().past()) : asked;
    return new ForecastSeries(options, what, architecture, parts, out).trainAndAsk();
  }

  private Result trainAndAsk() {
    int foldRows = foldRows(options, what.horizon(), split.test().size());
    ModelTraining run = begin();
    Forecaster forecaster =
        run.train(
            around -> Forecaster.train(split.past(), what, architecture.build(), training, around));
    ForecastEnd end =
        new ForecastEnd(
            run,
            options.series,
            options.picture,
            series,
            forecaster,
            options::title,
            options.unit());
    SeriesArguments.warnOfIgnored(forecaster, out);
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    run.show(forecaster, report, new ForecastPart(report, List.of()));
    out.println();
    Forecaster saved =
        run.toSave(
            forecaster,
            options.split,
            series.size() + " rows",
            (epochs, around) ->
                forecaster.retrain(
                    series, architecture.build(), training.withEpochs(epochs), around));
    run.save(saved);
    List<ForecastPicture> pictures = end.pictures(split, saved);
    ForecastPart part = new ForecastPart(report, pictures);
    run.report(forecaster, part, title(), end.facts(split));
    if (options.backtest > 0) {
      backtest(
          options,
          foldRows,
          out,
          (backtest, around) ->
              Forecaster.backtest(series, what, architecture.build(), training, backtest, around));
    }
    ForecastEnd.Answer answer = end.ask(pictures, options.network.recurrenceName());
    run.emit(forecaster, part, answer.json());
    return new Result(forecaster, report, answer.forecast(), run.file(), answer.pictures());
  }

  /** Makes the folder, and tells what is trained on what. */
  private ModelTraining begin() {
    SampleSeries sample = options.sample();
    Path folder =
        options.output.prepare(
            options.series.outputName(),
            sample == null ? "" : sample.file().replace(".csv", ""),
            options.network);
    options.picture.check(folder);
    out.println(series);
    int ahead = series.size() - what.known(series).size();
    if (ahead > 0) {
      out.printf("Of the last %d rows, only what is known ahead is there.%n", ahead);
    }
    if (options.choosesDifference()) {
      options.tell(what, out);
    }
    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows; the last %,d rows, from %s on, are held out as test set.%n%n",
        options.network.inWords(),
        split.past().size(),
        split.test().size(),
        split.test().label(0));
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(options.series.columns());
    return run;
  }

  private String title() {
    return "%s: forecasts by %s"
        .formatted(
            options.sample() == null
                ? options.series.data.getFileName().toString()
                : options.title(what.targets().get(0)),
            options.network.inWords());
  }

  /** How many rows each part of the backtest has, 0 without one; refuses parts too short. */
  static int foldRows(ForecastSeriesOptions options, int horizon, int tested) {
    if (options.backtest == 0) {
      return 0;
    }
    int rows = tested / options.backtest;
    if (rows < horizon) {
      throw new BadOptionException(
          "--backtest cuts %d test rows into %d parts of %d, shorter than the horizon of %d. Ask for fewer parts, or a larger --test-split."
              .formatted(tested, options.backtest, rows, horizon));
    }
    return rows;
  }

  /** Goes over the test rows part by part, and prints what that finds. */
  static void backtest(
      ForecastSeriesOptions options,
      int rows,
      PrintStream out,
      BiFunction<BacktestOptions, TrainingRun, Object> backtest) {
    out.printf(
        Locale.ROOT,
        "Backtest over %d parts of %d rows%s, %s:%n",
        options.backtest,
        rows,
        options.series.isPanel() ? " of each series" : "",
        options.refit ? "retrained before each" : "trained once");
    ConsoleProgress progress = ConsoleProgress.on(out);
    Object found;
    try {
      found =
          backtest.apply(
              new BacktestOptions(options.backtest, rows, options.refit), TrainingRun.of(progress));
    } finally {
      progress.close();
    }
    out.println(found);
    out.println();
  }
}
