package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.detection.Limits;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Marks the steps of a time series that are not as those that it has learned from.
 *
 * <pre>{@code
 * AnomalyDetector detector =
 *     AnomalyDetector.train(
 *         normal, AnomalyOptions.builder().columns("temperature", "humidity").build());
 * System.out.println(detector.detect(series));
 * }</pre>
 *
 * <p>The network gives back windows of rows. The error of a step is the mean of |x - y| over all
 * windows that hold it, where x is scaled to mean 0 and standard deviation 1 in the rows to learn
 * from. What is still normal, the {@link Limits}, comes of the errors on the validation rows, which
 * follow those that are learned from.
 *
 * <p>So the rows to learn from and those for validation should be normal. Anomalies among them that
 * are known are left out. Values that were missing and are interpolated ({@link TimeSeries#isReal})
 * are read, but neither learned nor judged.
 *
 * <p>Safe for use by several threads, and sets the number of native threads per operation to one,
 * as {@code TextClassifier} is and does.
 */
public final class AnomalyDetector extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<AnomalyDetector> TYPE =
      new PipelineType<>(SequenceAutoencoder.TASK, AnomalyDetector.class, AnomalyDetector::read);

  static final String METHOD = "autoencoder";

  private final AnomalyEncoder encoder;
  private final Measured measures;
  private final Replicas<ComputationGraph> networks;

  AnomalyDetector(
      ComputationGraph network, AnomalyEncoder encoder, Measured measures, ModelInfo info) {
    super(network, info);
    this.encoder = encoder;
    this.measures = measures;
    networks = Replicas.of(network);
  }

  /**
   * The entry {@code measures}: what was measured on validation rows.
   *
   * @param limits of the channels
   * @param scores of the validation steps, in ascending order
   */
  record Measured(List<Double> limits, List<Double> scores) {}

  /**
   * Trains a new network by the recipe {@code normal-series}: an LSTM of 32 units with a code of 4,
   * whose last fifth of the rows validates.
   *
   * @throws DataException as for {@link #train(TimeSeries, AnomalyOptions, SequenceAutoencoder,
   *     TrainingOptions)}
   */
  public static AnomalyDetector train(TimeSeries series, AnomalyOptions options) {
    Recipe recipe = SequenceAutoencoder.recipe("normal-series", Recurrence.LSTM);
    return train(
        series,
        options,
        SequenceAutoencoder.builder().recipe(recipe).build(),
        TrainingOptions.builder().recipe(recipe).build());
  }

  /**
   * Trains a new network. The same rows, options and seeds give the same detector to the bit, on
   * the same machine with the same number of threads.
   *
   * @param series the rows to learn from, those for validation included
   * @param options what to look at
   * @param architecture the network; its numbers of channels and places are replaced
   * @param training how to train; {@code validationSplit} is cut off the end of the series
   * @throws DataException if the series is too short, lacks a column, or one does not change
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static AnomalyDetector train(
      TimeSeries series,
      AnomalyOptions options,
      SequenceAutoencoder architecture,
      TrainingOptions training) {
    return train(
        series, new boolean[series.size()], options, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(TimeSeries, AnomalyOptions, SequenceAutoencoder, TrainingOptions)}, with known
   * anomalies, and within a run, which hears how the training goes on and may stop it.
   *
   * @param anomalies whether each row is known to be one: no window that holds one is learned from
   *     or counts for what is normal
   * @throws IllegalArgumentException if there are more or fewer of them than rows
   * @throws TrainingStoppedException if the run stops it
   */
  public static AnomalyDetector train(
      TimeSeries series,
      boolean[] anomalies,
      AnomalyOptions options,
      SequenceAutoencoder architecture,
      TrainingOptions training,
      TrainingRun run) {
    return AnomalyTraining.train(series, anomalies, options, architecture, training, run);
  }

  /**
   * Trains a new network as this one was, on all rows: without validation rows, so that all epochs
   * are trained. What is normal stays as it was measured: on rows that were learned from, errors
   * would be too small.
   *
   * @param training with as many epochs as were best, {@code provenance().bestEpoch()}
   * @throws IllegalArgumentException if there are more or fewer anomalies than rows
   */
  public AnomalyDetector retrain(
      TimeSeries series,
      boolean[] anomalies,
      SequenceAutoencoder architecture,
      TrainingOptions training,
      TrainingRun run) {
    encoder.check(series);
    return AnomalyTraining.retrain(
        series, anomalies, options(), measures, architecture, training, run);
  }

  /**
   * Goes on training with other rows, from the weights, the updater's state and the scalers that
   * this detector has; what is normal is measured anew. This one stays as it is.
   *
   * @param series rows with the same columns and step, those for validation included
   * @throws DataException if the series is too short, lacks a column, or has another step
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public AnomalyDetector trainOn(TimeSeries series, TrainingOptions training, TrainingRun run) {
    encoder.check(series);
    return AnomalyTraining.goOn(
        network(),
        encoder,
        series,
        new boolean[series.size()],
        info().architecture(),
        training,
        new FineTuneOrigin(provenance(), null, null),
        run);
  }

  /**
   * Fits the network to another series of the same columns and step, from the weights that it has,
   * and leaves this detector as it is. Scalers and what is normal are made anew, so that the series
   * may have another level and spread.
   *
   * @param series rows to learn from, those for validation included
   * @param anomalies whether each row is known to be one
   * @param options what is frozen, and how to train; a detector has no embedding
   * @throws DataException as for {@link #train}
   * @throws IllegalArgumentException if the embedding is to be frozen, or there are more or fewer
   *     anomalies than rows
   */
  public AnomalyDetector fineTune(
      TimeSeries series, boolean[] anomalies, FineTuneOptions options, TrainingRun run) {
    encoder.check(series);
    return AnomalyTraining.fineTune(this, trained(), series, anomalies, options, run);
  }

  /**
   * Marks the steps of a series, with the threshold of the training.
   *
   * @param series with the columns and the step of the training, the window at least
   * @throws DataException if it has not
   */
  public Detection detect(TimeSeries series) {
    return detect(series, options().thresholdQuantile());
  }

  /**
   * As {@link #detect(TimeSeries)}, with another threshold.
   *
   * @param quantile the fraction of the validation rows that is not marked, in (0, 1)
   * @throws DataException also if there were too few validation rows for it
   * @throws IllegalArgumentException if the quantile is not in (0, 1)
   */
  public Detection detect(TimeSeries series, double quantile) {
    Require.openFraction("quantile", quantile);
    encoder.check(series);
    double factor =
        quantile == options().thresholdQuantile()
            ? 1
            : Limits.quantile(
                measures.scores().stream().mapToDouble(Double::doubleValue).toArray(), quantile);
    AnomalyWindows windows = new AnomalyWindows(encoder, series);
    double[][] scores = networks.ask(windows::errors);
    for (int c = 0; c < scores.length; c++) {
      for (int row = 0; row < scores[c].length; row++) {
        scores[c][row] /= measures.limits().get(c) * factor;
      }
    }
    return new Detection(METHOD, series, options().columns(), scores, 1 - quantile);
  }

  /**
   * Measures the detector beside two without a network, which learn from the rows before the test.
   * Anomalies are put into the test rows by rule ({@link
   * io.github.recurrentzoo.zoo.detection.SyntheticAnomalies}).
   *
   * <p>A detector that the rows of the past are too few for is left out: {@link
   * AnomalyReport#leftOut}.
   *
   * @param past rows before the test
   * @param test the rows that follow, without anomalies as far as one knows
   * @throws DataException if past and test have fewer rows than the window, the step is another
   *     one, or a column is missing
   */
  public AnomalyReport evaluate(TimeSeries past, TimeSeries test) {
    return AnomalyEvaluation.of(
        this, past, test, null, options().thresholdQuantile(), AnomalyEvaluation.SEED);
  }

  /**
   * As {@link #evaluate(TimeSeries, TimeSeries)}, by known anomalies.
   *
   * @param anomalies whether each row of the past, and then of the test, is one
   * @throws IllegalArgumentException if there are more or fewer of them than rows
   */
  public AnomalyReport evaluate(TimeSeries past, TimeSeries test, boolean[] anomalies) {
    return AnomalyEvaluation.of(
        this, past, test, anomalies, options().thresholdQuantile(), AnomalyEvaluation.SEED);
  }

  /**
   * Loads a detector, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static AnomalyDetector load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static AnomalyDetector load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained detector, from the artifact recurrent-zoo-pretrained on the class path; nothing is
   * downloaded. {@link Presets} tells which there are.
   *
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static AnomalyDetector pretrained(String name) {
    return TYPE.pretrained(name);
  }

  private static AnomalyDetector read(ModelEntries entries, ModelInfo info) {
    AnomalyEncoder encoder = entries.read("series", AnomalyEncoder.class);
    AnomalyOptions options = encoder.options();
    if (options == null
        || encoder.step() == null
        || options.calendarFeatures() == null
        || options.centered() == null) {
      throw entries.damaged("series", "lacks its step or some of its options");
    }
    if (options.seasonality() < 1) {
      throw entries.damaged("series", "has no season of 1 row at least");
    }
    if (options.holidays() != null
        && (options.holidays().country() == null || !options.holidays().hasRules())) {
      throw entries.damaged("series", "names no country whose holidays are known");
    }
    int channels = entries.outputSize(SequenceAutoencoder.OUTPUT);
    entries.checkSize("series", options.columns().size(), channels);
    entries.checkSize("series", encoder.scalers().size(), channels);
    entries.checkInteger(info, "placeSize", 1, Integer.MAX_VALUE);
    entries.checkSize("series", options.placeSize(), info.integer("placeSize"));
    Measured measures = entries.read("measures", Measured.class);
    if (measures.limits() == null || measures.scores() == null) {
      throw entries.damaged("measures", "lacks limits or scores");
    }
    entries.checkSize("measures", measures.limits().size(), channels);
    if (!areSound(measures)) {
      throw entries.damaged(
          "measures",
          "has limits that are not finite and above 0, or scores that are not finite, below 0 or"
              + " not in ascending order");
    }
    return new AnomalyDetector(entries.network(), encoder, measures, info);
  }

  private static boolean areSound(Measured measures) {
    double last = 0;
    for (Double score : measures.scores()) {
      if (score == null || !(score >= last && score < Double.POSITIVE_INFINITY)) {
        return false;
      }
      last = score;
    }
    return measures.limits().stream()
        .allMatch(limit -> limit != null && limit > 0 && limit < Double.POSITIVE_INFINITY);
  }

  @Override
  public PipelineType<AnomalyDetector> type() {
    return TYPE;
  }

  @Override
  protected Map<String, Object> entries() {
    return Map.of("series", encoder, "measures", measures);
  }

  @Override
  protected void answerOnce() {
    int channels = options().columns().size();
    int places = options().placeSize();
    int steps = options().window();
    INDArray answer = trained().outputSingle(probe(channels + places, steps), probe(places, steps));
    if (answer.length() != 2L * channels * steps) {
      throw new IllegalStateException(
          "it answers %d numbers for two windows; expected %d"
              .formatted(answer.length(), 2L * channels * steps));
    }
    if (!Double.isFinite(answer.norm1Number().doubleValue())) {
      throw new IllegalStateException("it answers NaN or infinity");
    }
  }

  private static INDArray probe(int size, int steps) {
    return Nd4j.linspace(-2, 2, 2L * size * steps).castTo(DataType.FLOAT).reshape(2, size, steps);
  }

  /** What it looks at; with what was found in the rows that it has learned from. */
  public AnomalyOptions options() {
    return encoder.options();
  }

  /** The step of the series that it has learned from, for {@code TimeSeriesReader.Builder.step}. */
  public TimeStep step() {
    return encoder.step();
  }
}
