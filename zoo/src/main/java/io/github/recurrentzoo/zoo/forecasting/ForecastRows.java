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
 */
record ForecastRows(List<TimeSeries> series, List<Integer> learned, List<Integer> ids) {

  /** The rows of one series. */
  static ForecastRows of(TimeSeries series, int learned) {
    return new ForecastRows(List.of(series), List.of(learned), List.of());
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
