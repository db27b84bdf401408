package io.github.recurrentzoo.zoo.series;

/** Which times have a row, where that is not left to {@link TimeSeriesReader} to find. */
public enum Frequency {
  /**
   * As the times show it: equal steps; or, where these would leave holes, business days, business
   * month ends or another pattern of the week, if that is plain.
   */
  FOUND,

  /** Equal steps of months, days or seconds, or numbers. */
  REGULAR,

  /** Days from Monday to Friday, less those that the file leaves out, such as holidays. */
  BUSINESS_DAYS,

  /** The last day from Monday to Friday of each month, or up to four days before, for holidays. */
  BUSINESS_MONTH_ENDS,

  /** The places of a week on which the file has rows, such as opening hours. */
  WEEK
}
