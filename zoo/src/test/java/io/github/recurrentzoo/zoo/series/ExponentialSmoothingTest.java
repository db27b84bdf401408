package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Against the examples of Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 2nd
 * edition, chapter 7, whose parameters and starting states are fitted by the squared error, too.
 */
class ExponentialSmoothingTest {
  /** Oil production of Saudi Arabia, 1996 to 2013. */
  private static final double[] OIL = {
    445.3641, 453.1950, 454.4096, 422.3789, 456.0371, 440.3866, 425.1944, 486.2052, 500.4291,
    521.2759, 508.9476, 488.8889, 509.8706, 456.7229, 473.8166, 525.9509, 549.8338, 542.3405
  };

  /** Air passengers of Australia, 1990 to 2016, in millions. */
  private static final double[] AIR = {
    17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797,
    32.5776, 33.4774, 39.0216, 41.3864, 41.5966, 44.6573, 46.9518, 48.7288, 51.4884, 50.0270,
    60.6409, 63.3603, 66.3553, 68.1980, 68.1231, 69.7793, 72.5977
  };

  /** Visitor nights of tourists in Australia by quarter, 2005 to 2015, in millions. */
  private static final double[] TOURISTS = {
    42.20566386, 24.64917133, 32.66733514, 37.25735401, 45.24246027, 29.35048127, 36.34420728,
    41.78208136, 49.27659843, 31.27540139, 37.85062549, 38.83704413, 51.23690034, 31.83855162,
    41.32342126, 42.79900337, 55.70835836, 33.40714492, 42.31663797, 45.15712257, 59.57607996,
    34.83733016, 44.84168072, 46.97124960, 60.01903094, 38.37117851, 46.97586413, 50.73379646,
    61.64687319, 39.29956937, 52.67120908, 54.33231689, 66.83435838, 40.87118847, 51.82853579,
    57.49190993, 65.25146985, 43.06120822, 54.76075713, 59.83447494, 73.25702747, 47.69662373,
    61.09776802, 66.05576122
  };

  private static ExponentialSmoothing fit(double[] y, int season, ExponentialSmoothing.Form form) {
    return ExponentialSmoothing.fit(y, real(y), season, form);
  }

  private static boolean[] real(double[] y) {
    boolean[] real = new boolean[y.length];
    Arrays.fill(real, true);
    return real;
  }

  private static double[] next(ExponentialSmoothing fitted, double[] y, int horizon) {
    return fitted.forecasts(y, real(y), new int[] {y.length - 1}, horizon)[0];
  }

  @Test
  void simpleSmoothingOfOil() {
    ExponentialSmoothing fitted = fit(OIL, 1, new ExponentialSmoothing.Form(false, false, false));
    assertEquals(0.83, fitted.parameters().alpha(), 0.005);
    assertEquals(446.59, fitted.level(), 0.02);
    assertArrayEquals(new double[] {542.68, 542.68}, next(fitted, OIL, 2), 0.01);
    int[] origins = {0, 1, 2, 13};
    double[][] steps = fitted.forecasts(OIL, real(OIL), origins, 1);
    double[] expected = {445.57, 451.93, 454.00, 465.07};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], steps[i][0], 0.01, "after row " + origins[i]);
    }
  }

  @Test
  void trendOfAirPassengers() {
    ExponentialSmoothing fitted = fit(AIR, 1, new ExponentialSmoothing.Form(true, false, false));
    assertEquals(0.83, fitted.parameters().alpha(), 0.01);
    assertTrue(fitted.parameters().beta() < 0.001);
    assertArrayEquals(new double[] {74.60, 76.70, 78.80, 80.91, 83.01}, next(fitted, AIR, 5), 0.05);
  }

  @Test
  void holtWintersOfTourists() {
    ExponentialSmoothing fitted =
        fit(TOURISTS, 4, new ExponentialSmoothing.Form(true, false, true));
    // The book's optimum has the error 1.763, with alpha 0.306 and gamma 0.426.
    double error = Math.sqrt(fitted.squaredErrors() / TOURISTS.length);
    assertTrue(error > 1.75 && error <= 1.763, () -> "RMSE " + error);
    assertEquals(0.306, fitted.parameters().alpha(), 0.05);
    assertEquals(0.426, fitted.parameters().gamma(), 0.05);
    assertArrayEquals(
        new double[] {76.10, 51.60, 63.97, 68.37, 78.90, 54.41, 66.77, 71.18},
        next(fitted, TOURISTS, 8),
        0.2);
  }

  @Test
  void aDampedTrendFlattens() {
    double[] y = new double[40];
    for (int t = 0; t < y.length; t++) {
      y[t] = 100 - 60 * Math.pow(0.9, t);
    }
    ExponentialSmoothing fitted = ExponentialSmoothing.fit(y, real(y), 1);
    assertTrue(fitted.form().damped());
    assertEquals(0.9, fitted.parameters().phi(), 0.01);
    assertEquals(100 - 60 * Math.pow(0.9, 49), next(fitted, y, 10)[9], 0.05);
  }

  @Test
  void theFormIsThatOfTheRows() {
    assertTrue(ExponentialSmoothing.fit(TOURISTS, real(TOURISTS), 4).form().season());
    assertFalse(ExponentialSmoothing.fit(OIL, real(OIL), 4).form().trend());
    double[] flat = new double[30];
    Arrays.fill(flat, 7);
    assertArrayEquals(
        new double[] {7, 7}, next(ExponentialSmoothing.fit(flat, real(flat), 7), flat, 2), 1e-6);
    double[] two = {1, 2};
    assertEquals(1, next(ExponentialSmoothing.fit(two, real(two), 1), two, 1).length);
  }

  /** A season too long to solve for begins with the means of the first two. */
  @Test
  void aLongSeasonAndMissingValues() {
    Random random = new Random(1);
    double[] y = new double[500];
    boolean[] real = new boolean[y.length];
    for (int t = 0; t < y.length; t++) {
      real[t] = t % 17 != 3;
      y[t] = 0.1 * t + 5 * Math.sin(2 * Math.PI * t / 50) + 0.1 * random.nextGaussian();
    }
    for (int t = 0; t < y.length; t++) {
      y[t] = real[t] ? y[t] : y[t - 1];
    }
    ExponentialSmoothing fitted = ExponentialSmoothing.fit(y, real, 50);
    assertTrue(fitted.form().season());
    double[] next = fitted.forecasts(y, real, new int[] {y.length - 1}, 60)[0];
    for (int k = 1; k <= 60; k++) {
      int t = y.length - 1 + k;
      assertEquals(0.1 * t + 5 * Math.sin(2 * Math.PI * t / 50), next[k - 1], 1, "step " + k);
    }
  }

  @Test
  void fitsToRowsEnough() {
    assertEquals(300, ExponentialSmoothing.rowsToFit(300, 12));
    assertEquals(2000, ExponentialSmoothing.rowsToFit(100_000, 12));
    assertEquals(591, ExponentialSmoothing.rowsToFit(100_000, 24));
    assertEquals(2000, ExponentialSmoothing.rowsToFit(100_000, 365));
  }
}
