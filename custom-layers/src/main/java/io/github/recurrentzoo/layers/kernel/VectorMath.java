package io.github.recurrentzoo.layers.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Element-wise work on the first n elements of arrays. The JIT makes vector instructions only of
 * loops whose body is small, so each method is a few short loops over memory that stays in the
 * first-level cache; a single long one is eight times slower.
 */
public final class VectorMath {

  // tanh(x) = x P(x^2) / Q(x^2) for |x| <= LARGEST, fitted by us: least relative error (7e-9, far
  // below that of float arithmetic) by iteratively reweighted least squares at 4,000 Chebyshev
  // points. From LARGEST on, tanh rounds to 1 as a float, and so does the fit there: a saturated
  // unit has the slope 1 - 1 * 1 = 0, or its gradient would grow with its input.
  private static final float LARGEST = 9.03f;
  private static final float LARGEST_SQUARE = LARGEST * LARGEST;
  private static final float P1 = 0.13084501f;
  private static final float P2 = 0.003104463f;
  private static final float P3 = 1.1158473e-5f;
  private static final float P4 = -2.0235271e-8f;
  private static final float P5 = 5.2791046e-11f;
  private static final float P6 = -8.482539e-14f;
  private static final float Q1 = 0.4641783f;
  private static final float Q2 = 0.02449731f;
  private static final float Q3 = 2.5468165e-4f;

  private static final float LOWEST = -87;
  private static final float PER_LN2 = 1.442695f;
  private static final float NEXT_WHOLE = 12_582_912; // 1.5 * 2^23
  private static final float LN2_HIGH = 355f / 512; // times a whole number of 7 bits is exact
  private static final float LN2_LOW = -2.1219444e-4f;
  private static final float E2 = 1f / 2;
  private static final float E3 = 1f / 6;
  private static final float E4 = 1f / 24;
  private static final float E5 = 1f / 120;
  private static final float E6 = 1f / 720;
  private static final float E7 = 1f / 5040;

  private static final int AT_ONCE = 1024; // some arrays of it fit in the first-level cache

  private VectorMath() {}

  /**
   * z = activation(z).
   *
   * @param scratch as long as z at least
   */
  static void activate(CellActivation activation, float[] z, int n, float[] scratch) {
    for (int from = 0; from < n; from += AT_ONCE) {
      activate(activation, z, from, Math.min(n, from + AT_ONCE), scratch);
    }
  }

  /**
   * z = activation(z) for the elements [from, until).
   *
   * @param scratch as long as z at least
   */
  public static void activate(
      CellActivation activation, float[] z, int from, int until, float[] scratch) {
    switch (activation) {
      case TANH -> tanh(z, from, until, scratch);
      case SIGMOID -> sigmoid(z, from, until, scratch);
      case HARDSIGMOID -> hardSigmoid(z, from, until);
      case HARDTANH -> hardTanh(z, from, until);
      case RELU -> relu(z, from, until);
      case RELU6 -> relu6(z, from, until);
      case LEAKYRELU -> leakyRelu(z, from, until);
      case SOFTSIGN -> softSign(z, from, until);
      case IDENTITY -> {}
    }
  }

  /** The same of z + bias. */
  static void activate(CellActivation activation, float[] z, float[] bias, int n, float[] scratch) {
    for (int from = 0; from < n; from += AT_ONCE) {
      int until = Math.min(n, from + AT_ONCE);
      if (activation == CellActivation.SIGMOID) {
        for (int i = from; i < until; i++) {
          z[i] = 0.5f * (z[i] + bias[i]);
        }
        sigmoidOfTwice(z, from, until, scratch);
      } else {
        for (int i = from; i < until; i++) {
          z[i] += bias[i];
        }
        activate(activation, z, from, until, scratch);
      }
    }
  }

