package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.series.ForecastIntervals;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** How a {@link Forecaster} comes of a network, whether that is a new one or was trained before. */
final class ForecastTraining {
  /** How many errors of validation rows a forecaster keeps for each step. */
  private static final int KEPT = 200;

  private ForecastTraining() {}

  /** How many rows at the beginning are learned from; refuses a series that is too short. */
  static int learnedRows(TimeSeries series, ForecastOptions options, TrainingOptions training) {
    int validation = validationRows(series, training);
    checkLength(series, options, validation);
    if (validation < options.horizon()) {
      throw new DataException(
          "The series has %d rows, of which %d are kept for validation; expected the horizon of %d at least. Give more rows, a larger fraction for validation, or a shorter horizon."
              .formatted(series.size(), validation, options.horizon()));
    }
    return series.size() - validation;
  }

  private static void checkLength(TimeSeries series, ForecastOptions options, int validation) {
    int learned = series.size() - validation;
    int window = options.lag() + options.lookback() + options.horizon();
    if (learned < window || learned <= options.seasonality()) {
      throw new DataException(
          "The series has %d rows, of which %d are kept for validation and %d are to learn from; %s. Give more rows, or a shorter window, horizon or season."
              .formatted(
                  series.size(),
                  validation,
                  learned,
                  learned < window
                      ? "one window with its horizon needs %d (%swindow %d, horizon %d)"
                          .formatted(
                              window,
                              options.lag() == 0 ? "" : "difference " + options.lag() + ", ",
                              options.lookback(),
                              options.horizon())
                      : "the season of %d needs one row more at least"
                          .formatted(options.seasonality())));
    }
  }

  /** How many rows at the end validate. */
  static int validationRows(TimeSeries series, TrainingOptions training) {
    return (int) Math.round(series.size() * training.validationSplit());
  }

  /** The options with the season of the series, and scalers of the rows to learn from. */
  static ForecastEncoder encoder(
      TimeSeries series, ForecastOptions options, TrainingOptions training) {
    ForecastOptions resolved =
        options.withSeason(series.step(), series.size() - validationRows(series, training));
    resolved.columns().forEach(series::column);
    TimeSeries learned = series.rows(0, learnedRows(series, resolved, training));
    return ForecastEncoder.fit(resolved.withHolidaysOf(List.of(learned)), learned);
  }

  /** All windows to learn from at once. */
  static MultiDataSet dataSet(
      TimeSeries series, ForecastOptions options, TrainingOptions training) {
    NativeThreads.useOne();
    ForecastEncoder encoder = encoder(series, options, training);
    ForecastRows rows = ForecastRows.of(series, learnedRows(series, encoder.options(), training));
    ForecastWindows windows = windows(encoder, rows);
    int[] origins = learnedOrigins(windows, encoder, rows);
    float[][] mask = windows.mask(origins);
    return new org.nd4j.linalg.dataset.MultiDataSet(
        windows.inputs(origins),
        new INDArray[] {windows.asOutput(windows.labels(origins))},
        null,
        mask == null ? null : new INDArray[] {windows.asOutput(mask)});
  }

  /** A forecaster of a network that was trained outside of the zoo. */
  static Forecaster outside(
      ComputationGraph network,
      SequenceForecasting architecture,
      ForecastOptions options,
      TimeSeries series,
      TrainingOptions training) {
    ForecastEncoder encoder = encoder(series, options, training);
    ForecastRows rows = ForecastRows.of(series, learnedRows(series, encoder.options(), training));
    ForecastWindows windows = windows(encoder, rows);
    return TrainedOutside.put(
        encoder.sized(architecture),
        network,
        (copy, info) -> measured(copy, windows, encoder, rows, info));
  }

  private static ForecastWindows windows(ForecastEncoder encoder, ForecastRows rows) {
    return new ForecastWindows(encoder, rows.series(), rows.ids());
  }

  private static int[] learnedOrigins(
      ForecastWindows windows, ForecastEncoder encoder, ForecastRows rows) {
    int[] origins =
        windows.withTruth(
            IntStream.range(0, rows.series().size())
                .flatMap(
                    s ->
                        IntStream.range(
                            windows.offset(s) + encoder.firstOrigin(),
                            windows.offset(s)
                                + rows.learned().get(s)
                                - encoder.options().horizon()))
                .toArray());
    if (origins.length == 0) {
      throw new DataException(
          "Behind no window of the %d rows to learn from is a real value of a target; all were missing and are interpolated. Give rows with values."
              .formatted(rows.learnedSize()));
    }
    return origins;
  }

  private static int[] validationOrigins(
      ForecastWindows windows, ForecastEncoder encoder, ForecastRows rows) {
    return IntStream.range(0, rows.series().size())
        .flatMap(
            s ->
                IntStream.range(
                    windows.offset(s) + Math.max(rows.learned().get(s) - 1, encoder.firstOrigin()),
                    windows.offset(s) + rows.series().get(s).size() - encoder.options().horizon()))
        .toArray();
  }

