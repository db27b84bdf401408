package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.series.AdaptiveIntervals;
import io.github.recurrentzoo.zoo.series.HolidayCalendar;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link Forecaster} has beside its network, as its file holds it.
 *
 * @param encoder the entry {@code series}: what is read and answered, and the scalers
 * @param measures the entry {@code measures}: what was measured when it was trained
 */
record ForecastParts(ForecastEncoder encoder, Measured measures) {
  private static final int MOST_ORIGINS = 500;

  /**
   * What was measured when a forecaster was trained.
   *
   * @param halfWidths of the intervals, by target and step
   * @param scales what the MASE of each target is measured in; empty for a forecaster of many
   *     series, whose half widths are in standard deviations of each
   * @param residuals the last absolute errors on validation rows, by target and step, oldest first;
   *     empty in files of before there were any, and of many series
   * @param until the second since 1970 of the last row that was learned from or measured on
   * @param smoothing the share of exponential smoothing in the forecasts of many series
   */
  record Measured(
      List<Double> halfWidths,
      List<Double> scales,
      List<List<Double>> residuals,
      long until,
      double smoothing) {
    Measured {
      residuals = residuals == null ? List.of() : residuals.stream().map(List::copyOf).toList();
    }

    /** The same of a forecaster that has learned from all rows up to another one. */
    Measured until(ZonedDateTime last) {
      return new Measured(halfWidths, scales, residuals, last.toEpochSecond(), smoothing);
    }
  }

  /**
   * The half widths of forecasts one after the other, [window][target and step]: those that were
   * measured, or such that follow the errors.
   *
   * @param origins in ascending order
   */
  double[][] halfWidths(ForecastWindows windows, int[] origins, double[][][] forecasts) {
    int horizon = encoder.options().horizon();
    if (measures.residuals().isEmpty()) {
      double[] fixed = measures.halfWidths().stream().mapToDouble(Double::doubleValue).toArray();
      double[][] all = new double[origins.length][];
      Arrays.fill(all, fixed);
      return all;
    }
    return new AdaptiveIntervals(measures.residuals(), encoder.options().predictionInterval())
        .follow(
            origins,
            horizon,
            (b, i) -> windows.error(i / horizon, i % horizon + 1, origins[b], forecasts[b]));
  }

  /**
   * The origins up to one that the intervals of a forecast are made with: those behind the rows
   * that were learned from or measured on, at most some hundreds, and that one.
   */
  int[] originsUpTo(TimeSeries series, int origin) {
    int first = origin;
    while (!measures.residuals().isEmpty()
        && first > encoder.firstOrigin()
        && origin - first < MOST_ORIGINS
        && series.time(first).toEpochSecond() > measures.until()) {
      first--;
    }
    return IntStream.rangeClosed(first, origin).toArray();
  }

  /**
   * A forecast with its intervals.
   *
   * @param series that the windows were made of; of many, with targets that are not scaled
   * @param values [target][step - 1]
   * @param halves of each target and step
   */
  Forecast forecast(
      TimeSeries series, ForecastWindows windows, int origin, double[][] values, double[] halves) {
    List<Scaler> units = Collections.nCopies(encoder.options().targets().size(), new Scaler(0, 1));
    return forecast(series, windows, origin, values, halves, units);
  }

