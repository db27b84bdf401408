package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Forecasts columns of a time series.
 *
 * <pre>{@code
 * TimeSeries.Split split = series.split(0.2);
 * Forecaster forecaster =
 *     Forecaster.train(
 *         split.past(),
 *         ForecastOptions.builder().targets("temp_max").lookback(30).horizon(7).build(),
 *         SequenceForecasting.builder().build(),
 *         TrainingOptions.builder().build());
 * System.out.println(forecaster.evaluate(split.past(), split.test()));
 * System.out.println(forecaster.forecast(series));
 * }</pre>
 *
 * <p>The network reads a window of rows and answers with all steps of the horizon at once. What it
 * reads and answers is scaled; the scalers know the rows to learn from and no others. Rows are cut
 * in the order of time: first those to learn from, then those for validation, which choose the best
 * epoch and give the intervals. A window that is learned from lies before the border with its whole
 * horizon; one that validates or tests has its whole horizon behind the border, and reads whatever
 * was known by then.
 *
 * <p>Numbers that were missing and are interpolated ({@link TimeSeries#isReal}) are read by the
 * network as far as the numbers around them are known at the origin of a forecast; behind the last
 * real number of a column, that one is held. They are never learned as something to answer, and
 * errors, intervals and the forecasts to compare with are made of real numbers only.
 *
 * <p>Columns that are known ahead, the calendar and holidays are read in the rows to come, too, by
 * a decoder ({@link SequenceForecasting}).
 *
 * <p>The interval of a forecast is made by split-conformal prediction, for each target and each
 * step of the horizon by itself: f plus and minus the smallest of the n absolute errors on
 * validation rows that ceil((n + 1) c) of them do not exceed, where c is the fraction that the
 * interval is to hold. Errors of a time series are neither independent nor equal; so the half
 * widths follow the errors on rows that come later, by adaptive conformal inference, as far as the
 * series that it is asked with has such rows, and {@link #evaluate} measures what they hold.
 *
 * <p>Safe for use by several threads, and sets the number of native threads per operation to one,
 * as {@code TextClassifier} is and does.
 */
public final class Forecaster extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<Forecaster> TYPE =
      new PipelineType<>(SequenceForecasting.TASK, Forecaster.class, Forecaster::read);

  private final ForecastParts parts;
  private final ForecastAnswers answers;

  Forecaster(ComputationGraph network, ForecastParts parts, ModelInfo info) {
    super(network, info);
    this.parts = parts;
    answers = new ForecastAnswers(network, parts);
  }

  /**
   * Trains a new network. The same rows, options and seeds give the same forecaster to the bit, on
   * the same machine with the same number of threads.
   *
   * @param series the rows to learn from, those for validation included
   * @param options what to forecast, and from what
   * @param architecture the network; its input size, horizon and number of targets are replaced
   * @param training how to train; {@code validationSplit} is cut off the end of the series
   * @throws DataException if the series is too short, lacks a column, or a target does not change
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static Forecaster train(
      TimeSeries series,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training) {
    return train(series, options, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(TimeSeries, ForecastOptions, SequenceForecasting, TrainingOptions)}, within a
   * run, which hears how the training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static Forecaster train(
      TimeSeries series,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a forecaster");
    TimeSeries known = options.known(series);
    ForecastEncoder encoder = ForecastTraining.encoder(known, options, training);
    SequenceForecasting entry = encoder.sized(architecture);
    return ForecastTraining.run(
        entry.init(), encoder, known, entry.describe(), training, null, run);
  }

  /**
   * Trains a new network as this one was, on all rows: without validation rows, so that all epochs
   * are trained and the weights of the last one stay. What this forecaster was measured with, the
   * widths of the intervals and the scale of MASE, stays: on rows that were learned from, intervals
   * would be too narrow.
   *
   * @param series all rows, such as those that this forecaster learned from and was tested on
   * @param architecture the network, as for this one
   * @param training with as many epochs as were best, {@code provenance().bestEpoch()}
   * @throws DataException as for {@link #train}
   */
  public Forecaster retrain(
      TimeSeries series,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    parts.encoder().check(series);
    TimeSeries known = options().known(series);
    ForecastEncoder encoder = ForecastEncoder.fit(options(), known);
    SequenceForecasting entry = encoder.sized(architecture);
    return ForecastTraining.run(
        entry.init(),
        encoder,
        known,
        entry.describe(),
        training,
        null,
        parts.measures().until(known.time(known.size() - 1)),
        run);
  }

  /**
   * What a network learns from in a loop of your own: a window of {@code lookback} rows after the
   * other, each as scaled numbers [N, D, T], with the scaled numbers of the horizon behind it [N,
   * targets * horizon] as {@link SequenceForecasting} answers them ([N, targets, horizon] if it has
   * a decoder), and a mask of the same shape that is 0 where a value is missing, if there are such.
   * If something is known ahead, {@link ForecastOptions#futureSize} F above 0, the second features
   * are [N, F, horizon]. Of holidays, only those among the rows to learn from count in D and F.
   *
   * @param series the rows to learn from, those for validation included, which are left out here
   * @param validationSplit the fraction of the rows, at their end, that validates, in (0, 1)
   * @throws DataException as for {@link #train}
   */
  public static MultiDataSet windows(
      TimeSeries series, ForecastOptions options, double validationSplit) {
    return ForecastTraining.dataSet(options.known(series), options, split(validationSplit));
  }

  /**
   * Puts a network that was trained in a loop of your own, on {@link #windows}, into a forecaster.
   * The rows for validation give its intervals. {@link Provenance#trainedOutside} is true for it.
   *
   * @param network made by {@code architecture}; it is copied and stays as it is
   * @param architecture the entry that made it; its input size, horizon and number of targets are
   *     replaced
   * @param options what to forecast, and from what
   * @param series as for {@link #windows}, and so is the fraction for validation
   * @throws IllegalArgumentException if the network has other weights than options and architecture
   *     ask for; the message names both shapes
   * @throws DataException as for {@link #train}
   */
  public static Forecaster of(
      ComputationGraph network,
      SequenceForecasting architecture,
      ForecastOptions options,
      TimeSeries series,
      double validationSplit) {
    return ForecastTraining.outside(
        network, architecture, options, options.known(series), split(validationSplit));
  }

  private static TrainingOptions split(double validationSplit) {
    return TrainingOptions.builder().validationSplit(validationSplit).build();
  }

  /**
   * Goes on training with other rows, from the weights, the updater's state and the scalers that
   * this forecaster has; intervals and the scale of MASE are made anew. This one stays as it is.
   *
   * <p>With rows that this forecaster has learned from, do not enlarge {@code validationSplit}:
   * learned rows would then be among those for validation, and the intervals too narrow.
   *
   * @param series rows with the same columns and step, those for validation included
   * @param training how to train; {@code validationSplit} is cut off the end of the series
   * @return a forecaster of the same columns, window and horizon
   * @throws DataException if the series is too short, lacks a column, or has another step
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public Forecaster trainOn(TimeSeries series, TrainingOptions training) {
    return trainOn(series, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #trainOn(TimeSeries, TrainingOptions)}, within a run, which hears how the training
   * goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public Forecaster trainOn(TimeSeries series, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a forecaster");
    parts.encoder().check(series);
    TimeSeries known = options().known(series);
    ForecastTraining.learnedRows(known, options(), training);
    return ForecastTraining.run(
        network(),
        parts.encoder(),
        known,
        info().architecture(),
        training,
        new FineTuneOrigin(provenance(), null, null),
        run);
  }

  /**
   * As {@link #fineTune(TimeSeries, List, List, FineTuneOptions)}, with columns of the same names.
   */
  public Forecaster fineTune(TimeSeries series, FineTuneOptions options) {
    return fineTune(series, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(TimeSeries, FineTuneOptions)}, within a run, which hears how the training
   * goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public Forecaster fineTune(TimeSeries series, FineTuneOptions options, TrainingRun run) {
    return fineTune(series, options(), options, run);
  }

  /**
   * Fits the network to another series, from the weights that it has, and leaves this forecaster as
   * it is. Each of the columns given takes the place of the one that this forecaster has there, by
   * the order. Scalers are made anew for the rows to learn from, so that the series may have
   * another level and spread; window, horizon, season, differences and calendar stay. {@link
   * Provenance#origin} of the new forecaster says which column took the place of which.
   *
   * @param series rows with the same step, those for validation included
   * @param targets the columns to forecast, as many as this forecaster has
   * @param pastCovariates further columns to read, as many as this forecaster has
   * @param options what is frozen, and how to train; a forecaster has no embedding
   * @return a new forecaster
   * @throws DataException if the numbers of columns differ, the series is too short, lacks a column
   *     or has another step, or a target does not change
   * @throws IllegalArgumentException if the embedding is to be frozen
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public Forecaster fineTune(
      TimeSeries series,
      List<String> targets,
      List<String> pastCovariates,
      FineTuneOptions options) {
    return fineTune(series, targets, pastCovariates, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(TimeSeries, List, List, FineTuneOptions)}, within a run, which hears how
   * the training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public Forecaster fineTune(
      TimeSeries series,
      List<String> targets,
      List<String> pastCovariates,
      FineTuneOptions options,
      TrainingRun run) {
    return fineTune(
        series,
        ForecastTuning.withColumns(
            options(), targets, pastCovariates, options().futureCovariates()),
        options,
        run);
  }

  /**
   * As {@link #fineTune(TimeSeries, List, List, FineTuneOptions)}, with the columns of other
   * options, those that are known ahead included, and within a run. All other options stay.
   *
   * @param columns whose columns take the places of those of this forecaster
   * @throws TrainingStoppedException if the run stops it
   */
  public Forecaster fineTune(
      TimeSeries series, ForecastOptions columns, FineTuneOptions options, TrainingRun run) {
    return new ForecastTuning(this, trained(), parts).tune(series, columns, options, null, run);
  }

  /**
   * Fits the network to all rows of a series, as {@link #retrain} trains a new one.
   *
   * @param tuned what came of this forecaster on a part of these rows; it gives the columns, the
   *     widths of the intervals and the scale of MASE
   * @param options with as many epochs as were best
   */
  public Forecaster fineTune(
      TimeSeries series, Forecaster tuned, FineTuneOptions options, TrainingRun run) {
    return new ForecastTuning(this, trained(), parts)
        .tune(
            series,
            tuned.options(),
            options,
            tuned.parts.measures().until(series.time(series.size() - 1)),
            run);
  }

  /**
   * Measures forecasts of rows that follow, next to {@linkplain Baseline baselines}: one after each
   * row from the last one of {@code past} on, as long as the whole horizon is there.
   *
   * @param past rows before the test, as many as a window needs and as a season has at least
   * @param test the rows that follow, the horizon at least
   * @throws DataException if there are too few rows, the step is another one, or a column is
   *     missing
   */
  public ForecastReport evaluate(TimeSeries past, TimeSeries test) {
    parts.encoder().check(past);
    return answers.evaluate(past, test, provenance());
  }

  /** What it answers and what it has beside its network, for {@link PanelForecaster}. */
  ForecastAnswers answers() {
    return answers;
  }

  /** The network, which stays as it is. */
  ComputationGraph weights() {
    return trained();
  }

  /**
   * The names of the series that it has learned, if it has learned many ({@link PanelForecaster});
   * empty for a forecaster of one series.
   */
  public List<String> seriesNames() {
    return parts.encoder().panel() == null ? List.of() : parts.encoder().panel().names();
  }

  /**
   * Goes over the end of a series part by part, as if each was the future.
   *
   * @param series all rows
   * @param options what to forecast, and from what
   * @param architecture the network
   * @param training how to train
   * @param backtest how many parts, and whether to train anew before each of them
   * @throws DataException if there are too few rows before the first part, or a part is shorter
   *     than the horizon
   */
  public static Backtest backtest(
      TimeSeries series,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training,
      BacktestOptions backtest) {
    return backtest(series, options, architecture, training, backtest, TrainingRun.SILENT);
  }

  /**
   * As {@link #backtest(TimeSeries, ForecastOptions, SequenceForecasting, TrainingOptions,
   * BacktestOptions)}, within a run, which hears of each training one after the other.
   *
   * @param run without checkpoints if each part is trained anew, as those belong to one training
   * @throws TrainingStoppedException if the run stops it
   */
  public static Backtest backtest(
      TimeSeries series,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training,
      BacktestOptions backtest,
      TrainingRun run) {
    return Backtest.run(
        options.known(series),
        options,
        backtest,
        past -> train(past, options, architecture, training, run));
  }

  /**
   * Forecasts the steps that follow a series. If some columns are known ahead, they follow the last
   * row in which a target or a past covariate is real, and the rows behind it say what is known of
   * them ({@link TimeSeries#ahead}).
   *
   * @param series rows up to now, as many as a window needs at least
   * @throws DataException if there are too few rows, the step is another one, or a column is
   *     missing
   */
  public Forecast forecast(TimeSeries series) {
    parts.encoder().check(series);
    return forecast(series, options().known(series).size());
  }

  /**
   * Forecasts the steps that follow some rows of a series, as if the rows behind them were still to
   * come: of those, only the columns that are known ahead are read, and without such columns not
   * even their times, so that a forecast of business days falls on holidays, too.
   *
   * @param known how many rows are known
   * @throws DataException as for {@link #forecast(TimeSeries)}
   */
  public Forecast forecast(TimeSeries series, int known) {
    parts.encoder().check(series);
    return answers.forecast(series, known);
  }

  /**
   * Marks the rows of a series that lie outside of the interval of a forecast one step ahead, with
   * the interval that this forecaster was made for ({@link ForecastOptions#predictionInterval}): of
   * normal rows, one of ten is outside of an interval of 0.9.
   *
   * @param series rows of which the first ones, as many as a window needs, are not judged
   * @throws DataException if there are too few rows, the step is another one, a column is missing,
   *     or the forecaster is one of many series
   */
  public Detection detect(TimeSeries series) {
    return detect(series, options().predictionInterval());
  }

  /**
   * As {@link #detect(TimeSeries)}, with another interval.
   *
   * @param level the fraction of normal rows that the interval is to hold, in (0, 1)
   * @throws DataException also if the forecaster keeps too few errors of validation rows for it
   * @throws IllegalArgumentException if the level is not in (0, 1)
   */
  public Detection detect(TimeSeries series, double level) {
    parts.encoder().check(series);
    return new ForecastDetection(parts, level).of(options().known(series), answers::of);
  }

  /**
   * Loads a forecaster, which forecasts as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static Forecaster load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static Forecaster load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained forecaster, from the artifact recurrent-zoo-pretrained on the class path; nothing
   * is downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code seattle-weather-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static Forecaster pretrained(String name) {
    return TYPE.pretrained(name);
  }

  private static Forecaster read(ModelEntries entries, ModelInfo info) {
    if (ForecastTraining.loss(info.architecture()).isEmpty()) {
      throw entries.damaged("options", "has no known architecture.loss");
    }
    return new Forecaster(entries.network(), ForecastParts.read(entries), info);
  }

  @Override
  public PipelineType<Forecaster> type() {
    return TYPE;
  }

  @Override
  protected Map<String, Object> entries() {
    return parts.entries();
  }

  @Override
  protected void answerOnce() {
    answers.probe(trained());
  }

  /** What is forecast, and from what; with the season that holds. */
  public ForecastOptions options() {
    return parts.encoder().options();
  }

  /** The step of the series that it has learned from, for {@code TimeSeriesReader.Builder.step}. */
  public TimeStep step() {
    return parts.encoder().step();
  }

  /**
   * The covariates that did not change in the rows that the scalers were fitted to. The network has
   * nothing to learn of them, and whatever they are later is read as that one value.
   */
  public List<String> ignoredCovariates() {
    return parts.encoder().ignored();
  }
}
