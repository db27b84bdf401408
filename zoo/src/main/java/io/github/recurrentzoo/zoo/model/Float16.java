package io.github.recurrentzoo.zoo.model;

/**
 * Numbers of 16 bits as IEEE 754 defines them (binary16): a sign, 5 bits of exponent, 10 of
 * fraction. Of the size of weights, from 2^-14 on, they are exact to 2^-11 of the number.
 *
 * <p>bfloat16, with 8 bits of exponent and 7 of fraction, is exact to 2^-8 only; its range is not
 * needed, since weights are far below 65,504.
 */
final class Float16 {
  /** The largest number that there is. */
  static final float MAX = 65504;

  private static final int FRACTION_BITS = 10;
  private static final int DROPPED_BITS = 23 - FRACTION_BITS;
  private static final int BIAS_DIFFERENCE = 127 - 15;

  /** The smallest number with a full fraction. */
  private static final float MIN_NORMAL = 0x1p-14f;

  /** What the smallest number that there is, 2^-24, is worth. */
  private static final float STEP_BELOW = 0x1p-24f;

  private Float16() {}

  /**
   * The nearest number of 16 bits; of two as near, the even one.
   *
   * @throws IllegalArgumentException if it is no number or too large
   */
  static short of(float value) {
    if (!(Math.abs(value) <= MAX)) {
      throw new IllegalArgumentException(
          "A weight is %s, but numbers of 16 bits go from -65504 to 65504. Save the model with its full weights."
              .formatted(value));
    }
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (magnitude < MIN_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude / STEP_BELOW));
    }
    int all = bits & 0x7fffffff;
    int half = (1 << (DROPPED_BITS - 1)) - 1 + ((all >>> DROPPED_BITS) & 1);
    // A fraction that is rounded up to 1 carries into the exponent, as it should.
    return (short) (sign | (((all + half) >>> DROPPED_BITS) - (BIAS_DIFFERENCE << FRACTION_BITS)));
  }

  /** The same number as a float; exact. */
  static float toFloat(short bits) {
    int exponent = (bits >>> FRACTION_BITS) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * STEP_BELOW, bits);
    }
    if (exponent == 0x1f) {
      return fraction == 0 ? Math.copySign(Float.POSITIVE_INFINITY, bits) : Float.NaN;
    }
    return Float.intBitsToFloat(
        ((bits & 0x8000) << 16)
            | ((exponent + BIAS_DIFFERENCE) << 23)
            | (fraction << DROPPED_BITS));
  }
}