  /**
   * The same of one of many series.
   *
   * @param units how each target was scaled
   */
  Forecast forecast(
      TimeSeries series,
      ForecastWindows windows,
      int origin,
      double[][] values,
      double[] halves,
      List<Scaler> units) {
    ForecastOptions options = encoder.options();
    List<Integer> rows =
        IntStream.rangeClosed(origin + 1, origin + options.horizon()).boxed().toList();
    List<Forecast.Target> targets = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      List<Double> forecast = new ArrayList<>();
      List<Double> lower = new ArrayList<>();
      List<Double> upper = new ArrayList<>();
      List<List<Double>> quantiles = new ArrayList<>();
      for (int k = 0; k < options.horizon(); k++) {
        Scaler unit = units.get(i);
        double half = halves[i * options.horizon() + k] * unit.deviation();
        double value = unit.unscale(values[i][k]);
        forecast.add(value);
        lower.add(value - half);
        upper.add(value + half);
      }
      for (int level = 1; level < options.answers(); level++) {
        int from = level * options.horizon();
        quantiles.add(
            Arrays.stream(values[i], from, from + options.horizon())
                .map(units.get(i)::unscale)
                .boxed()
                .toList());
      }
      targets.add(
          new Forecast.Target(
              options.targets().get(i),
              units.get(i).unscale(windows.known(i, origin).applyAsDouble(origin)),
              forecast,
              lower,
              upper,
              quantiles));
    }
    return new Forecast(
        series.time(origin),
        series.label(origin),
        rows.stream().map(series::time).toList(),
        rows.stream().map(series::label).toList(),
        options.predictionInterval(),
        options.quantiles(),
        targets);
  }

  Map<String, Object> entries() {
    return Map.of("series", encoder, "measures", measures);
  }

  /** Reads the entries and checks that each is whole and that they belong to the network. */
  static ForecastParts read(ModelEntries entries) {
    ForecastParts read =
        new ForecastParts(
            entries.read("series", ForecastEncoder.class),
            entries.read("measures", Measured.class));
    if (read.encoder.options() == null || read.encoder.step() == null) {
      throw entries.damaged("series", "lacks its options or its step");
    }
    ForecastOptions options = read.encoder.options();
    if (options.seasonality() < 1) {
      throw entries.damaged("series", "has no season of 1 row at least");
    }
    if (read.encoder.read().size() != options.columns().size()) {
      throw entries.damaged(
          "series",
          "has %d scalers for %d columns"
              .formatted(read.encoder.read().size(), options.columns().size()));
    }
    HolidayCalendar holidays = options.holidays();
    if (holidays != null && (holidays.country() == null || !holidays.hasRules())) {
      throw entries.damaged("series", "names no country whose holidays are known");
    }
    int outputs = outputs(entries, options);
    if ((long) options.targets().size() * options.horizon() > Integer.MAX_VALUE) {
      throw entries.damaged("series", "has a horizon of " + options.horizon());
    }
    entries.checkSize("series", options.targets().size() * options.horizon(), outputs);
    entries.checkSize("series", read.encoder.answered().size(), outputs);
    entries.checkSize("series", read.encoder.inputSize(), inputSize(entries.network()));
    if (read.measures.halfWidths() == null || read.measures.scales() == null) {
      throw entries.damaged("measures", "lacks half widths or scales");
    }
    entries.checkSize("measures", read.measures.halfWidths().size(), outputs);
    for (Double half : read.measures.halfWidths()) {
      if (half == null || !(half >= 0 && half < Double.POSITIVE_INFINITY)) {
        throw entries.damaged(
            "measures", "has the half width " + half + ", but expected numbers of 0 at least");
      }
    }
    if (!read.measures.residuals().isEmpty()) {
      entries.checkSize("measures", read.measures.residuals().size(), outputs);
      for (List<Double> errors : read.measures.residuals()) {
        if (errors.isEmpty() || errors.stream().anyMatch(error -> !(error >= 0))) {
          throw entries.damaged("measures", "has residuals that are none");
        }
      }
    }
    if (!(read.measures.smoothing() >= 0 && read.measures.smoothing() <= 1)) {
      throw entries.damaged("measures", "has a share of smoothing that is none");
    }
    PanelScaling panel = read.encoder.panel();
    if (panel == null) {
      entries.checkSize("measures", read.measures.scales().size() * options.horizon(), outputs);
    } else {
      if (panel.scalers().stream().anyMatch(each -> each.size() != options.targets().size())) {
        throw entries.damaged("series", "lacks scalers of a series");
      }
      entries.checkSize("series", panel.scalers().size(), panel.names().size());
      entries.checkSize(
          "series",
          panel.names().size() + 1,
          entries.inputSize(SequenceForecasting.NAME_EMBEDDING));
    }
    return read;
  }

  /** How many numbers the network forecasts, without quantiles; of a crafted file 0. */
  private static int outputs(ModelEntries entries, ForecastOptions options) {
    long steps = options.futureSize() == 0 ? 1 : options.horizon();
    long all = entries.outputSize(SequenceForecasting.OUTPUT) * steps;
    boolean fits = all % options.answers() == 0 && all <= Integer.MAX_VALUE;
    return fits ? (int) (all / options.answers()) : 0;
  }

  /** D of the first layer, whose input weights have one row for each number that it reads. */
  private static int inputSize(ComputationGraph network) {
    Map<String, INDArray> weights = network.getLayer(0).paramTable();
    INDArray input = weights.containsKey("W") ? weights.get("W") : weights.get("fW");
    return input == null ? 0 : Math.toIntExact(input.size(0));
  }
}
