package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;

/**
 * Shifts and scales numbers of one kind to mean 0 and standard deviation 1.
 *
 * @param mean the mean of the numbers it was fitted to
 * @param deviation their standard deviation, above 0
 */
public record Scaler(double mean, double deviation) {

  /** Below this fraction of the largest absolute number, a deviation is a matter of rounding. */
  private static final double ROUNDING = 1e-12;

  /**
   * Checks the scaler.
   *
   * @throws IllegalArgumentException if it is not finite or does not scale
   */
  public Scaler {
    if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A scaler needs a finite mean and a finite deviation above 0, but has %s and %s"
              .formatted(mean, deviation));
    }
  }

  /**
   * Fits a scaler.
   *
   * @param what what the numbers are, for the message
   * @param numbers one at least, finite
   * @throws DataException if they are all the same, or so large that their squares are infinite
   */
  public static Scaler fit(String what, double[] numbers) {
    Scaler scaler = fitOrIgnore(what, numbers);
    if (scaler.ignores()) {
      throw new DataException(
          "%s: all %d numbers of the rows to learn from are the same (%s), so there is nothing to learn from. Leave it out, or give rows in which it changes."
              .formatted(what, numbers.length, numbers[0]));
    }
    return scaler;
  }

  /**
   * Fits a scaler, or one that {@linkplain #ignores() ignores} any number if all are the same: what
   * does not change cannot be learned from, and what a network makes of another number later would
   * be chance.
   *
   * @param what what the numbers are, for the message
   * @param numbers one at least, finite
   * @throws DataException if they are so large that their squares are infinite
   */
  public static Scaler fitOrIgnore(String what, double[] numbers) {
    double sum = 0;
    double largest = 0;
    for (double number : numbers) {
      sum += number;
      largest = Math.max(largest, Math.abs(number));
    }
    double mean = sum / numbers.length;
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    double deviation = Math.sqrt(squares / numbers.length);
    if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
      throw new DataException(
          "%s: the numbers of the rows to learn from are too large to be scaled, up to %s; expected numbers below 1e150. Correct them, or give them in a larger unit."
              .formatted(what, largest));
    }
    return new Scaler(mean, deviation > ROUNDING * largest ? deviation : Double.MAX_VALUE);
  }

  /** Whether each number is scaled to 0, or as good as 0. */
  public boolean ignores() {
    return deviation == Double.MAX_VALUE;
  }

  /** The scaled number. */
  public double scale(double number) {
    return (number - mean) / deviation;
  }

  /** The number that was scaled. */
  public double unscale(double scaled) {
    return scaled * deviation + mean;
  }
}
