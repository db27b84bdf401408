package io.github.recurrentzoo.zoo.series;

/**
 * What a {@link TimeSeriesReader} does where a number is missing: where a cell is empty or holds
 * NaN, NA, N/A, #N/A, #NA, &lt;NA&gt;, null or none, in any case, and where there is no row for a
 * time. Any other text, and infinity, is no missing number but an error, whatever is chosen here.
 */
public enum Missing {

  /** Refuses the file and names the first place. */
  FAIL,

  /**
   * Puts numbers on the straight line between the last number before and the first number after,
   * and warns. {@link TimeSeries#isReal} tells them from those of the file: a network reads them,
   * but they count neither as true values nor as known ones. Numbers missing at the beginning or
   * the end of a series are refused.
   */
  INTERPOLATE
}
