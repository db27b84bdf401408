package io.github.recurrentzoo.zoo.series;

/** What a {@link TimeSeriesReader} does where a number is missing. */
public enum Missing {

  /** Refuses the file and names the first place. */
  FAIL,

  /**
   * Puts numbers on the straight line between the last number before and the first number after,
   * and warns. That holds for empty cells, text, NaN and infinities, and for times without a row.
   * Numbers missing at the beginning or the end of a series are refused.
   */
  INTERPOLATE
}
