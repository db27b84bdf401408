package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half widths that follow errors. */
class AdaptiveIntervalsTest {

  private static List<List<Double>> drawn(Random random, int steps) {
    return IntStream.range(0, steps)
        .mapToObj(
            i ->
                DoubleStream.generate(() -> Math.abs(random.nextGaussian()))
                    .limit(100)
                    .boxed()
                    .toList())
        .toList();
  }

  /** Errors that grow to the given multiple over 300 forecasts. */
  @ParameterizedTest(name = "errors grow to {0} times, coverage {1}")
  @CsvSource({"1, 0.9", "3, 0.9", "3, 0.8", "0.3, 0.9"})
  void holdWhatTheyShouldHoweverErrorsDrift(double growth, double level) {
    Random random = new Random(3);
    AdaptiveIntervals intervals = new AdaptiveIntervals(drawn(random, 2), level);
    double[][] errors = new double[300][2];
    for (int b = 0; b < errors.length; b++) {
      for (int i = 0; i < 2; i++) {
        errors[b][i] = Math.abs(random.nextGaussian()) * (1 + (growth - 1) * b / errors.length);
      }
    }
    double[][] halves =
        intervals.follow(IntStream.range(0, errors.length).toArray(), 2, (b, i) -> errors[b][i]);
    double inside = 0;
    for (int b = 0; b < errors.length; b++) {
      for (int i = 0; i < 2; i++) {
        inside += errors[b][i] <= halves[b][i] ? 1 : 0;
      }
    }
    assertEquals(level, inside / errors.length / 2, 0.04);
  }

  /** Step 2 of a forecast is known two rows later. */
  @Test
  void onlyWhatIsKnownAtTheOriginCounts() {
    double[][] first = follow(-1);
    assertEquals(first[0][0], new AdaptiveIntervals(drawn(new Random(1), 2), 0.9).half(0));
    for (int changed = 0; changed < 5; changed++) {
      double[][] other = follow(changed);
      for (int b = 0; b < 10; b++) {
        boolean one = b <= changed;
        boolean two = b <= changed + 1;
        assertEquals(one, first[b][0] == other[b][0], "step 1 of forecast " + b);
        assertEquals(two, first[b][1] == other[b][1], "step 2 of forecast " + b);
      }
    }
  }

  /** Ten forecasts whose errors are 0.1, but for one of 1000. */
  private static double[][] follow(int changed) {
    return new AdaptiveIntervals(drawn(new Random(1), 2), 0.9)
        .follow(IntStream.range(5, 15).toArray(), 2, (b, i) -> b == changed ? 1000 : 0.1);
  }

  @Test
  void missingValuesTeachNothing() {
    AdaptiveIntervals intervals = new AdaptiveIntervals(drawn(new Random(1), 1), 0.9);
    double before = intervals.half(0);
    double[][] halves = intervals.follow(IntStream.range(0, 20).toArray(), 1, (b, i) -> Double.NaN);
    assertArrayEquals(new double[] {before}, halves[19]);
    assertTrue(before > 0);
  }
}
