package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A series, and which of its rows are known to be anomalies.
 *
 * @param series the channels
 * @param known whether each row is one; empty if that is not known
 */
record AnomalySeries(TimeSeries series, List<Boolean> known) {

  /** Reads channels, and the labels if their column is named. */
  static AnomalySeries read(
      SeriesArguments source, List<String> columns, String labelColumn, PrintStream out) {
    return read(source, ForecastOptions.builder().targets(columns).build(), labelColumn, out);
  }

  /** Reads what a forecast is made of, and the labels if their column is named. */
  static AnomalySeries read(
      SeriesArguments source, ForecastOptions what, String labelColumn, PrintStream out) {
    if (source.isPanel()) {
      throw new BadOptionException(
          "%s; anomalies are looked for in one. Give a file with one series."
              .formatted(
                  source.data == null
                      ? "--dataset %s holds several series"
                          .formatted(source.dataset.name().toLowerCase(Locale.ROOT))
                      : "--series-column tells several series apart"));
    }
    if (labelColumn == null) {
      return new AnomalySeries(readOne(source, what, out), List.of());
    }
    List<String> past = new ArrayList<>(what.pastCovariates());
    if (past.contains(labelColumn)
        || what.targets().contains(labelColumn)
        || what.futureCovariates().contains(labelColumn)) {
      throw new BadOptionException(
          "--label-column %s is one of the columns that the model reads; expected another one."
              .formatted(labelColumn));
    }
    past.add(labelColumn);
    TimeSeries series = readOne(source, what.toBuilder().pastCovariates(past).build(), out);
    return new AnomalySeries(series, labels(series, labelColumn));
  }

  /** Without the advice to name a column of several series, which are not looked at. */
  private static TimeSeries readOne(SeriesArguments source, ForecastOptions what, PrintStream out) {
    try {
      return source.read(what, out);
    } catch (DataException e) {
      throw new DataException(
          e.getMessage()
              .replace(
                  "name the column that tells them apart (--series-column)",
                  "give a file with one of them, for anomalies are looked for in one"),
          e);
    }
  }

  private static List<Boolean> labels(TimeSeries series, String column) {
    double[] values = series.column(column);
    boolean[] real = series.isReal(column);
    List<Boolean> labels = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      if (real[row] && values[row] != 0 && values[row] != 1) {
        throw new DataException(
            "Column \"%s\" has %s at %s; expected 1 at known anomalies and 0 elsewhere. Name another column with --label-column."
                .formatted(column, values[row], series.label(row)));
      }
      labels.add(real[row] && values[row] == 1);
    }
    return labels;
  }

  /** Whether labels were read. */
  boolean isLabelled() {
    return !known.isEmpty();
  }

  /** Whether each row of a part is a known anomaly. */
  boolean[] anomalies(int from, int to) {
    boolean[] anomalies = new boolean[to - from];
    for (int row = from; isLabelled() && row < to; row++) {
      anomalies[row - from] = known.get(row);
    }
    return anomalies;
  }

  /** The same as a list; null if they are not known. */
  List<Boolean> knownFrom(int from) {
    return isLabelled() ? known.subList(from, known.size()) : null;
  }

  /** How many rows are known to be anomalies. */
  long count(int from, int to) {
    boolean[] part = anomalies(from, to);
    return IntStream.range(0, part.length).filter(row -> part[row]).count();
  }
}
