package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Element-wise work against its definition in double. */
class VectorMathTest {

  private static final float[] SPECIAL = {
    0f, -0f, 1e-40f, 1e-8f, -1e-8f, 7.9f, 8f, -8f, 9f, 9.02f, 9.03f, 9.04f, -9.03f, 18.05f, 18.06f,
    18.07f, 20f, -20f, 100f, -100f, 1e6f, -1e8f, 1e30f
  };

  private static float[] points() {
    float[] points = new float[40_000 + SPECIAL.length];
    for (int i = 0; i < 40_000; i++) {
      points[i] = (i - 20_000) / 2_000f; // from -10 to 10
    }
    System.arraycopy(SPECIAL, 0, points, 40_000, SPECIAL.length);
    return points;
  }

  @ParameterizedTest
  @EnumSource(CellActivation.class)
  void activationsAreThoseOfTheReference(CellActivation activation) {
    float[] x = points();
    float[] y = x.clone();
    VectorMath.activate(activation, y, y.length, new float[y.length]);
    for (int i = 0; i < x.length; i++) {
      double expected = activation.apply(x[i]);
      assertEquals(
          expected, y[i], 4e-7 * Math.max(1, Math.abs(expected)), activation + " of " + x[i]);
    }
  }

  /** Small numbers keep their digits: the error is relative. */
  @Test
  void tanhIsExactNearZero() {
    float[] x = new float[2_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.pow(10, -i / 100.0);
    }
    float[] y = x.clone();
    VectorMath.activate(CellActivation.TANH, y, y.length, new float[y.length]);
    for (int i = 0; i < x.length; i++) {
      assertEquals(1.0, y[i] / Math.tanh(x[i]), 8e-7, "tanh " + x[i]);
    }
  }

  /** A gate is never outside of [0, 1], nor a candidate of [-1, 1]. */
  @Test
  void boundsAreKept() {
    float[] tanh = points();
    VectorMath.activate(CellActivation.TANH, tanh, tanh.length, new float[tanh.length]);
    float[] sigmoid = points();
    VectorMath.activate(CellActivation.SIGMOID, sigmoid, sigmoid.length, new float[tanh.length]);
    for (int i = 0; i < tanh.length; i++) {
      assertTrue(Math.abs(tanh[i]) <= 1, "tanh " + points()[i] + " = " + tanh[i]);
      assertTrue(sigmoid[i] >= 0 && sigmoid[i] <= 1, "sigmoid " + points()[i]);
    }
  }

  /** What is 1 or 0 as a float is exactly that, so that its slope is 0. */
  @Test
  void saturatedUnitsHaveNoSlope() {
    float[] x = {9.03f, 9.1f, 18.06f, 20f, 1e3f, 1e6f, 1e8f, Float.MAX_VALUE, 1 / 0f};
    for (int sign = -1; sign <= 1; sign += 2) {
      for (float value : x) {
        assertNoSlope(CellActivation.TANH, sign * value, sign);
        assertNoSlope(CellActivation.SIGMOID, sign * 2 * value, (1 + sign) / 2f);
      }
    }
  }

  private static void assertNoSlope(CellActivation activation, float z, float expected) {
    float[] y = {z, 0, z};
    VectorMath.activate(activation, y, 3, new float[3]);
    assertEquals(expected, y[0], 0f, activation + " of " + z);
    float[] gradient = {1e8f, 1, -1e8f};
    VectorMath.timesSlope(activation, gradient, y, 3);
    assertEquals(0f, Math.abs(gradient[0]) + Math.abs(gradient[2]), 0f, activation + " of " + z);
  }

  @ParameterizedTest
  @EnumSource(CellActivation.class)
  void nanStaysNan(CellActivation activation) {
    float[] y = {1f, Float.NaN, 2f};
    VectorMath.activate(activation, y, 3, new float[3]);
    assertTrue(Float.isNaN(y[1]), "a network that diverges must show it");
    assertTrue(Float.isFinite(y[0]) && Float.isFinite(y[2]));
  }

  @ParameterizedTest
  @EnumSource(CellActivation.class)
  void slopesAreThoseOfTheReference(CellActivation activation) {
    float[] y = new float[2_001];
    float[] gradient = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) activation.apply((i - 1_000) / 100.0);
      gradient[i] = i - 900;
    }
    VectorMath.timesSlope(activation, gradient, y, y.length);
    for (int i = 0; i < y.length; i++) {
      double expected = (i - 900) * activation.slope(y[i]);
      assertEquals(expected, gradient[i], 1e-6 * Math.abs(i - 900), activation + " at " + y[i]);
    }
  }

  /** What lies behind the first n elements is left alone. */
  @Test
  void onlyTheFirstElementsAreTouched() {
    float[] z = {1, 1, 1, 1, 1};
    VectorMath.activate(CellActivation.SIGMOID, z, 3, new float[3]);
    VectorMath.add(z, z.clone(), 3);
    VectorMath.multiply(z, z, z, 3);
    VectorMath.sumOfProducts(z, z, z, z, z, 3);
    assertEquals(1f, z[3]);
    assertEquals(1f, z[4]);
  }

  @Test
  void exponentialsAreThoseOfTheDefinition() {
    float[] x = new float[90_001];
    for (int i = 0; i < x.length; i++) {
      x[i] = -i / 1_000f; // from 0 to -90
    }
    float[] y = x.clone();
    VectorMath.exp(y, 0, y.length, 0);
    for (int i = 0; i < x.length; i++) {
      double expected = Math.exp(Math.max(-87, x[i]));
      assertEquals(1, y[i] / expected, 3e-7, "exp " + x[i]);
    }
    assertEquals(1f, y[0]);
  }

  @Test
  void exponentialsOfAPartAreShifted() {
    float[] z = {5, 3, 2, 7, Float.NaN, Float.NEGATIVE_INFINITY};
    float largest = VectorMath.largest(z, 1, 6);
    assertEquals(7, largest);
    VectorMath.exp(z, 1, 6, largest);
    assertEquals(5, z[0]);
    assertEquals(Math.exp(-4), z[1], 1e-8);
    assertEquals(1, z[3]);
    assertTrue(Float.isNaN(z[4]));
    assertTrue(z[5] >= Float.MIN_NORMAL && z[5] < 1e-37f);
    assertEquals(15, VectorMath.sum(new float[] {9, 1, 2, 3, 4, 5, 6}, 1, 6));
    assertEquals(3, VectorMath.sum(new float[] {9, 1, 2}, 1, 3));
  }
}
