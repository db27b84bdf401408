package io.github.recurrentzoo.zoo.series;

import java.time.ZonedDateTime;

/**
 * A place in a cycle of the calendar, given to a network as two numbers: the sine and the cosine of
 * 2 pi times the {@link #phase}. So the end of a cycle lies beside its beginning.
 */
public enum CalendarFeature {

  /** Hour and minute in the day. */
  HOUR_OF_DAY,

  /** Monday to Sunday. */
  DAY_OF_WEEK,

  /** The day in the month, whatever its length. */
  DAY_OF_MONTH,

  /** January to December. */
  MONTH,

  /** The day in the year, whatever its length. */
  DAY_OF_YEAR;

  /**
   * How far a time is in the cycle.
   *
   * @param time a time; its local date and local time count
   * @return from 0 (the beginning) to less than 1
   */
  public double phase(ZonedDateTime time) {
    return switch (this) {
      case HOUR_OF_DAY -> time.toLocalTime().toSecondOfDay() / 86_400.0;
      case DAY_OF_WEEK -> (time.getDayOfWeek().getValue() - 1) / 7.0;
      case DAY_OF_MONTH -> (time.getDayOfMonth() - 1) / (double) time.toLocalDate().lengthOfMonth();
      case MONTH -> (time.getMonthValue() - 1) / 12.0;
      case DAY_OF_YEAR -> (time.getDayOfYear() - 1) / (double) time.toLocalDate().lengthOfYear();
    };
  }

  /**
   * How many waves of the cycle a network reads of a row to come: sine and cosine of 2 pi k times
   * the phase, for k from 1 to this. As many tell each weekday from all others.
   */
  public int harmonics() {
    return switch (this) {
      case HOUR_OF_DAY, DAY_OF_WEEK, DAY_OF_YEAR -> 3;
      case DAY_OF_MONTH, MONTH -> 2;
    };
  }
}
