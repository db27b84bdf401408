package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastPictureTest {
  private static final TimeSeries SERIES =
      TimeSeries.of(
          LocalDate.of(2024, 1, 1),
          TimeStep.days(1),
          Map.of("y", new double[] {1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7}));

  private static Forecast from(int origin) {
    double known = SERIES.column("y")[origin];
    List<ZonedDateTime> times =
        List.of(SERIES.time(0).plusDays(origin + 1), SERIES.time(0).plusDays(origin + 2));
    return new Forecast(
        SERIES.time(origin),
        "origin",
        times,
        List.of("next", "after next"),
        0.9,
        List.of(0.5),
        List.of(
            new Forecast.Target(
                "y",
                known,
                List.of(known + 1, known + 1.0),
                List.of(known - 1, known - 2),
                List.of(known + 3, known + 4),
                List.of(List.of(known + 2, known + 2)))));
  }

  private static ForecastPicture picture(Forecast next) {
    return new ForecastPicture("Title", "m", SERIES, "y", 12, List.of(from(4), from(9)), next);
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  /** Each once in the legend. */
  @Test
  void measuredPastAndNext() {
    String svg = picture(from(12)).chart().svg();
    assertEquals(2 + 1, count(svg, "class=\"line s0\""));
    assertEquals(1 + 1, count(svg, "class=\"line s1\""));
    assertEquals(1 + 1, count(svg, "class=\"line ink\""));
    assertTrue(svg.contains(">forecast and its interval of 90 %<"), svg);
    assertTrue(svg.contains(">2024-01-13<"), svg);
    assertTrue(svg.contains(">y, m<"), svg);
  }

  /** On a narrow screen the forecast of what follows takes a third of the picture or more. */
  @Test
  void theNarrowPictureShowsTheEnd() {
    String svg = picture(from(12)).narrowChart().svg();
    assertEquals(1 + 1, count(svg, "class=\"line s0\""), "the first forecast begins too early");
    assertEquals(1 + 1, count(svg, "class=\"line s1\""));
    assertTrue(svg.contains(">2024-01-10<"), svg);
  }

  @Test
  void aTargetThatIsNotForecast() {
    Forecast other =
        new Forecast(SERIES.time(9), "origin", List.of(), List.of(), 0.9, List.of(), List.of());
    assertEquals(
        "A forecast has no target \"y\" to draw",
        assertThrows(IllegalArgumentException.class, () -> picture(other).chart()).getMessage());
  }
}
