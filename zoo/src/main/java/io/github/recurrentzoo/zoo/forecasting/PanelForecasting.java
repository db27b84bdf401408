package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link Forecaster} does with many series: their targets are scaled, each by its own mean
 * and deviation, and then they are rows like any other.
 */
final class PanelForecasting {
  private PanelForecasting() {}

  /** Trains a new network. */
  static Forecaster train(
      SeriesPanel panel,
      ForecastOptions options,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a forecaster");
    SeriesPanel known = panel.map(options::known);
    SeriesPanel.Split split = known.split(training.validationSplit());
    ForecastOptions what = options.withSeason(known.step(), split.past().longest().size());
    what.columns().forEach(known.longest()::column);
    checkLength(split, what);
    PanelScaling scaling = PanelScaling.fit(what, split.past());
    ForecastRows rows = rows(known, split, what, scaling);
    List<TimeSeries> learned = rows.learnedParts();
    ForecastEncoder encoder = ForecastEncoder.fit(what.withHolidaysOf(learned), learned, scaling);
    SequenceForecasting entry = encoder.sized(architecture);
    return ForecastTraining.run(
        entry.init(), encoder, rows, entry.describe(), training, null, null, run);
  }

  private static void checkLength(SeriesPanel.Split split, ForecastOptions options) {
    int longest = split.past().longest().size();
    int window = options.lag() + options.lookback() + options.horizon();
    if (longest < window) {
      throw new DataException(
          "The longest of the %d series has %d rows to learn from; one window with its horizon needs %d (window %d, horizon %d). Give more rows, or a shorter window or horizon."
              .formatted(
                  split.past().names().size(),
                  longest,
                  window,
                  options.lookback(),
                  options.horizon()));
    }
    if (split.test().longest().size() < options.horizon()) {
      throw new DataException(
          "The longest series keeps %d rows for validation; expected the horizon of %d at least. Give more rows, a larger fraction for validation, or a shorter horizon."
              .formatted(split.test().longest().size(), options.horizon()));
    }
  }

  /** The rows of all series whose scalers are known, with scaled targets. */
  private static ForecastRows rows(
      SeriesPanel all, SeriesPanel.Split split, ForecastOptions options, PanelScaling scaling) {
    List<TimeSeries> series = new ArrayList<>();
    List<Integer> learned = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (String name : all.names()) {
      boolean learns = split == null || split.past().has(name);
      if (scaling.knows(name)) {
        TimeSeries each = all.series(name);
        series.add(PanelScaling.scaled(options, each, scaling.of(options, name, each)));
        learned.add(split == null ? each.size() : learns ? split.past().series(name).size() : 0);
        ids.add(scaling.id(name));
      }
    }
    return new ForecastRows(series, learned, ids);
  }

  /** Trains a new network on all rows, with intervals that are known. */
  static Forecaster retrain(
      Forecaster trained,
      ForecastParts parts,
      SeriesPanel panel,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    ForecastOptions what = trained.options();
    SeriesPanel known = panel.map(what::known);
    PanelScaling scaling = PanelScaling.fit(what, known);
    ForecastRows rows = rows(known, null, what, scaling);
    ForecastEncoder encoder = ForecastEncoder.fit(what, rows.learnedParts(), scaling);
    SequenceForecasting entry = encoder.sized(architecture);
    return ForecastTraining.run(
        entry.init(), encoder, rows, entry.describe(), training, null, parts.measures(), run);
  }

  /**
   * Goes on training with other rows: series that are not known get an embedding, and all that
   * there are new scalers.
   *
   * @param tuning how; null to go on with the updater's state, with known series and scalers only
   */
  static Forecaster goOn(
      Forecaster trained,
      ComputationGraph network,
      ForecastParts parts,
      SeriesPanel panel,
      FineTuneOptions tuning,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a forecaster");
    ForecastOptions what = trained.options();
    PanelScaling before = scaling(parts);
    parts.encoder().checkStep(panel.step());
    what.columns().forEach(panel.longest()::column);
    SeriesPanel known = panel.map(what::known);
    SeriesPanel.Split split = known.split(training.validationSplit());
    checkLength(split, what);
    if (tuning == null) {
      List<String> unknown = unknown(parts, panel);
      if (!unknown.isEmpty()) {
        throw new DataException(
            "The forecaster has not learned the series %s; expected some of %s. Fine-tune it to add series."
                .formatted(unknown, before.names()));
      }
      return ForecastTraining.run(
          trained.network(),
          parts.encoder(),
          rows(known, split, what, before),
          trained.info().architecture(),
          training,
          new FineTuneOrigin(trained.provenance(), null, null),
          null,
          run);
    }
    if (tuning.freeze() == Freeze.EMBEDDING) {
      throw new IllegalArgumentException(
          "freeze is EMBEDDING, which a forecaster of many series needs for new series; freeze NOTHING or ALL_BUT_HEAD");
    }
    PanelScaling scaling = before.with(PanelScaling.fit(what, split.past()));
    ForecastEncoder old = parts.encoder();
    ForecastEncoder encoder =
        new ForecastEncoder(what, old.step(), old.read(), old.answered(), scaling);
    TunedNetwork tuned = new TunedNetwork(network, tuning, SequenceForecasting.OUTPUT);
    tuned.inputs(SequenceForecasting.NAME_EMBEDDING, scaling.names().size() + 1);
    ComputationGraph copy = tuned.start();
    startAsUnknown(copy, before.names().size() + 1);
    Map<String, Object> architecture = tuned.describe(trained.info().architecture());
    architecture.put("series", scaling.names().size());
    List<String> kept = panel.names().stream().filter(before::knows).toList();
    FineTuneMapping mapping =
        new FineTuneMapping(
            List.of(
                new FineTuneMapping.Names(
                    "series",
                    kept,
                    panel.names().stream().filter(name -> !before.knows(name)).toList(),
                    List.of())),
            List.of());
    Forecaster result =
        ForecastTraining.run(
            copy,
            encoder,
            rows(known, split, what, scaling),
            architecture,
            training,
            new FineTuneOrigin(trained.provenance(), tuning, mapping),
            null,
            run);
    tuned.finish();
    return result;
  }

