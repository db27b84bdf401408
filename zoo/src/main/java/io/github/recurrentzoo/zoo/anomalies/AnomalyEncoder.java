package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How rows become numbers.
 *
 * @param options with what was found in the rows to learn from
 * @param step from one row to the next
 * @param scalers of the channels
 */
record AnomalyEncoder(AnomalyOptions options, TimeStep step, List<Scaler> scalers) {

  /** Keeps a copy of the list. */
  AnomalyEncoder {
    scalers = scalers == null ? List.of() : List.copyOf(scalers);
  }

  /** Fits scalers to the real values of the rows to learn from. */
  static AnomalyEncoder fit(AnomalyOptions options, TimeSeries learned) {
    List<Scaler> scalers = new ArrayList<>();
    for (String column : options.columns()) {
      double[] values = learned.column(column);
      boolean[] real = learned.isReal(column);
      scalers.add(
          Scaler.fit(
              "Column \"" + column + "\"",
              IntStream.range(0, values.length)
                  .filter(row -> real[row])
                  .mapToDouble(row -> values[row])
                  .toArray()));
    }
    return new AnomalyEncoder(options, learned.step(), scalers);
  }

  /** The entry with the sizes that this encoder asks for. */
  SequenceAutoencoder sized(SequenceAutoencoder architecture) {
    return architecture.toBuilder().channels(scalers.size()).placeSize(options.placeSize()).build();
  }

  /** What the network knows of the time of a row. */
  float[] calendar(ZonedDateTime time) {
    float[] numbers = new float[options.calendarSize()];
    int next = 0;
    for (CalendarFeature feature : options.calendarFeatures()) {
      for (int harmonic = 1; harmonic <= feature.harmonics(); harmonic++) {
        double angle = 2 * Math.PI * harmonic * feature.phase(time);
        numbers[next++] = (float) Math.sin(angle);
        numbers[next++] = (float) Math.cos(angle);
      }
    }
    if (options.holidays() != null) {
      options.holidays().addFlags(time.toLocalDate(), numbers, next);
    }
    return numbers;
  }

  /**
   * Refuses a series that this encoder was not made for.
   *
   * @throws DataException if a column is missing, the step is another one, or there is no window
   */
  void check(TimeSeries series) {
    if (!series.step().equals(step)) {
      throw new DataException(
          "The series has one row each %s, but the detector has learned from one each %s; expected the same step. Bring the series to that step, or train anew."
              .formatted(series.step(), step));
    }
    options.columns().forEach(series::column);
    if (series.size() < options.window()) {
      throw new DataException(
          "The series has %d rows; expected the window of %d at least. Give more rows."
              .formatted(series.size(), options.window()));
    }
  }
}
