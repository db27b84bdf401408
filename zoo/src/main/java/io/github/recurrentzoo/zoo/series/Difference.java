package io.github.recurrentzoo.zoo.series;

import java.util.function.IntToDoubleFunction;

/**
 * What a forecast is made of: the values y of a series, or what they differ by from known ones.
 *
 * <p>Differences take a trend or a season out before the network sees the series; they are undone
 * in its answer. With m the season, o the last known row and k a step of the horizon:
 *
 * <pre>
 * NONE      the network reads y_t,            and answers y_{o+k}
 * LAG_1     the network reads y_t - y_{t-1},  and answers y_{o+k} - y_o
 * SEASONAL  the network reads y_t - y_{t-m},  and answers y_{o+k} - y_{o+k-jm},
 *           where j = ceil(k / m) takes the same place of the last known season
 * LEVEL     the network reads y_t - a,        and answers y_{o+k} - a,
 *           where a is the mean of the rows that the network reads, y_{o-T+1} ... y_o
 * SEASONAL_DRIFT
 *           the network reads y_t - y_{t-m} - g, and answers y_{o+k} - (y_{o+k-jm} + j g),
 *           where g is the mean of y_t - y_{t-m} over the rows that the network reads
 * </pre>
 *
 * <p>What is subtracted from an answer is the sum of all differences back to a known value, so that
 * errors do not add up from step to step.
 */
public enum Difference {
  /** The values themselves. */
  NONE,
  /** To the row before. */
  LAG_1,
  /** To the row one season before. */
  SEASONAL,
  /** To the mean of the rows that the network reads: the level of a series may drift. */
  LEVEL,
  /** To the row one season before, less the growth by season: the growth may change. */
  SEASONAL_DRIFT;

  /** Whether a level is taken away from what the network reads of a window. */
  public boolean takesLevel() {
    return this == LEVEL || this == SEASONAL_DRIFT;
  }

  /**
   * How many rows lie between the two of a difference, 0 for {@link #NONE} and {@link #LEVEL}.
   *
   * @param season m, in rows
   */
  public int lag(int season) {
    return switch (this) {
      case NONE, LEVEL -> 0;
      case LAG_1 -> 1;
      case SEASONAL, SEASONAL_DRIFT -> season;
    };
  }

  /**
   * What the network reads for a row, before a level is taken away ({@link #takesLevel}).
   *
   * @param values the series, by row
   * @param row {@link #lag} at least
   * @param season m, in rows
   */
  public double read(IntToDoubleFunction values, int row, int season) {
    return this == NONE || this == LEVEL
        ? values.applyAsDouble(row)
        : values.applyAsDouble(row) - values.applyAsDouble(row - lag(season));
  }

  /**
   * What is taken away from all that the network reads of a window: the mean of it, or 0.
   *
   * @param values the series, by row
   * @param origin o, the last known row
   * @param season m, in rows
   * @param lookback T, in rows
   */
  public double level(IntToDoubleFunction values, int origin, int season, int lookback) {
    double sum = 0;
    for (int row = origin - lookback + 1; takesLevel() && row <= origin; row++) {
      sum += read(values, row, season);
    }
    return sum / lookback;
  }

  /**
   * What is subtracted from the value of a step to come, and added to the answer for it.
   *
   * @param values the series, by row
   * @param origin o, the last known row
   * @param step k, from 1
   * @param season m, in rows
   * @param lookback T, in rows
   */
  public double anchor(IntToDoubleFunction values, int origin, int step, int season, int lookback) {
    return switch (this) {
      case NONE -> 0;
      case LEVEL -> level(values, origin, season, lookback);
      case LAG_1 -> values.applyAsDouble(origin);
      case SEASONAL, SEASONAL_DRIFT -> {
        int seasons = (step + season - 1) / season;
        yield values.applyAsDouble(origin + step - season * seasons)
            + seasons * level(values, origin, season, lookback);
      }
    };
  }
}
