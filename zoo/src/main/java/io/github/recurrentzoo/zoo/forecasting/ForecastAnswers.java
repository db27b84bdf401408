package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a {@link Forecaster} answers: forecasts of what follows some rows, and their errors. */
final class ForecastAnswers {
  private static final int PROBE_STEPS = 64;

  private final ForecastParts parts;
  private final Replicas<ComputationGraph> networks;
  private final Optional<Replicas<Inference>> inferences;

  ForecastAnswers(ComputationGraph network, ForecastParts parts) {
    this.parts = parts;
    networks = Replicas.of(network);
    inferences = Replicas.inferences(network, SequenceForecasting.OUTPUT);
  }

  ForecastParts parts() {
    return parts;
  }

  private ForecastOptions options() {
    return parts.encoder().options();
  }

  /** The network's answers [B][target][step - 1] in the units of the windows. */
  double[][][] of(ForecastWindows windows, int[] origins) {
    return inferences.isPresent()
        ? inferences.get().ask(each -> windows.forecasts(each, origins))
        : networks.ask(each -> windows.forecasts(each, origins));
  }

  /** The forecast of what follows some rows of one series. */
  Forecast forecast(TimeSeries series, int known) {
    checkRows(series, known);
    TimeSeries read = upTo(series, known);
    ForecastWindows windows = new ForecastWindows(parts.encoder(), read);
    int[] origins = parts.originsUpTo(read, known - 1);
    double[][][] values = of(windows, origins);
    double[][] halves = parts.halfWidths(windows, origins, values);
    int last = origins.length - 1;
    return parts.forecast(read, windows, known - 1, values[last], halves[last]);
  }

  /** The errors on rows that follow. */
  ForecastReport evaluate(TimeSeries past, TimeSeries test, Provenance provenance) {
    TimeSeries all = options().known(past.append(test));
    checkHistory(past, options().seasonality()); // for the seasonal naive forecast
    int tested = all.size() - past.size();
    if (tested < options().horizon()) {
      throw new DataException(
          "There are %d rows to test on; expected the horizon of %d at least. Give more rows."
              .formatted(Math.max(0, tested), options().horizon()));
    }
    int[] origins = IntStream.range(past.size() - 1, all.size() - options().horizon()).toArray();
    ForecastWindows windows = new ForecastWindows(parts.encoder(), all);
    double[][][] values = of(windows, origins);
    return new ForecastEvaluation(
            windows,
            options(),
            parts.halfWidths(windows, origins, values),
            parts.measures().scales(),
            origins)
        .report(values, parts.encoder().step(), provenance);
  }

  /** Refuses rows that a forecast cannot be made of. */
  void checkRows(TimeSeries series, int known) {
    checkHistory(series.rows(0, known), 0);
    int rows = series.size() - known;
    if (!options().futureCovariates().isEmpty() && rows < options().horizon()) {
      throw new DataException(
          "Behind the last known row, %s, there are %d rows; a forecast needs the %d rows of the horizon, with what is known of %s. Add rows with those columns, and leave %s empty."
              .formatted(
                  series.label(known - 1),
                  rows,
                  options().horizon(),
                  String.join(", ", options().futureCovariates()),
                  String.join(", ", options().pastColumns())));
    }
  }

  private void checkHistory(TimeSeries past, int season) {
    int needed = Math.max(parts.encoder().firstOrigin() + 1, season);
    if (past.size() < needed) {
      throw new DataException(
          "There are %d rows before the first forecast; expected %d at least (difference %d, window %d%s). Give more rows of the past."
              .formatted(
                  past.size(),
                  needed,
                  options().lag(),
                  options().lookback(),
                  season == 0 ? "" : ", season " + season));
    }
  }

  /** The rows that a forecast may read. */
  TimeSeries upTo(TimeSeries series, int known) {
    return options().futureCovariates().isEmpty()
        ? series.rows(0, known)
        : series.rows(0, known + options().horizon());
  }

  /** Asks a network once, and refuses one whose answers are none. */
  void probe(ComputationGraph network) {
    int steps = Math.min(options().lookback(), PROBE_STEPS);
    List<INDArray> inputs = new ArrayList<>(List.of(probe(parts.encoder().inputSize(), steps)));
    int future = options().futureSize();
    if (future > 0) {
      inputs.add(probe(future, options().horizon()));
    }
    PanelScaling panel = parts.encoder().panel();
    if (panel != null) {
      inputs.add(Nd4j.createFromArray(new float[][] {{0}, {panel.names().size()}}));
    }
    INDArray answer = network.outputSingle(inputs.toArray(INDArray[]::new));
    int expected = 2 * options().targets().size() * options().answers() * options().horizon();
    if (answer.length() != expected) {
      throw new IllegalStateException(
          "it answers %d numbers for two windows; expected %d"
              .formatted(answer.length(), expected));
    }
    if (!Double.isFinite(answer.norm1Number().doubleValue())) {
      throw new IllegalStateException("it answers NaN or infinity");
    }
  }

  private static INDArray probe(int size, int steps) {
    return Nd4j.linspace(-2, 2, 2L * size * steps).castTo(DataType.FLOAT).reshape(2, size, steps);
  }
}
