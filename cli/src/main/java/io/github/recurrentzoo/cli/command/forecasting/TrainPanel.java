package io.github.recurrentzoo.cli.command.forecasting;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelPart;
import io.github.recurrentzoo.zoo.forecasting.PanelReport;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains or fine-tunes one forecaster on many series of a file, reports, saves, asks it, and draws
 * some.
 */
final class TrainPanel {
  private static final int DRAWN = 6;
  private static final int PAST_FORECASTS = 4;
  private static final int HISTORY = 3;

  private final ModelTraining run;
  private final SeriesArguments source;
  private final PictureArguments picture;
  private final SeriesPanel panel;
  private final SeriesPanel known;
  private final SeriesPanel.Split split;
  private final PrintStream out;

  private TrainPanel(
      ModelTraining run,
      SeriesArguments source,
      PictureArguments picture,
      SeriesPanel panel,
      SeriesPanel known,
      SeriesPanel.Split split) {
    this.run = run;
    this.source = source;
    this.picture = picture;
    this.panel = panel;
    this.known = known;
    this.split = split;
    this.out = run.out();
  }

  static ForecastSeries.Result run(
      ForecastSeriesOptions options, ForecastOptions asked, PrintStream out) {
    if (options.split.testData != null || options.split.validationData != null) {
      throw new BadOptionException(
          "--validation-data and --test-data are for one series; of many, the last rows of all series are held out.");
    }
    SequenceForecasting.Builder architecture = options.architecture();
    TrainingOptions training = options.trainingOptions(options.split.validationSplit);
    SeriesPanel panel = options.series.readPanel(asked, out);
    SeriesPanel known = panel.map(asked::known);
    SeriesPanel.Split split = known.split(options.split.testSplit);
    int foldTimes = ForecastSeries.foldRows(options, asked.horizon(), split.test().times().size());
    ForecastOptions what =
        options.choosesDifference() ? asked.withBestDifference(split.past()) : asked;
    ModelTraining run = begin(options, what, panel, split, out);
    return new TrainPanel(run, options.series, options.picture, panel, known, split)
        .train(options, what, architecture, training, foldTimes);
  }

