package io.github.recurrentzoo.zoo.internal;

/** Checks of options; each message names the option, what was asked for and what came. */
public final class Require {
  private Require() {}

  public static int atLeast(String name, int minimum, int value) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          name + " must be " + minimum + " at least, but is " + value);
    }
    return value;
  }

  public static int between(String name, int minimum, int maximum, int value) {
    if (value > maximum) {
      throw new IllegalArgumentException(
          name + " must be " + maximum + " at most, but is " + value);
    }
    return atLeast(name, minimum, value);
  }

  public static double notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be 0 (off) or a positive number, but is " + value);
    }
    return value;
  }

  public static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a positive number, but is " + value);
    }
    return value;
  }

  /** A number in [0, 1). */
  public static double fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), but is " + value);
    }
    return value;
  }

  /** A number in (0, 1). */
  public static double openFraction(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), but is " + value);
    }
    return value;
  }

  public static <T> T notNull(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must be given, but is null");
    }
    return value;
  }
}
