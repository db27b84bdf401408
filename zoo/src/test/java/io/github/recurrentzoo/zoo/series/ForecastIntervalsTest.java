package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half widths by the definition: the ceil((n + 1) c)-th smallest absolute error. */
class ForecastIntervalsTest {

  @ParameterizedTest(name = "n {0}, c {1}")
  @CsvSource({
    "9, 0.9, 9",
    "10, 0.9, 10",
    "19, 0.9, 18",
    "99, 0.9, 90",
    "4, 0.8, 4",
    "9, 0.8, 8",
    "3, 0.5, 2",
    "9, 1e-12, 1"
  })
  void theRankThatTheDefinitionAsksFor(int n, double level, double expected) {
    double[] residuals = new double[n];
    for (int i = 0; i < n; i++) {
      residuals[i] = (i * 7) % n + 1; // 1 to n in some order, since none of the n has a factor 7
    }
    assertEquals(
        List.of(expected), ForecastIntervals.of(new double[][] {residuals}, level).halfWidths());
  }

  @Test
  void tooFewErrorsForTheFraction() {
    assertEquals(
        "An interval that holds 0.9 of the true values needs 9 forecasts of validation rows at least, but there are 8. Give more rows or a larger fraction for validation, or ask for a narrower interval.",
        assertThrows(DataException.class, () -> ForecastIntervals.of(new double[1][8], 0.9))
            .getMessage());
  }

  /** For errors in any order alike, coverage lies between c and c + 1 / (n + 1). */
  @Test
  void holdsTheFractionOfNewErrors() {
    Random random = new Random(5);
    int inside = 0;
    for (int trial = 0; trial < 4000; trial++) {
      double[] residuals = random.doubles(39).map(Math::log).map(Math::abs).toArray();
      double half = ForecastIntervals.of(new double[][] {residuals}, 0.8).halfWidths().get(0);
      inside += Math.abs(Math.log(random.nextDouble())) <= half ? 1 : 0;
    }
    assertEquals(0.8, inside / 4000.0, 0.02);
  }

  @Test
  void percent() {
    assertEquals("90 %", ForecastIntervals.percent(0.9));
    assertEquals("97.5 %", ForecastIntervals.percent(0.975));
  }
}
