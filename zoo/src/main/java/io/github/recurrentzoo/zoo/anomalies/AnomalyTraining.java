package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Limits;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** How an {@link AnomalyDetector} comes of a network, a new one or one that was trained before. */
final class AnomalyTraining {
  private static final String WHO = "an anomaly detector";

  /** How many scores of validation rows a detector keeps, for other thresholds. */
  private static final int KEPT = 5000;

  private final ComputationGraph network;
  private final AnomalyEncoder encoder;
  private final TimeSeries series;
  private final boolean[] anomalies;
  private final TrainingOptions training;
  private final int learned;

  private AnomalyTraining(
      ComputationGraph network,
      AnomalyEncoder encoder,
      TimeSeries series,
      boolean[] anomalies,
      TrainingOptions training,
      int learned) {
    this.network = network;
    this.encoder = encoder;
    this.series = series;
    this.anomalies = checked(series, anomalies);
    this.training = training;
    this.learned = learned;
  }

  /** A copy, so that nobody changes it while the network learns. */
  private static boolean[] checked(TimeSeries series, boolean[] anomalies) {
    Require.notNull("anomalies", anomalies);
    if (anomalies.length != series.size()) {
      throw new IllegalArgumentException(
          "There are %d labels for %d rows".formatted(anomalies.length, series.size()));
    }
    return anomalies.clone();
  }

  /** A new network. */
  static AnomalyDetector train(
      TimeSeries series,
      boolean[] anomalies,
      AnomalyOptions options,
      SequenceAutoencoder architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    options.columns().forEach(series::column);
    int learned = learnedRows(series, options, training);
    TimeSeries rows = series.rows(0, learned);
    AnomalyEncoder encoder = AnomalyEncoder.fit(options.of(rows), rows);
    SequenceAutoencoder entry = encoder.sized(architecture);
    return new AnomalyTraining(entry.init(), encoder, series, anomalies, training, learned)
        .run(entry.describe(), null, null, run);
  }

  /** A new network on all rows, of which it is known what is normal. */
  static AnomalyDetector retrain(
      TimeSeries series,
      boolean[] anomalies,
      AnomalyOptions options,
      AnomalyDetector.Measured known,
      SequenceAutoencoder architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    AnomalyEncoder encoder = AnomalyEncoder.fit(options, series);
    SequenceAutoencoder entry = encoder.sized(architecture);
    return new AnomalyTraining(entry.init(), encoder, series, anomalies, training, series.size())
        .run(entry.describe(), null, known, run);
  }

  /** A network that was trained before. */
  static AnomalyDetector goOn(
      ComputationGraph network,
      AnomalyEncoder encoder,
      TimeSeries series,
      boolean[] anomalies,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    int learned = learnedRows(series, encoder.options(), training);
    return new AnomalyTraining(network, encoder, series, anomalies, training, learned)
        .run(architecture, origin, null, run);
  }

  /** A network that was trained on another series. */
  static AnomalyDetector fineTune(
      AnomalyDetector former,
      ComputationGraph trained,
      TimeSeries series,
      boolean[] anomalies,
      FineTuneOptions options,
      TrainingRun run) {
    if (options.freeze() == Freeze.EMBEDDING) {
      throw new IllegalArgumentException(
          "freeze is EMBEDDING, but an anomaly detector has no embedding; freeze NOTHING or"
              + " ALL_BUT_HEAD");
    }
    AnomalyOptions what = former.options();
    int learned = learnedRows(series, what, options.training());
    AnomalyEncoder encoder = AnomalyEncoder.fit(what, series.rows(0, learned));
    TunedNetwork tuned = new TunedNetwork(trained, options, SequenceAutoencoder.OUTPUT);
    FineTuneMapping mapping =
        new FineTuneMapping(
            List.of(FineTuneMapping.Names.of("columns", what.columns(), what.columns())),
            List.of());
    ComputationGraph network = tuned.start();
    AnomalyDetector result =
        goOn(
            network,
            encoder,
            series,
            anomalies,
            tuned.describe(former.info().architecture()),
            options.training(),
            new FineTuneOrigin(former.provenance(), options, mapping),
            run);
    tuned.finish();
    return result;
  }