  /** New series begin as what the network has learned of series without a name. */
  private static void startAsUnknown(ComputationGraph network, int first) {
    INDArray rows =
        network.getVertex(SequenceForecasting.NAME_EMBEDDING).paramTable(false).get("W");
    for (long row = first; row < rows.size(0); row++) {
      rows.getRow(row).assign(rows.getRow(0));
    }
  }

  /** The series of a panel that the network has not learned. */
  static List<String> unknown(ForecastParts parts, SeriesPanel panel) {
    PanelScaling scaling = scaling(parts);
    return panel.names().stream().filter(name -> !scaling.knows(name)).toList();
  }

  private static PanelScaling scaling(ForecastParts parts) {
    PanelScaling scaling = parts.encoder().panel();
    if (scaling == null) {
      throw new DataException(
          "The forecaster has learned from one series and knows no others; expected one series. Give one, or train a forecaster on many.");
    }
    return scaling;
  }

  /** A network's answers for some windows, [B][target][step - 1]. */
  @FunctionalInterface
  interface Answers {
    double[][][] of(ForecastWindows windows, int[] origins);
  }

  /** The forecast of what follows the known rows of one series. */
  static Forecast forecast(
      ForecastParts parts, String name, TimeSeries series, int known, Answers answers) {
    ForecastOptions what = parts.encoder().options();
    List<Scaler> units = scaling(parts).of(what, name, series.rows(0, known));
    ForecastWindows windows =
        new ForecastWindows(
            parts.encoder(),
            List.of(PanelScaling.scaled(what, series, units)),
            List.of(scaling(parts).id(name)));
    double[][] values = answers.of(windows, new int[] {known - 1})[0];
    double[] halves =
        parts.measures().halfWidths().stream().mapToDouble(Double::doubleValue).toArray();
    return parts.forecast(series, windows, known - 1, values, halves, units);
  }

  /** Measures forecasts of all series that go on in the test, as far as they are long enough. */
  static PanelReport evaluate(
      ForecastParts parts, SeriesPanel past, SeriesPanel test, Answers answers) {
    ForecastOptions what = parts.encoder().options();
    parts.encoder().checkStep(test.step());
    Map<String, ForecastReport> reports = new LinkedHashMap<>();
    List<String> tooShort = new ArrayList<>();
    for (String name : test.names()) {
      TimeSeries before = past.has(name) ? past.series(name) : null;
      TimeSeries all =
          what.known(before == null ? test.series(name) : before.append(test.series(name)));
      int first = Math.max(before == null ? 0 : before.size() - 1, parts.encoder().firstOrigin());
      int[] origins = IntStream.range(first, all.size() - what.horizon()).toArray();
      if (origins.length == 0) {
        tooShort.add(name);
        continue;
      }
      TimeSeries learned = all.rows(0, first + 1);
      List<Scaler> units = scaling(parts).of(what, name, learned);
      ForecastWindows scaled =
          new ForecastWindows(
              parts.encoder(),
              List.of(PanelScaling.scaled(what, all, units)),
              List.of(scaling(parts).id(name)));
      double[][][] values = answers.of(scaled, origins);
      double[] widths = new double[units.size() * what.horizon()];
      double[][] halves = new double[origins.length][];
      Arrays.fill(halves, widths);
      for (int i = 0; i < units.size(); i++) {
        for (int k = 0; k < what.horizon(); k++) {
          int at = i * what.horizon() + k;
          widths[at] = parts.measures().halfWidths().get(at) * units.get(i).deviation();
          for (double[][] window : values) {
            window[i][k] = units.get(i).unscale(window[i][k]);
          }
        }
      }
      reports.put(
          name,
          new ForecastEvaluation(
                  new ForecastWindows(parts.encoder(), all),
                  what,
                  halves,
                  scales(learned, what),
                  origins)
              .report(values));
    }
    if (reports.isEmpty()) {
      throw new DataException(
          "None of the series has a window of %d rows and the horizon of %d behind it to test on. Give more rows."
              .formatted(what.lookback(), what.horizon()));
    }
    return new PanelReport(reports, unknown(parts, test), tooShort);
  }

  /** Of a series that is shorter than a season, by the change from row to row. */
  private static List<Double> scales(TimeSeries learned, ForecastOptions options) {
    boolean whole = learned.size() > options.seasonality();
    return ForecastTraining.scales(
        learned, whole ? options : options.toBuilder().seasonality(1).build());
  }
}
