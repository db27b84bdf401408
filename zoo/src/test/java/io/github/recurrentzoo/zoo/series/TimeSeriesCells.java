package io.github.recurrentzoo.zoo.series;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** Makes series of which some numbers are not real. */
public final class TimeSeriesCells {

  private TimeSeriesCells() {}

  /** Hours of one column, v. */
  public static TimeSeries of(double[] values, boolean[] real) {
    return new TimeSeries(
        ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
        false,
        TimeStep.hours(1),
        List.of("v"),
        new double[][] {values},
        new boolean[][] {real},
        Object::toString);
  }
}
