package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.ZonedDateTime;
import java.util.ArrayList;
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
 */
record ForecastEncoder(
    ForecastOptions options, TimeStep step, List<Scaler> read, List<Scaler> answered) {

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
    if (series.step().unit() == TimeStep.Unit.INDEX && !options.calendarFeatures().isEmpty()) {
      throw new DataException(
          "The rows are numbered and have no times, so that %s cannot be read of them. Leave calendar features out, or give a column with times."
              .formatted(options.calendarFeatures()));
    }
    if (series.step().unit() == TimeStep.Unit.INDEX && options.holidays() != null) {
      throw new DataException(
          "The rows are numbered and have no dates, so that the holidays of %s cannot be read of them. Leave holidays out, or give a column with dates."
              .formatted(options.holidays().country()));
    }
    List<Scaler> read = new ArrayList<>();
    List<Scaler> answered = new ArrayList<>();
    for (String column : options.targets()) {
      double[] values = series.column(column);
      Scaler.fit("Column \"" + column + "\"", values); // says so if it does not change at all
      read.add(fitRead(options, column, values));
      for (int k = 1; k <= options.horizon(); k++) {
        answered.add(fitAnswered(options, column, values, k));
      }
    }
    List<String> further = new ArrayList<>(options.pastCovariates());
    further.addAll(options.futureCovariates());
    for (String column : further) {
      read.add(Scaler.fitOrIgnore("Column \"" + column + "\"", series.column(column)));
    }
    return new ForecastEncoder(options, series.step(), read, answered);
  }

  private static Scaler fitRead(ForecastOptions options, String column, double[] values) {
    double[] numbers = new double[values.length - options.lag()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          options.difference().read(row -> values[row], i + options.lag(), options.seasonality());
    }
    return Scaler.fit(differences(options, column), numbers);
  }

  private static Scaler fitAnswered(
      ForecastOptions options, String column, double[] values, int step) {
    int first = Math.max(options.lag() - 1, 0);
    double[] numbers = new double[values.length - step - first];
    for (int i = 0; i < numbers.length; i++) {
      int origin = first + i;
      numbers[i] =
          values[origin + step]
              - options
                  .difference()
                  .anchor(row -> values[row], origin, step, options.seasonality());
    }
    return Scaler.fit(differences(options, column) + ", " + step + " steps on", numbers);
  }

  private static String differences(ForecastOptions options, String column) {
    return "Column \"%s\"%s"
        .formatted(
            column,
            switch (options.difference()) {
              case NONE -> "";
              case LAG_1 -> " less the row before";
              case SEASONAL -> " less the row " + options.seasonality() + " rows before";
            });
  }

  /** The entry with the sizes that this encoder asks for. */
  SequenceForecasting sized(SequenceForecasting architecture) {
    return architecture.toBuilder()
        .inputSize(inputSize())
        .horizon(options.horizon())
        .targets(options.targets().size())
        .futureSize(options.futureSize())
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
   * What the network reads of a row: scaled columns, then sine and cosine of each calendar feature,
   * then the holidays.
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
   * What the network should answer for a target and a step, from 1, after a known row.
   *
   * @param truth the value of that step
   * @param values of the target by row, as they are known at the origin
   */
  double encode(double truth, IntToDoubleFunction values, int target, int origin, int step) {
    double anchor = options.difference().anchor(values, origin, step, options.seasonality());
    return scaler(target, step).scale(truth - anchor);
  }

  /** The forecast that an answer means. */
  double decode(double answer, IntToDoubleFunction values, int target, int origin, int step) {
    double anchor = options.difference().anchor(values, origin, step, options.seasonality());
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
    checkStep(series);
    options.columns().forEach(series::column);
  }

  /** Refuses a series with another step. */
  void checkStep(TimeSeries series) {
    if (!series.step().equals(step)) {
      throw new DataException(
          "The series has one row each %s, but the forecaster has learned from one each %s; expected the same step. Bring the series to that step, or train anew."
              .formatted(series.step(), step));
    }
  }
}
