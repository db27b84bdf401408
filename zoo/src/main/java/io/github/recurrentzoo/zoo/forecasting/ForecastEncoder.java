package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Turns a series into what the network reads and answers, and its answers into forecasts.
 *
 * @param options with the season of the series
 * @param step the step of time that the network has learned
 * @param read of each column, targets first, the scaler of what the network reads
 * @param answered of each target and step of the horizon the scaler of what it answers
 * @param panel how each of many series is scaled before; null for a forecaster of one series
 */
record ForecastEncoder(
    ForecastOptions options,
    TimeStep step,
    List<Scaler> read,
    List<Scaler> answered,
    PanelScaling panel) {

  ForecastEncoder {
    read = List.copyOf(read);
    answered = List.copyOf(answered);
  }

  /**
   * Fits the scalers.
   *
   * @param series the rows to learn from and no others
   * @throws DataException if a target does not change in these rows, or calendar features are asked
   *     for where rows have numbers in place of times
   */
  static ForecastEncoder fit(ForecastOptions options, TimeSeries series) {
    return fit(options, List.of(series), null);
  }

  /**
   * Fits the scalers to the rows of several series.
   *
   * @param parts the rows to learn from and no others, with scaled targets
   * @param panel how these were scaled; null for one series that was not
   */
  static ForecastEncoder fit(ForecastOptions options, List<TimeSeries> parts, PanelScaling panel) {
    TimeStep step = parts.get(0).step();
    if (step.unit() == TimeStep.Unit.INDEX && !options.calendarFeatures().isEmpty()) {
      throw new DataException(
          "The rows are numbered and have no times, so that %s cannot be read of them. Leave calendar features out, or give a column with times."
              .formatted(options.calendarFeatures()));
    }
    if (step.unit() == TimeStep.Unit.INDEX && options.holidays() != null) {
      throw new DataException(
          "The rows are numbered and have no dates, so that the holidays of %s cannot be read of them. Leave holidays out, or give a column with dates."
              .formatted(options.holidays().country()));
    }
    List<Scaler> read = new ArrayList<>();
    List<Scaler> answered = new ArrayList<>();
    for (String column : options.targets()) {
      List<double[]> values = columns(parts, column);
      Scaler.fit("Column \"" + column + "\"", joined(values)); // says so if it does not change
      read.add(
          Scaler.fit(
              differences(options, column),
              joined(values.stream().map(each -> read(options, each)).toList())));
      for (int k = 1; k <= options.horizon(); k++) {
        int ahead = k;
        answered.add(
            Scaler.fit(
                differences(options, column) + ", " + k + " steps on",
                joined(values.stream().map(each -> answered(options, each, ahead)).toList())));
      }
    }
    List<String> further = new ArrayList<>(options.pastCovariates());
    further.addAll(options.futureCovariates());
    for (String column : further) {
      read.add(Scaler.fitOrIgnore("Column \"" + column + "\"", joined(columns(parts, column))));
    }
    return new ForecastEncoder(options, step, read, answered, panel);
  }

  private static List<double[]> columns(List<TimeSeries> parts, String column) {
    return parts.stream().map(part -> part.column(column)).toList();
  }

  private static double[] joined(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] read(ForecastOptions options, double[] values) {
    int first = options.lag() + (options.takesLevel() ? options.lookback() - 1 : 0);
    double[] numbers = new double[Math.max(0, values.length - first)];
    for (int i = 0; i < numbers.length; i++) {
      int row = i + first;
      numbers[i] =
          options.difference().read(at -> values[at], row, options.seasonality())
              - (options.takesLevel() ? options.level(at -> values[at], row) : 0);
    }
    return numbers;
  }

  private static double[] answered(ForecastOptions options, double[] values, int step) {
    int first =
        options.takesLevel()
            ? options.lag() + options.lookback() - 1
            : Math.max(options.lag() - 1, 0);
    double[] numbers = new double[Math.max(0, values.length - step - first)];
    for (int i = 0; i < numbers.length; i++) {
      int origin = first + i;
      numbers[i] = values[origin + step] - options.anchor(row -> values[row], origin, step);
    }
    return numbers;
  }

  private static String differences(ForecastOptions options, String column) {
    return "Column \"%s\"%s"
        .formatted(
            column,
            switch (options.difference()) {
              case NONE -> "";
              case LAG_1 -> " less the row before";
              case SEASONAL -> " less the row " + options.seasonality() + " rows before";
              case LEVEL -> " less its level";
              case SEASONAL_DRIFT ->
                  " less the row " + options.seasonality() + " rows before and its mean growth";
            });
  }

  /** The entry with the sizes that this encoder asks for. */
  SequenceForecasting sized(SequenceForecasting architecture) {
    return architecture.toBuilder()
        .inputSize(inputSize())
        .horizon(options.horizon())
        .targets(options.targets().size())
        .futureSize(options.futureSize())
        .quantiles(options.quantiles())
        .series(panel == null ? 0 : panel.names().size())
        .build();
  }

  /** The size of what the network reads at each step, D. */
  int inputSize() {
    return options.inputSize();
  }

  /** The first row that a window can end with. */
  int firstOrigin() {
    return options.lag() + options.lookback() - 1;
  }

  /**
   * What the network reads of a row, before {@link #level} is taken away: scaled columns, then sine
   * and cosine of each calendar feature, then the holidays.
   *
   * @param values of the columns by row, targets first
   * @param row the lag of the differences at least
   */
  float[] features(IntToDoubleFunction[] values, int row, ZonedDateTime time) {
    float[] features = new float[inputSize()];
    for (int c = 0; c < values.length; c++) {
      double number =
          c < options.targets().size()
              ? options.difference().read(values[c], row, options.seasonality())
              : values[c].applyAsDouble(row);
      features[c] = (float) read.get(c).scale(number);
    }
    int next = values.length;
    for (CalendarFeature feature : options.calendarFeatures()) {
      double angle = 2 * Math.PI * feature.phase(time);
      features[next++] = (float) Math.sin(angle);
      features[next++] = (float) Math.cos(angle);
    }
    addHolidays(features, next, time);
    return features;
  }

  /**
   * What the network reads of a row to come: scaled future covariates, then sines and cosines of
   * the calendar features, then the holidays.
   *
   * @param values of all columns by row, targets first
   */
  float[] ahead(double[][] values, int row, ZonedDateTime time) {
    float[] ahead = new float[options.futureSize()];
    int next = 0;
    for (int c = options.pastColumns().size(); c < values.length; c++) {
      ahead[next++] = (float) read.get(c).scale(values[c][row]);
    }
    if (options.calendarAhead()) {
      for (CalendarFeature feature : options.calendarFeatures()) {
        for (int harmonic = 1; harmonic <= feature.harmonics(); harmonic++) {
          double angle = 2 * Math.PI * harmonic * feature.phase(time);
          ahead[next++] = (float) Math.sin(angle);
          ahead[next++] = (float) Math.cos(angle);
        }
      }
    }
    addHolidays(ahead, next, time);
    return ahead;
  }

  private void addHolidays(float[] features, int next, ZonedDateTime time) {
    if (options.holidays() != null) {
      options.holidays().addFlags(time.toLocalDate(), features, next);
    }
  }

  /**
   * What is taken away from the scaled numbers of a target in a window, if the difference
   * {@linkplain io.github.recurrentzoo.zoo.series.Difference#takesLevel takes a level away}; else
   * 0.
   *
   * @param values of the target by row, as they are known at the origin
   */
  float level(IntToDoubleFunction values, int target, int origin) {
    return options.takesLevel()
        ? (float) (options.level(values, origin) / read.get(target).deviation())
        : 0;
  }

  /**
   * What the network should answer for a target and a step, from 1, after a known row.
   *
   * @param truth the value of that step
   * @param values of the target by row, as they are known at the origin
   */
  double encode(double truth, IntToDoubleFunction values, int target, int origin, int step) {
    double anchor = options.anchor(values, origin, step);
    return scaler(target, step).scale(truth - anchor);
  }

  /** The forecast that an answer means. */
  double decode(double answer, IntToDoubleFunction values, int target, int origin, int step) {
    double anchor = options.anchor(values, origin, step);
    return scaler(target, step).unscale(answer) + anchor;
  }

  /** The covariates that do not change in the rows learned from, and are ignored. */
  List<String> ignored() {
    List<String> columns = options.columns();
    return IntStream.range(options.targets().size(), columns.size())
        .filter(i -> read.get(i).ignores())
        .mapToObj(columns::get)
        .toList();
  }

  /** The scaler of a target's step, from 1. */
  Scaler scaler(int target, int step) {
    return answered.get(target * options.horizon() + step - 1);
  }

  /**
   * Refuses a series that this encoder was not made for.
   *
   * @throws DataException if a column is missing or the step is another one
   */
  void check(TimeSeries series) {
    checkOne();
    checkPart(series);
  }

  /** Refuses one series where many were learned from. */
  void checkOne() {
    if (panel != null) {
      throw new DataException(
          "The forecaster has learned from many series, %s and others; expected the name of the series beside it. Give a panel of series."
              .formatted(panel.names().get(0)));
    }
  }

  /** The same, of one of many series, too. */
  void checkPart(TimeSeries series) {
    checkStep(series);
    options.columns().forEach(series::column);
  }

  /** Refuses a series with another step. */
  void checkStep(TimeSeries series) {
    checkStep(series.step());
  }

  /** Refuses another step. */
  void checkStep(TimeStep other) {
    if (!other.equals(step)) {
      throw new DataException(
          "The series has one row each %s, but the forecaster has learned from one each %s; expected the same step. Bring the series to that step, or train anew."
              .formatted(other, step));
    }
  }
}
