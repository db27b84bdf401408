package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentence behind a table of errors. */
class ForecastAdviceTest {

  @Test
  void sentencesHaveNumbersOnly() {
    List<String> untried = List.of("more --epochs", "--difference lag-1");
    assertEquals(
        "The MAE of x is 1.000, 50.0 % below the best baseline (naive, 2.000).",
        ForecastAdvice.sentence("MAE of x", 1, "naive", 2, untried));
    assertEquals(
        "The MAE of x is 1.000, above the best baseline (naive, 0.0000): try more --epochs, --difference lag-1.",
        ForecastAdvice.sentence("MAE of x", 1, "naive", 0, untried));
    assertEquals(
        "The MAE of x is 0.0000, as the best baseline (naive, 0.0000).",
        ForecastAdvice.sentence("MAE of x", 0, "naive", 0, untried));
    assertEquals(
        "The MASE of x cannot be compared with a baseline.",
        ForecastAdvice.sentence("MASE of x", Double.NaN, "naive", Double.NaN, untried));
  }
}