  /** A forecaster with the intervals and scales that these rows give. */
  private static Forecaster measured(
      ComputationGraph network,
      ForecastWindows windows,
      ForecastEncoder encoder,
      ForecastRows rows,
      ModelInfo info) {
    ForecastOptions what = encoder.options();
    int[] origins = validationOrigins(windows, encoder, rows);
    double[][][] forecasts = windows.forecasts(network, origins);
    boolean one = encoder.panel() == null;
    PanelSmoothing smoothing = new PanelSmoothing(windows, what);
    double share = Double.isNaN(rows.share()) ? smoothing.share(origins, forecasts) : rows.share();
    smoothing.mix(share, origins, forecasts);
    ForecastIntervals intervals = intervals(windows, what, origins, forecasts);
    TimeSeries series = rows.series().get(0);
    return new Forecaster(
        network,
        new ForecastParts(
            encoder,
            new ForecastParts.Measured(
                intervals.halfWidths(),
                one ? scales(rows, what) : List.of(),
                one ? lastResiduals(residuals(windows, what, origins, forecasts)) : List.of(),
                series.time(series.size() - 1).toEpochSecond(),
                share)),
        info);
  }

  private static List<List<Double>> lastResiduals(double[][] residuals) {
    return Arrays.stream(residuals)
        .map(all -> Arrays.stream(all, Math.max(0, all.length - KEPT), all.length))
        .map(last -> last.boxed().toList())
        .toList();
  }

  private static List<Double> scales(ForecastRows rows, ForecastOptions options) {
    return scales(rows.series().get(0).rows(0, rows.learned().get(0)), options);
  }

  /** Trains a network, and makes its intervals and scales. */
  static Forecaster run(
      ComputationGraph network,
      ForecastEncoder encoder,
      TimeSeries series,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    return run(network, encoder, series, architecture, training, origin, null, run);
  }

  /**
   * The same with intervals and scales that are known, so that no row validates.
   *
   * @param known what was measured before; null to measure on the validation rows
   */
  static Forecaster run(
      ComputationGraph network,
      ForecastEncoder encoder,
      TimeSeries series,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      ForecastParts.Measured known,
      TrainingRun run) {
    if (known != null) {
      checkLength(series, encoder.options(), 0);
    }
    int learned = known == null ? learnedRows(series, encoder.options(), training) : series.size();
    ForecastRows rows = ForecastRows.of(series, learned);
    if (known == null) {
      scales(rows, encoder.options()); // refused now, not after the training
    }
    return run(network, encoder, rows, architecture, training, origin, known, run);
  }

  /** The same of the rows of one series or of many. */
  static Forecaster run(
      ComputationGraph network,
      ForecastEncoder encoder,
      ForecastRows rows,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      ForecastParts.Measured known,
      TrainingRun run) {
    ForecastOptions what = encoder.options();
    ForecastWindows windows = windows(encoder, rows);
    int[] learnedOrigins = learnedOrigins(windows, encoder, rows);
    int[] validationOrigins =
        known == null ? validationOrigins(windows, encoder, rows) : new int[0];
    if (known == null) {
      // An interval for which there are too few rows is refused now, not after the training.
      intervals(windows, what, validationOrigins, null);
    }
    return new Training(
            SequenceForecasting.TASK,
            network,
            architecture,
            training,
            rows.size(),
            digest(rows, encoder),
            origin)
        .dependsOn("forecast", what)
        .dependsOnGiven("intervals", known)
        .run(
            new ForecastTask(
                encoder,
                windows,
                learnedOrigins,
                validationOrigins,
                training.batchSize(learnedOrigins.length),
                loss(architecture).orElseThrow()),
            run,
            info ->
                known == null
                    ? measured(network, windows, encoder, rows, info)
                    : new Forecaster(network, new ForecastParts(encoder, known), info));
  }

  /** What the network learns to make small; empty if the architecture does not say. */
  static Optional<SequenceForecasting.Loss> loss(Map<String, Object> architecture) {
    return Arrays.stream(SequenceForecasting.Loss.values())
        .filter(loss -> loss.name().equals(architecture.get("loss")))
        .findFirst();
  }

  /** The intervals, from real values only; with forecasts of null, as if all errors were 0. */
  private static ForecastIntervals intervals(
      ForecastWindows windows, ForecastOptions options, int[] origins, double[][][] forecasts) {
    return ForecastIntervals.of(
        residuals(windows, options, origins, forecasts), options.predictionInterval());
  }

  private static double[][] residuals(
      ForecastWindows windows, ForecastOptions options, int[] origins, double[][][] forecasts) {
    int horizon = options.horizon();
    double[][] residuals = new double[options.targets().size() * horizon][];
    for (int i = 0; i < residuals.length; i++) {
      int target = i / horizon;
      int step = i % horizon + 1;
      residuals[i] =
          IntStream.range(0, origins.length)
              .filter(b -> windows.isReal(target, origins[b] + step))
              .mapToDouble(
                  b ->
                      forecasts == null ? 0 : windows.error(target, step, origins[b], forecasts[b]))
              .toArray();
    }
    return residuals;
  }

  /** What the MASE of each target is measured in. */
  private static List<Double> scales(TimeSeries learned, ForecastOptions options) {
    return options.targets().stream()
        .map(
            target ->
                ForecastErrors.scale(
                    learned.column(target), learned.isReal(target), options.seasonality()))
        .toList();
  }

  /** Of each row the name of its series, if there are many, its time and its numbers. */
  private static RowDigest digest(ForecastRows rows, ForecastEncoder encoder) {
    RowDigest digest = new RowDigest();
    for (int s = 0; s < rows.series().size(); s++) {
      TimeSeries series = rows.series().get(s);
      List<double[]> columns = encoder.options().columns().stream().map(series::column).toList();
      for (int row = 0; row < series.size(); row++) {
        if (!rows.ids().isEmpty()) {
          digest.add(encoder.panel().names().get(rows.ids().get(s) - 1));
        }
        digest.add(series.label(row));
        for (double[] column : columns) {
          digest.add(Double.toString(column[row]));
        }
      }
    }
    return digest;
  }
}