  private static ModelTraining begin(
      ForecastSeriesOptions options,
      ForecastOptions what,
      SeriesPanel panel,
      SeriesPanel.Split split,
      PrintStream out) {
    SampleSeries sample = options.series.sample();
    Path folder =
        options.output.prepare(
            options.series.outputName(),
            sample == null ? "" : sample.file().replace(".csv", ""),
            options.network);
    options.picture.check(folder);
    out.println(panel);
    if (options.choosesDifference()) {
      options.tell(what, out);
    }
    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows of %d series; the rows from %s on, %,d of all series, are held out as test set.%n%n",
        options.network.inWords(),
        split.past().rows(),
        split.past().names().size(),
        split.test().longest().label(0),
        split.test().rows());
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(options.series.columns());
    return run;
  }

  private ForecastSeries.Result train(
      ForecastSeriesOptions options,
      ForecastOptions what,
      SequenceForecasting.Builder architecture,
      TrainingOptions training,
      int foldTimes) {
    PanelForecaster forecaster =
        PanelForecaster.of(
            run.train(
                around ->
                    PanelForecaster.train(
                            split.past(), what, architecture.build(), training, around)
                        .forecaster()));
    SeriesArguments.warnOfIgnored(forecaster.forecaster(), out);
    PanelReport report = forecaster.evaluate(split.past(), split.test());
    run.show(forecaster.forecaster(), report, new PanelPart(report, List.of()));
    out.println();
    PanelForecaster saved =
        PanelForecaster.of(
            run.toSave(
                forecaster.forecaster(),
                options.split,
                known.rows() + " rows",
                (epochs, around) ->
                    forecaster
                        .retrain(panel, architecture.build(), training.withEpochs(epochs), around)
                        .forecaster()));
    run.save(saved.forecaster());
    SampleSeries sample = options.series.sample();
    String title =
        "%s: forecasts by %s"
            .formatted(sample == null ? source.name() : sample.title(), options.network.inWords());
    return end(
        forecaster,
        saved,
        report,
        title,
        options.unit(),
        () -> {
          if (options.backtest > 0) {
            ForecastSeries.backtest(
                options,
                foldTimes,
                out,
                (backtest, around) ->
                    PanelForecaster.backtest(
                        panel, what, architecture.build(), training, backtest, around));
          }
        });
  }

  /** Fits a forecaster of many series to those of a file, which may be new. */
  static ForecastSeries.Result tune(
      FineTuneForecasterOptions options, Forecaster trained, PrintStream out) {
    PanelForecaster model = PanelForecaster.of(trained);
    options.series.remember(trained);
    if (!options.series.isPanel()
        || options.columns.targets != null
        || options.columns.inputs != null
        || options.columns.future != null
        || options.split.testData != null
        || options.split.validationData != null
        || options.split.retrain) {
      throw new BadOptionException(
          "The model has learned from many series: it takes a file with --series-column and the columns of the model, without --target, --past-covariates, --future-covariates, --validation-data, --test-data and --retrain.");
    }
    FineTuneOptions tuning = options.tuning(options.split.validationSplit);
    ForecastOptions what = model.options();
    SeriesPanel panel = options.series.readPanel(what, out);
    SeriesPanel known = panel.map(what::known);
    SeriesPanel.Split split = known.split(options.split.testSplit);
    FineTuning run = options.fineTuning(out);
    options.picture.check(run.folder());
    out.println(panel);
    run.begin("rows", split.past().rows(), split.test().rows());
    run.readFrom(options.series.columns());
    PanelForecaster tuned =
        PanelForecaster.of(
            run.train(around -> model.fineTune(split.past(), tuning, around).forecaster()));
    run.before(new PanelPart(model.evaluate(split.past(), split.test()), List.of()));
    PanelReport report = tuned.evaluate(split.past(), split.test());
    run.show(tuned.forecaster(), report, new PanelPart(report, List.of()));
    run.save(tuned.forecaster());
    return new TrainPanel(run, options.series, options.picture, panel, known, split)
        .end(tuned, tuned, report, "", options.picture.unitOr(""), () -> {});
  }

  /**
   * Forecasts, draws, and writes the report.
   *
   * @param backtest what takes long and is only printed; when it begins, all files are there
   */
  private ForecastSeries.Result end(
      PanelForecaster forecaster,
      PanelForecaster saved,
      PanelReport report,
      String title,
      String unit,
      Runnable backtest) {
    Map<String, Forecast> next = ForecastNext.all(saved, panel, out);
    List<ForecastPicture> pictures = pictures(forecaster, report, next, unit);
    PanelPart part = new PanelPart(report, pictures);
    run.report(forecaster.forecaster(), part, title, facts());
    List<Path> files = picture.draws() ? draw(pictures) : List.of();
    files.forEach(file -> out.println("A picture is " + file + "."));
    backtest.run();
    run.next("Ask the model:", ForecastNext.command(run.folder(), source));
    run.emit(
        forecaster.forecaster(),
        part,
        object(
            "forecasts", ForecastNext.json(next),
            "pictures", files.stream().map(Path::toString).toList()));
    return new ForecastSeries.Result(forecaster.forecaster(), null, null, run.file(), files);
  }

  private Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source.data == null ? source.name() : source.data.toString());
    facts.put("columns", String.join(", ", known.columns()));
    facts.put("series", known.names().size());
    facts.put("rows", known.rows());
    facts.put("rows for training and validation", split.past().rows());
    facts.put("rows for the report", split.test().rows());
    return facts;
  }

  /** Of the first series that were tested, the first target. */
  private List<ForecastPicture> pictures(
      PanelForecaster forecaster, PanelReport report, Map<String, Forecast> next, String unit) {
    int horizon = forecaster.options().horizon();
    String target = forecaster.options().targets().get(0);
    List<ForecastPicture> pictures = new ArrayList<>();
    for (String name : report.series().keySet().stream().limit(DRAWN).toList()) {
      TimeSeries series = panel.series(name);
      TimeSeries known = forecaster.options().known(series);
      int origins = report.series().get(name).windows();
      int count = Math.min(PAST_FORECASTS, (origins + horizon - 1) / horizon);
      List<Forecast> past = new ArrayList<>();
      for (int i = count; i >= 1; i--) {
        past.add(forecaster.forecast(name, series, known.size() - i * horizon));
      }
      int rows = Math.min((count + HISTORY) * horizon, known.size());
      pictures.add(
          new ForecastPicture(
              name + ", " + target, unit, known, target, rows, past, next.get(name)));
    }
    return pictures;
  }

  private List<Path> draw(List<ForecastPicture> pictures) {
    List<Path> files =
        ForecastEnd.files(
            picture.file(run.folder()), pictures.stream().map(ForecastPicture::title).toList());
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).chart().save(files.get(i));
    }
    return files;
  }
}