  /** gradient = gradient (.) slope of the activation where its value is y. */
  static void timesSlope(CellActivation activation, float[] gradient, float[] y, int n) {
    switch (activation) {
      case TANH -> timesTanhSlope(gradient, y, n);
      case SIGMOID -> timesSigmoidSlope(gradient, y, n);
      case RELU -> timesReluSlope(gradient, y, n);
      case RELU6 -> timesRelu6Slope(gradient, y, n);
      case IDENTITY -> {}
      default -> {
        for (int i = 0; i < n; i++) {
          gradient[i] *= (float) activation.slope(y[i]);
        }
      }
    }
  }

  private static void tanh(float[] z, int from, int until, float[] square) {
    for (int i = from; i < until; i++) {
      square[i] = Math.min(LARGEST_SQUARE, z[i] * z[i]);
    }
    numerator(z, from, until, square);
    for (int i = from; i < until; i++) { // of more than LARGEST, or rounded, it is more than 1
      z[i] = Math.max(-1f, Math.min(1f, z[i] / denominator(square[i])));
    }
  }

  /** sigmoid(z) = (1 + tanh(z / 2)) / 2. */
  private static void sigmoid(float[] z, int from, int until, float[] square) {
    for (int i = from; i < until; i++) {
      z[i] *= 0.5f;
    }
    sigmoidOfTwice(z, from, until, square);
  }

  private static void sigmoidOfTwice(float[] z, int from, int until, float[] square) {
    for (int i = from; i < until; i++) {
      square[i] = Math.min(LARGEST_SQUARE, z[i] * z[i]);
    }
    numerator(z, from, until, square);
    for (int i = from; i < until; i++) {
      float tanh = z[i] / denominator(square[i]);
      z[i] = Math.max(0f, Math.min(1f, 0.5f * tanh + 0.5f));
    }
  }

  /** z times P. */
  private static void numerator(float[] z, int from, int until, float[] square) {
    for (int i = from; i < until; i++) {
      float u = square[i];
      z[i] *= 1 + u * (P1 + u * (P2 + u * (P3 + u * (P4 + u * (P5 + u * P6)))));
    }
  }

  private static float denominator(float u) {
    return 1 + u * (Q1 + u * (Q2 + u * Q3));
  }

