package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a forecast prints. */
class ForecastTest {

  @Test
  void smallNumbersAreNotZero() {
    ZonedDateTime origin = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    Forecast forecast =
        new Forecast(
            origin,
            "2024-01-01",
            List.of(origin.plusDays(1)),
            List.of("2024-01-02"),
            0.9,
            List.of(0.1),
            List.of(
                new Forecast.Target(
                    "y",
                    0,
                    List.of(0.0012),
                    List.of(-0.0002),
                    List.of(12.344),
                    List.of(List.of(0.0005)))));
    assertTrue(forecast.toString().contains("    0.0012  -2.00e-04 to 12.34"), forecast::toString);
    assertTrue(forecast.toString().contains("quantile 0.1"), forecast::toString);
    assertTrue(
        forecast.toMap().toString().contains("quantiles={0.1=[5.0E-4]}"), forecast::toString);
  }
}
