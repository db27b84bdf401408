package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the targets of each of many series are brought to one level and spread before one network
 * reads all of them: less the mean and divided by the standard deviation of that series.
 *
 * @param names of the series; the id of the first one is 1, and 0 means a series that is not known
 * @param scalers of each series those of its targets
 */
record PanelScaling(List<String> names, List<List<Scaler>> scalers) {

  PanelScaling {
    names = List.copyOf(names);
    scalers = scalers.stream().map(List::copyOf).toList();
  }

  /**
   * Fits the scalers.
   *
   * @param learned the rows to learn from and no others
   */
  static PanelScaling fit(ForecastOptions options, SeriesPanel learned) {
    return new PanelScaling(
        learned.names(),
        learned.names().stream().map(name -> fit(options, learned.series(name))).toList());
  }

  /** The scalers of one series; of a target that does not change, only its level is taken away. */
  static List<Scaler> fit(ForecastOptions options, TimeSeries series) {
    List<Scaler> scalers = new ArrayList<>();
    for (String target : options.targets()) {
      Scaler scaler = Scaler.fitOrIgnore("Column \"" + target + "\"", real(series, target));
      scalers.add(scaler.ignores() ? new Scaler(scaler.mean(), 1) : scaler);
    }
    return scalers;
  }

  private static double[] real(TimeSeries series, String column) {
    double[] values = series.column(column);
    boolean[] real = series.isReal(column);
    double[] found =
        IntStream.range(0, real.length).filter(i -> real[i]).mapToDouble(i -> values[i]).toArray();
    return found.length == 0 ? values : found;
  }

  /** Whether a series was there when the network was trained. */
  boolean knows(String name) {
    return names.contains(name);
  }

  /** The id of a series in the network's embedding; 0 for one that is not known. */
  int id(String name) {
    return names.indexOf(name) + 1;
  }

  /** The scalers of a series; of one that is not known, those of the rows that are known of it. */
  List<Scaler> of(ForecastOptions options, String name, TimeSeries known) {
    return knows(name) ? scalers.get(id(name) - 1) : fit(options, known);
  }

  /** These, and those of a panel, which take the place of others of the same name. */
  PanelScaling with(PanelScaling others) {
    List<String> allNames = new ArrayList<>(names);
    List<List<Scaler>> all = new ArrayList<>(scalers);
    for (int i = 0; i < others.names.size(); i++) {
      int at = allNames.indexOf(others.names.get(i));
      if (at >= 0) {
        all.set(at, others.scalers.get(i));
      } else {
        allNames.add(others.names.get(i));
        all.add(others.scalers.get(i));
      }
    }
    return new PanelScaling(allNames, all);
  }

  /** A series with its targets scaled. */
  static TimeSeries scaled(ForecastOptions options, TimeSeries series, List<Scaler> scalers) {
    TimeSeries scaled = series;
    for (int i = 0; i < scalers.size(); i++) {
      scaled = scaled.withColumn(options.targets().get(i), scalers.get(i)::scale);
    }
    return scaled;
  }
}