  /** How many rows at the beginning are learned from; refuses a series that is too short. */
  static int learnedRows(TimeSeries series, AnomalyOptions options, TrainingOptions training) {
    int validation = (int) Math.round(series.size() * training.validationSplit());
    int learned = series.size() - validation;
    if (learned < options.window() || validation < options.window()) {
      throw new DataException(
          "The series has %d rows, of which %d are to learn from and %d are kept for validation; expected the window of %d at least of each. Give more rows, a shorter window, or another fraction for validation."
              .formatted(series.size(), learned, validation, options.window()));
    }
    return learned;
  }

  private AnomalyDetector run(
      Map<String, Object> architecture,
      FineTuneOrigin origin,
      AnomalyDetector.Measured known,
      TrainingRun run) {
    int window = encoder.options().window();
    AnomalyWindows windows = new AnomalyWindows(encoder, series);
    int[] starts = normal(windows, 0, learned - window);
    if (starts.length == 0) {
      throw new DataException(
          "No window of %d rows to learn from is without a known anomaly and with a real value. Give more rows, or a shorter window."
              .formatted(window));
    }
    int[] validation =
        known == null ? normal(windows, learned, series.size() - window) : new int[0];
    if (known == null) {
      if (validation.length == 0) {
        throw new DataException(
            "No window of %d validation rows is without a known anomaly and with a real value. Give more rows, or a larger fraction for validation."
                .formatted(window));
      }
      // A threshold for which there are too few rows is refused now, not after the training.
      limits(noErrors(windows));
    }
    return new Training(
            SequenceAutoencoder.TASK,
            network,
            architecture,
            training,
            series.size(),
            digest(),
            origin)
        .dependsOn("anomalies", encoder.options())
        .dependsOnGiven("limits", known)
        .run(
            new AnomalyTask(
                windows,
                starts,
                validation,
                training.batchSize(AnomalyTask.perEpoch(starts.length))),
            run,
            info -> detector(windows, known, info));
  }

  /** The first rows of windows without a known anomaly. */
  private int[] normal(AnomalyWindows windows, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .filter(windows::hasTruth)
        .filter(this::isNormal)
        .toArray();
  }

  /** Whether the window that begins there holds no known anomaly. */
  private boolean isNormal(int start) {
    return IntStream.range(start, start + encoder.options().window())
        .noneMatch(row -> anomalies[row]);
  }

  /**
   * The windows that say which errors are normal. In one with a known anomaly the network gives
   * back the other rows badly, too.
   */
  private int[] measuring(AnomalyWindows windows) {
    return Arrays.stream(windows.starts()).filter(this::isNormal).toArray();
  }

  /** Errors of 0 wherever some will be measured. */
  private double[][] noErrors(AnomalyWindows windows) {
    double[] none = new double[series.size()];
    Arrays.fill(none, Double.NaN);
    for (int start : measuring(windows)) {
      Arrays.fill(none, start, start + encoder.options().window(), 0);
    }
    return encoder.options().columns().stream().map(column -> none).toArray(double[][]::new);
  }

  private AnomalyDetector detector(
      AnomalyWindows windows, AnomalyDetector.Measured known, ModelInfo info) {
    return new AnomalyDetector(
        network,
        encoder,
        known == null ? measured(windows.errors(network, measuring(windows))) : known,
        info);
  }

  private AnomalyDetector.Measured measured(double[][] errors) {
    Limits limits = limits(errors);
    List<Double> scores = limits.scores();
    int step = scores.size() / KEPT + 1; // of many, each second, third ... from the largest on
    List<Double> kept =
        IntStream.iterate(scores.size() - 1, i -> i >= 0, i -> i - step)
            .mapToObj(scores::get)
            .sorted()
            .toList();
    return new AnomalyDetector.Measured(limits.ofChannels(), kept);
  }

  private Limits limits(double[][] errors) {
    double[][] validation = new double[errors.length][];
    for (int c = 0; c < errors.length; c++) {
      boolean[] real = series.isReal(encoder.options().columns().get(c));
      double[] own = errors[c];
      validation[c] =
          IntStream.range(learned, series.size())
              .mapToDouble(row -> real[row] ? own[row] : Double.NaN)
              .toArray();
    }
    return Limits.of(validation, encoder.options().thresholdQuantile());
  }

  private RowDigest digest() {
    RowDigest digest = new RowDigest();
    List<double[]> columns = encoder.options().columns().stream().map(series::column).toList();
    for (int row = 0; row < series.size(); row++) {
      digest.add(series.label(row));
      for (double[] column : columns) {
        digest.add(Double.toString(column[row]));
      }
      if (anomalies[row]) {
        digest.add("anomaly");
      }
    }
    return digest;
  }
}
