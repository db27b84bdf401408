package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
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
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a {@link PanelForecaster} comes of many series: their targets are scaled, each by its own
 * mean and deviation, and then they are rows like any other.
 */
final class PanelTraining {
  /** Fewer series than these do not choose the share of smoothing anew. */
  private static final int FEWEST = 5;

  private final Forecaster trained;
  private final ForecastOptions what;
  private final ForecastEncoder encoder;
  private final PanelScaling scaling;

  /** Begins from one that was trained before. */
  PanelTraining(Forecaster trained) {
    this.trained = trained;
    this.what = trained.options();
    this.encoder = trained.answers().parts().encoder();
    this.scaling = encoder.panel();
  }

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
    return new ForecastRows(series, learned, ids, options.smoothing() ? Double.NaN : 0);
  }

  /** Trains a new network on all rows, with intervals that are known. */
  Forecaster retrain(
      SeriesPanel panel,
      SequenceForecasting architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    SeriesPanel known = panel.map(what::known);
    PanelScaling fitted = PanelScaling.fit(what, known);
    ForecastRows rows = rows(known, null, what, fitted);
    ForecastEncoder fresh = ForecastEncoder.fit(what, rows.learnedParts(), fitted);
    SequenceForecasting entry = fresh.sized(architecture);
    return ForecastTraining.run(
        entry.init(),
        fresh,
        rows,
        entry.describe(),
        training,
        null,
        trained.answers().parts().measures(),
        run);
  }

  /** Goes on training with other rows of known series, with the updater's state and the scalers. */
  Forecaster goOn(SeriesPanel panel, TrainingOptions training, TrainingRun run) {
    SeriesPanel known = begin(panel, training);
    SeriesPanel.Split split = known.split(training.validationSplit());
    checkLength(split, what);
    List<String> unknown = unknown(panel);
    if (!unknown.isEmpty()) {
      throw new DataException(
          "The forecaster has not learned the series %s; expected some of %s. Fine-tune it to add series."
              .formatted(unknown, scaling.names()));
    }
    return ForecastTraining.run(
        trained.network(),
        encoder,
        ofFewKeepingTheShare(rows(known, split, what, scaling)),
        trained.info().architecture(),
        training,
        new FineTuneOrigin(trained.provenance(), null, null),
        null,
        run);
  }

  private ForecastRows ofFewKeepingTheShare(ForecastRows rows) {
    return rows.series().size() < FEWEST
        ? rows.withShare(trained.answers().parts().measures().smoothing())
        : rows;
  }

  /** Fits the network to other series: new ones get an embedding, and all of them new scalers. */
  Forecaster tune(SeriesPanel panel, FineTuneOptions tuning, TrainingRun run) {
    TrainingOptions training = tuning.training();
    SeriesPanel known = begin(panel, training);
    SeriesPanel.Split split = known.split(training.validationSplit());
    checkLength(split, what);
    if (tuning.freeze() == Freeze.EMBEDDING) {
      throw new IllegalArgumentException(
          "freeze is EMBEDDING, which a forecaster of many series needs for new series; freeze NOTHING or ALL_BUT_HEAD");
    }
    PanelScaling all = scaling.with(PanelScaling.fit(what, split.past()));
    TunedNetwork tuned = new TunedNetwork(trained.weights(), tuning, SequenceForecasting.OUTPUT);
    tuned.inputs(SequenceForecasting.NAME_EMBEDDING, all.names().size() + 1);
    ComputationGraph copy = tuned.start();
    startAsUnknown(copy, scaling.names().size() + 1);
    ForecastRows rows = rows(known, split, what, all);
    Map<String, Object> architecture = tuned.describe(trained.info().architecture());
    architecture.put("series", all.names().size());
    Forecaster result =
        ForecastTraining.run(
            copy,
            new ForecastEncoder(what, encoder.step(), encoder.read(), encoder.answered(), all),
            ofFewKeepingTheShare(rows),
            architecture,
            training,
            new FineTuneOrigin(trained.provenance(), tuning, mapping(panel)),
            null,
            run);
    tuned.finish();
    return result;
  }

  /** The rows that can be learned from; refuses other columns and another step. */
  private SeriesPanel begin(SeriesPanel panel, TrainingOptions training) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a forecaster");
    encoder.checkStep(panel.step());
    what.columns().forEach(panel.longest()::column);
    return panel.map(what::known);
  }

  private FineTuneMapping mapping(SeriesPanel panel) {
    List<String> kept = panel.names().stream().filter(scaling::knows).toList();
    return new FineTuneMapping(
        List.of(new FineTuneMapping.Names("series", kept, unknown(panel), List.of())), List.of());
  }

  private List<String> unknown(SeriesPanel panel) {
    return panel.names().stream().filter(name -> !scaling.knows(name)).toList();
  }

  /** New series begin as what the network has learned of series without a name. */
  private static void startAsUnknown(ComputationGraph network, int first) {
    INDArray rows =
        network.getVertex(SequenceForecasting.NAME_EMBEDDING).paramTable(false).get("W");
    for (long row = first; row < rows.size(0); row++) {
      rows.getRow(row).assign(rows.getRow(0));
    }
  }
}
