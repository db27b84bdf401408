package io.github.recurrentzoo.cli.command.forecasting;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What commands do with a forecaster that they have trained or fine-tuned: draw its forecasts, ask
 * it, and tell how to ask it again.
 *
 * @param run of the training
 * @param source where the series was read from
 * @param picture where to draw
 * @param series all rows, those of which only some columns are known ahead included
 * @param forecaster that was trained
 * @param title what stands above the picture of a target
 * @param unit of the targets; may be empty
 */
record ForecastEnd(
    ModelTraining run,
    SeriesArguments source,
    PictureArguments picture,
    TimeSeries series,
    Forecaster forecaster,
    UnaryOperator<String> title,
    String unit) {

  private static final int PAST_FORECASTS = 8;

  /** How many horizons of measured rows are drawn before the first forecast. */
  private static final int HISTORY = 3;

  /**
   * What the forecaster answered.
   *
   * @param forecast what follows the series; null if what it needs to know ahead is not there
   * @param pictures the files, one for each target
   */
  record Answer(Forecast forecast, List<Path> pictures) {

    Map<String, Object> json() {
      return object(
          "forecast",
          forecast == null ? null : forecast.toMap(),
          "pictures",
          pictures.stream().map(Path::toString).toList());
    }
  }

  /** What is known of the series, for the report. */
  Map<String, Object> facts(TimeSeries.Split split) {
    Map<String, Object> facts = new LinkedHashMap<>();
    SampleSeries sample = source.sample();
    facts.put("source", sample == null ? source.data.toString() : sample.file());
    TimeSeries known = known();
    facts.put("columns", String.join(", ", series.columns()));
    facts.put("rows", known.size());
    facts.put("from", series.label(0));
    facts.put("to", known.label(known.size() - 1));
    if (known.size() < series.size()) {
      facts.put("rows known ahead", series.size() - known.size());
    }
    facts.put("rows for training and validation", split.past().size());
    facts.put("rows for the report", split.test().size());
    return facts;
  }

  /**
   * The last forecasts of the test part, one behind the other, and the one that follows the series;
   * one picture for each target.
   *
   * @param saved the forecaster that is saved, which forecasts what follows; with {@code --retrain}
   *     it has learned from the test part, too
   */
  List<ForecastPicture> pictures(TimeSeries.Split split, Forecaster saved) {
    int horizon = forecaster.options().horizon();
    int count = Math.min(PAST_FORECASTS, split.test().size() / horizon);
    TimeSeries known = known();
    int rows = Math.min((count + HISTORY) * horizon, known.size());
    List<Forecast> past = new ArrayList<>();
    for (int i = count; i >= 1; i--) {
      past.add(forecaster.forecast(series, known.size() - i * horizon));
    }
    Forecast next = goesOn() ? saved.forecast(series) : null;
    return forecaster.options().targets().stream()
        .map(
            target ->
                new ForecastPicture(title.apply(target), unit, known, target, rows, past, next))
        .toList();
  }

  private TimeSeries known() {
    return forecaster.options().known(series);
  }

  /** Whether what a forecast needs to know ahead is there. */
  private boolean goesOn() {
    return forecaster.options().futureCovariates().isEmpty()
        || series.size() - known().size() >= forecaster.options().horizon();
  }

  /**
   * Prints what follows the series, draws, and tells how the model is asked.
   *
   * @param by what forecast, for the pictures
   */
  Answer ask(List<ForecastPicture> pictures, String by) {
    PrintStream out = run.out();
    Forecast forecast = pictures.get(0).next();
    if (forecast != null) {
      out.println("After the end of the series:");
      out.println(forecast);
    } else {
      out.printf(
          "There is no forecast yet of what follows: it needs %d rows behind the last known one, with %s.%n",
          forecaster.options().horizon(),
          String.join(", ", forecaster.options().futureCovariates()));
    }
    List<Path> files = picture.draws() ? draw(pictures, by) : List.of();
    if (!files.isEmpty()) {
      out.println();
      files.forEach(file -> out.println("The picture is " + file + "."));
    }
    out.println();
    run.next(
        forecast != null ? "Ask the model:" : "Ask the model, once the file has these rows:",
        ForecastNext.command(run.folder(), source));
    return new Answer(forecast, files);
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
   * A file for each of some names: the one that is given for one name, else with the name in it.
   */
  static List<Path> files(Path file, List<String> names) {
    return names.size() == 1
        ? List.of(file)
        : fileNames(names).stream()
            .map(
                name ->
                    file.resolveSibling(
                        file.getFileName()
                            .toString()
                            .replaceFirst("(?i)\\.svg$", "-" + name + ".svg")))
            .toList();
  }

  private List<Path> draw(List<ForecastPicture> pictures, String by) {
    List<Path> files =
        files(picture.file(run.folder()), pictures.stream().map(ForecastPicture::target).toList());
    for (int i = 0; i < pictures.size(); i++) {
      ForecastPicture drawn = pictures.get(i);
      int horizon = forecaster.options().horizon();
      TimeSeries known = drawn.series();
      String last =
          drawn.next() == null
              ? known.label(known.size() - 1)
              : drawn.next().labels().get(horizon - 1);
      drawn
          .chart()
          .subtitle(
              "forecasts of %d %s by %s, each from the rows before it; %s to %s"
                  .formatted(
                      horizon,
                      horizon == 1 ? "step" : "steps",
                      by,
                      known.label(known.size() - drawn.rows()),
                      last))
          .save(files.get(i));
    }
    return files;
  }
}
