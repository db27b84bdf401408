package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastDetectionTest {

  private static TimeSeries series(double spike) {
    Random random = new Random(3);
    double[] y = new double[500];
    for (int t = 0; t < y.length; t++) {
      y[t] = 10 + 3 * Math.sin(2 * Math.PI * t / 7) + 0.3 * random.nextGaussian();
    }
    y[450] += spike;
    return TimeSeries.of(LocalDate.of(2021, 1, 1), TimeStep.days(1), Map.of("y", y));
  }

  private static Forecaster train() {
    return Forecaster.train(
        series(0).rows(0, 400),
        ForecastOptions.builder().targets("y").lookback(14).horizon(3).build(),
        SequenceForecasting.builder().hiddenSize(8).seed(7).build(),
        TrainingOptions.builder().epochs(2).validationSplit(0.3).seed(7).build());
  }

  /** The score is |y - f| / half width of the forecast from the row before. */
  @Test
  void aRowOutsideOfTheIntervalOneStepAheadIsMarked() {
    Forecaster forecaster = train();
    TimeSeries series = series(20);
    Detection marks = forecaster.detect(series);
    assertEquals(500 - 14, marks.scored(), "the first window is not judged");
    assertTrue(Double.isNaN(marks.score(13)));
    assertTrue(marks.isMarked(450), marks.toString());
    assertEquals(0.1, marks.expectedShare(), 1e-12);
    Forecast before = forecaster.forecast(series.rows(0, 400), 399);
    Forecast.Target target = before.targets().get(0);
    double half = (target.upper().get(0) - target.lower().get(0)) / 2;
    double error = Math.abs(series.column("y")[399] - target.values().get(0));
    assertEquals(error / half, marks.score(399), 1e-6, "no error was known then");
    Detection wide = forecaster.detect(series, 0.99);
    assertTrue(wide.marked() < marks.marked(), wide.summary());
    assertTrue(wide.isMarked(450));
    assertEquals(List.of("y"), wide.channels());
  }

  @Test
  void refusesTooFewRowsAndALevelWithoutErrors() {
    Forecaster forecaster = train();
    assertThrows(DataException.class, () -> forecaster.detect(series(0).rows(0, 14)));
    DataException few =
        assertThrows(DataException.class, () -> forecaster.detect(series(0), 0.999));
    assertTrue(few.getMessage().contains("needs 999 validation rows"), few.getMessage());
    for (double level : new double[] {0, 1, 1.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> forecaster.detect(series(0), level));
    }
  }
}