  /** The largest of the elements [from, until); NaN is passed by. */
  static float largest(float[] z, int from, int until) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < until; i++) {
      if (z[i] > largest) {
        largest = z[i];
      }
    }
    return largest;
  }

  /** The sum of the elements [from, until), in four parts. */
  static float sum(float[] z, int from, int until) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = from;
    for (; i < until - 3; i += 4) {
      a += z[i];
      b += z[i + 1];
      c += z[i + 2];
      d += z[i + 3];
    }
    for (; i < until; i++) {
      a += z[i];
    }
    return (a + b) + (c + d);
  }

  /**
   * z = exp(z - shift) for the elements [from, until), where z - shift is 0 at most; what is below
   * {@value #LOWEST} counts as that, so that no number is denormal.
   */
  static void exp(float[] z, int from, int until, float shift) {
    Exponential own = Exponential.OF_THREAD.get();
    for (int i = from; i < until; i += AT_ONCE) {
      own.exp(z, i, Math.min(AT_ONCE, until - i), shift);
    }
  }

  /**
   * exp(x) = 2^k exp(r), with k the whole number next to x / ln 2, and exp(r) a Taylor polynomial:
   * |r| is ln 2 / 2 at most, and the first term that is left out 5e-9 of the sum. In arrays of its
   * own, since loops over places that differ are slow, and with 2^k from its bits: of what turns
   * floats into ints the JIT makes no vector instructions.
   */
  private static final class Exponential {
    static final ThreadLocal<Exponential> OF_THREAD = ThreadLocal.withInitial(Exponential::new);
    private static final int BIAS = 127; // of exponents
    private static final int EXPONENT = 23; // bits below it
    private static final int ZERO = Float.floatToRawIntBits(NEXT_WHOLE);

    private final float[] x = new float[AT_ONCE];
    private final float[] power = new float[AT_ONCE];
    private final int[] bits = new int[AT_ONCE];
    private final FloatBuffer asFloats;
    private final IntBuffer asInts;

    private Exponential() {
      ByteBuffer memory =
          ByteBuffer.allocateDirect(AT_ONCE * Float.BYTES).order(ByteOrder.nativeOrder());
      asFloats = memory.asFloatBuffer();
      asInts = memory.asIntBuffer();
    }

    void exp(float[] z, int from, int n, float shift) {
      System.arraycopy(z, from, x, 0, n);
      reduce(x, power, shift, n);
      polynomial(x, n);
      asFloats.put(0, power, 0, n);
      asInts.get(0, bits, 0, n);
      toPowers(bits, n);
      asInts.put(0, bits, 0, n);
      asFloats.get(0, power, 0, n);
      multiply(x, power, x, n);
      System.arraycopy(x, 0, z, from, n);
    }

    /** x becomes r, and the last bits of {@code power} are k. */
    private static void reduce(float[] x, float[] power, float shift, int n) {
      for (int i = 0; i < n; i++) {
        x[i] = Math.max(LOWEST, x[i] - shift);
      }
      for (int i = 0; i < n; i++) {
        power[i] = x[i] * PER_LN2 + NEXT_WHOLE; // adding rounds
      }
      for (int i = 0; i < n; i++) {
        float k = power[i] - NEXT_WHOLE;
        x[i] = (x[i] - k * LN2_HIGH) - k * LN2_LOW;
      }
    }

    private static void polynomial(float[] x, int n) {
      for (int i = 0; i < n; i++) {
        float r = x[i];
        x[i] = 1 + r * (1 + r * (E2 + r * (E3 + r * (E4 + r * (E5 + r * (E6 + r * E7))))));
      }
    }

    /** From the bits of NEXT_WHOLE + k to those of 2^k, for k from -126 to 127. */
    private static void toPowers(int[] bits, int n) {
      for (int i = 0; i < n; i++) {
        bits[i] = (bits[i] + (BIAS - ZERO)) << EXPONENT;
      }
    }
  }

  private static void hardSigmoid(float[] z, int from, int until) {
    for (int i = from; i < until; i++) {
      z[i] = Math.min(1, Math.max(0, 0.2f * z[i] + 0.5f));
    }
  }

  private static void hardTanh(float[] z, int from, int until) {
    for (int i = from; i < until; i++) {
      z[i] = Math.min(1, Math.max(-1, z[i]));
    }
  }

  private static void relu(float[] z, int from, int until) {
    for (int i = from; i < until; i++) {
      z[i] = Math.max(0, z[i]);
    }
  }

  private static void relu6(float[] z, int from, int until) {
    for (int i = from; i < until; i++) {
      z[i] = Math.min(6, Math.max(0, z[i]));
    }
  }

  private static void leakyRelu(float[] z, int from, int until) {
    for (int i = from; i < until; i++) {
      z[i] = Math.max(0.01f * z[i], z[i]);
    }
  }

  private static void softSign(float[] z, int from, int until) {
    for (int i = from; i < until; i++) {
      z[i] = z[i] / (1 + Math.abs(z[i]));
    }
  }

  private static void timesTanhSlope(float[] gradient, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= 1 - y[i] * y[i];
    }
  }

  private static void timesReluSlope(float[] gradient, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] = y[i] > 0 ? gradient[i] : 0;
    }
  }

  private static void timesRelu6Slope(float[] gradient, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] = y[i] > 0 && y[i] < 6 ? gradient[i] : 0;
    }
  }

  private static void timesSigmoidSlope(float[] gradient, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= y[i] * (1 - y[i]);
    }
  }

  /** z += a. */
  static void add(float[] z, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      z[i] += a[i];
    }
  }

  /** z = a - b. */
  static void subtract(float[] a, float[] b, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = a[i] - b[i];
    }
  }

  /** z = a (.) b. */
  static void multiply(float[] a, float[] b, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = a[i] * b[i];
    }
  }

  /** z = a (.) b + c (.) d. */
  static void sumOfProducts(float[] a, float[] b, float[] c, float[] d, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = a[i] * b[i] + c[i] * d[i];
    }
  }
}
