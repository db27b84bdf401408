package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows that a forecaster is trained on: of one series, or of many whose targets are scaled.
 *
 * @param series one or more
 * @param learned of each series how many rows at its beginning are learned from
 * @param ids of each series its place in the network's embedding; empty for a network of one series
 * @param share of exponential smoothing in their forecasts; NaN if validation rows are to choose it
 */
record ForecastRows(
    List<TimeSeries> series, List<Integer> learned, List<Integer> ids, double share) {

  /** The rows of one series. */
  static ForecastRows of(TimeSeries series, int learned) {
    return new ForecastRows(List.of(series), List.of(learned), List.of(), 0);
  }

  /** The same rows with a share that is known. */
  ForecastRows withShare(double known) {
    return new ForecastRows(series, learned, ids, known);
  }

  /** The parts to learn from. */
  List<TimeSeries> learnedParts() {
    return IntStream.range(0, series.size())
        .filter(i -> learned.get(i) > 0)
        .mapToObj(i -> series.get(i).rows(0, learned.get(i)))
        .toList();
  }

  /** All rows. */
  int size() {
    return series.stream().mapToInt(TimeSeries::size).sum();
  }

  /** All rows to learn from. */
  int learnedSize() {
    return learned.stream().mapToInt(Integer::intValue).sum();
  }
}
