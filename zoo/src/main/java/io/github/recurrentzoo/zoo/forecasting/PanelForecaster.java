package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Forecasts many series by one network, such as the sales of each store.
 *
 * <pre>{@code
 * SeriesPanel.Split split = panel.split(0.2);
 * PanelForecaster stores =
 *     PanelForecaster.train(
 *         split.past(),
 *         ForecastOptions.builder().targets("sold").lookback(28).horizon(7).build(),
 *         SequenceForecasting.builder().build(),
 *         TrainingOptions.builder().build());
 * System.out.println(stores.evaluate(split.past(), split.test()));
 * System.out.println(stores.forecast(panel));
 * stores.save(Path.of("stores.zip"));
 * }</pre>
 *
 * <p>The targets of each series are scaled by its own mean and deviation, and an embedding of its
 * name tells it apart. Exponential smoothing of each series may have a {@linkplain #smoothing
 * share} in its forecasts. Columns that are constant within each series, such as the size of a
 * store, say more about it. What else is true of a {@link Forecaster} is true here; {@link
 * #forecaster} is that pipeline, for the file, the summary and the provenance.
 *
 * <p>Safe for use by several threads, as a {@link Forecaster} is.
 */
public final class PanelForecaster {
  private final Forecaster forecaster;
  private final ForecastParts parts;
  private final PanelScaling scaling;

  private PanelForecaster(Forecaster forecaster) {
    this.forecaster = forecaster;
    this.parts = forecaster.answers().parts();
    this.scaling = parts.encoder().panel();
  }

  /**
   * The same of a pipeline that was trained on many series.
   *
   * @throws DataException if it has learned from one series
   */
  public static PanelForecaster of(Forecaster forecaster) {
    if (forecaster.seriesNames().isEmpty()) {
      throw new DataException(
          "The forecaster has learned from one series and knows no others; expected one series. Give one, or train a forecaster on many.");
    }
    return new PanelForecaster(forecaster);
  }

  /**
   * Loads one that {@link #save} wrote.
   *
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   * @throws DataException if it has learned from one series
   */
  public static PanelForecaster load(Path file) {
    return of(Forecaster.load(file));
  }

  /**
   * As {@link #train(SeriesPanel, ForecastOptions, SequenceForecasting, TrainingOptions,
   * TrainingRun)}, without a run.
   */
  public static PanelForecaster train(
      SeriesPanel panel,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training) {
    return train(panel, options, architecture, training, TrainingRun.SILENT);
  }

  /**
   * Trains one network for many series.
   *
   * @param panel the rows to learn from, those for validation included: the last of all series,
   *     from the same time on
   * @param options what to forecast, and from what
   * @param architecture the network; its sizes and the number of series are replaced
   * @param training how to train
   * @throws DataException if all series are too short, or lack a column
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   * @throws TrainingStoppedException if the run stops it
   */
  public static PanelForecaster train(
      SeriesPanel panel,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    return of(PanelTraining.train(panel, options, architecture, training, run));
  }

  /**
   * Trains a new network as this one was, on all rows, as {@link Forecaster#retrain} does for one
   * series.
   */
  public PanelForecaster retrain(
      SeriesPanel panel,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    return of(new PanelTraining(forecaster).retrain(panel, architecture, training, run));
  }

  /**
   * Goes on training with other rows of series that this forecaster has learned, from the weights,
   * the updater's state and the scalers that it has.
   *
   * @throws DataException if a series is another one
   */
  public PanelForecaster trainOn(SeriesPanel panel, TrainingOptions training, TrainingRun run) {
    return of(new PanelTraining(forecaster).goOn(panel, training, run));
  }

  /**
   * Fits the network to other series, new ones among them: those get an embedding of their own,
   * which begins as that of a series without a name. All series that the panel has are scaled anew;
   * the others stay. Fewer than five series keep the {@linkplain #smoothing share} of smoothing.
   *
   * @param panel series with the same columns and step
   */
  public PanelForecaster fineTune(SeriesPanel panel, FineTuneOptions options, TrainingRun run) {
    return of(new PanelTraining(forecaster).tune(panel, options, run));
  }

  /**
   * Measures forecasts of many series, next to forecasts that need no model.
   *
   * @param past rows before the test; a series that is not among them is tested as far as its own
   *     rows allow
   * @param test the rows that follow
   * @throws DataException if no series has a window and a horizon to test on
   */
  public PanelReport evaluate(SeriesPanel past, SeriesPanel test) {
    ForecastOptions what = options();
    parts.encoder().checkStep(test.step());
    Map<String, ForecastReport> reports = new LinkedHashMap<>();
    Map<String, String> untested = new LinkedHashMap<>();
    past.names().stream()
        .filter(name -> !test.has(name))
        .forEach(name -> untested.put(name, "as they end before the test rows"));
    for (String name : test.names()) {
      TimeSeries before = past.has(name) ? past.series(name) : null;
      TimeSeries all =
          what.known(before == null ? test.series(name) : before.append(test.series(name)));
      int first = Math.max(before == null ? 0 : before.size() - 1, parts.encoder().firstOrigin());
      int[] origins = IntStream.range(first, all.size() - what.horizon()).toArray();
      if (origins.length == 0) {
        untested.put(name, "too short");
      } else if (!ForecastEvaluation.hasTruth(all, what, origins)) {
        untested.put(name, "without a real value at each step");
      } else {
        reports.put(name, report(name, all, origins));
      }
    }
    if (reports.isEmpty()) {
      throw new DataException(
          "None of the series has a window of %d rows and the horizon of %d behind it to test on. Give more rows."
              .formatted(what.lookback(), what.horizon()));
    }
    return new PanelReport(reports, unknown(test), untested, smoothing());
  }

  private ForecastReport report(String name, TimeSeries all, int[] origins) {
    ForecastOptions what = options();
    TimeSeries learned = all.rows(0, origins[0] + 1);
    List<Scaler> units = scaling.of(what, name, learned);
    double[][][] values = answers(windows(name, all, units), origins);
    double[] widths = new double[units.size() * what.horizon()];
    double[][] halves = new double[origins.length][];
    Arrays.fill(halves, widths);
    for (int i = 0; i < units.size(); i++) {
      for (int k = 0; k < what.horizon(); k++) {
        int at = i * what.horizon() + k;
        widths[at] = parts.measures().halfWidths().get(at) * units.get(i).deviation();
      }
      for (double[][] window : values) {
        window[i] = Arrays.stream(window[i]).map(units.get(i)::unscale).toArray();
      }
    }
    return new ForecastEvaluation(
            new ForecastWindows(parts.encoder(), all), what, halves, scales(learned), origins)
        .report(values, parts.encoder().step(), forecaster.provenance());
  }

  /** What the network answers of a series, with the share of smoothing. */
  private double[][][] answers(ForecastWindows windows, int[] origins) {
    double[][][] answers = forecaster.answers().of(windows, origins);
    new PanelSmoothing(windows, options()).mix(smoothing(), origins, answers);
    return answers;
  }

  /** The windows of one series, with scaled targets. */
  private ForecastWindows windows(String name, TimeSeries series, List<Scaler> units) {
    return new ForecastWindows(
        parts.encoder(),
        List.of(PanelScaling.scaled(options(), series, units)),
        List.of(scaling.id(name)));
  }

  /**
   * Of a series that is shorter than a season, or in which no two values are seasons apart, by the
   * change from row to row; NaN if there is none either, for its training is done.
   */
  private List<Double> scales(TimeSeries learned) {
    return options().targets().stream()
        .map(
            target ->
                IntStream.of(options().seasonality(), 1)
                    .mapToObj(
                        season ->
                            ForecastErrors.findScale(
                                learned.column(target), learned.isReal(target), season))
                    .flatMapToDouble(OptionalDouble::stream)
                    .findFirst()
                    .orElse(Double.NaN))
        .toList();
  }

  /**
   * Forecasts the steps that follow each series. One that training has not seen ({@link #unknown})
   * is scaled by its own rows, and forecast as a series of no name.
   *
   * @throws DataException as for {@link Forecaster#forecast(TimeSeries)}
   */
  public Map<String, Forecast> forecast(SeriesPanel panel) {
    Map<String, Forecast> forecasts = new LinkedHashMap<>();
    for (String name : panel.names()) {
      TimeSeries series = panel.series(name);
      parts.encoder().checkPart(series);
      forecasts.put(name, forecast(name, series, options().known(series).size()));
    }
    return forecasts;
  }

  /**
   * Forecasts the steps that follow some rows of one of many series.
   *
   * @param name of the series
   * @param known how many rows are known
   * @throws DataException as for {@link Forecaster#forecast(TimeSeries)}
   */
  public Forecast forecast(String name, TimeSeries series, int known) {
    parts.encoder().checkPart(series);
    forecaster.answers().checkRows(series, known);
    TimeSeries read = forecaster.answers().upTo(series, known);
    List<Scaler> units = scaling.of(options(), name, read.rows(0, known));
    ForecastWindows windows = windows(name, read, units);
    double[][] values = answers(windows, new int[] {known - 1})[0];
    double[] halves =
        parts.measures().halfWidths().stream().mapToDouble(Double::doubleValue).toArray();
    return parts.forecast(read, windows, known - 1, values, halves, units);
  }

  /**
   * Goes over the end of many series part by part, as if each was the future, and within a run,
   * which hears of each training one after the other.
   *
   * @param panel all rows
   * @param options what to forecast, and from what
   * @param architecture the network
   * @param training how to train
   * @param backtest how many parts, of how many times each, and whether to train anew before each
   *     of them
   * @param run without checkpoints if each part is trained anew, as those belong to one training
   * @throws DataException if there are too few rows before the first part, or a part is shorter
   *     than the horizon
   * @throws TrainingStoppedException if the run stops it
   */
  public static PanelBacktest backtest(
      SeriesPanel panel,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training,
      BacktestOptions backtest,
      TrainingRun run) {
    return PanelBacktest.run(
        panel.map(options::known),
        options,
        backtest,
        past -> train(past, options, architecture, training, run));
  }

  /** The series of a panel that training has not seen. */
  public List<String> unknown(SeriesPanel panel) {
    return panel.names().stream().filter(name -> !scaling.knows(name)).toList();
  }

  /** The names of the series that it has learned. */
  public List<String> names() {
    return scaling.names();
  }

  /**
   * The share of exponential smoothing in each forecast, from 0 to 1; the rest is the network's.
   * The validation rows choose it, unless {@link ForecastOptions.Builder#smoothing} is false.
   * Smoothing is fitted to the rows that a forecast is asked with, so that short series have less
   * of it to learn a season from.
   */
  public double smoothing() {
    return parts.measures().smoothing();
  }

  /** What is forecast, and from what; with the season that holds. */
  public ForecastOptions options() {
    return forecaster.options();
  }

  /** The pipeline: the network with its file, its provenance and its summary. */
  public Forecaster forecaster() {
    return forecaster;
  }

  /** Saves it as {@link Forecaster#save} does; {@link #load} reads it. */
  public void save(Path file) {
    forecaster.save(file);
  }
}
