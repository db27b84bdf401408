package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a series has the times that its rows have in the whole. */
class MonthStartsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 28, 29, 30, 31})
  void partsKeepTheirTimes(int day) {
    TimeSeries whole =
        TimeSeries.of(LocalDate.of(2023, 1, day), TimeStep.months(1), Map.of("y", new double[24]));
    for (int from = 0; from < 20; from++) {
      TimeSeries part = whole.rows(from, 22).rows(1, 22 - from);
      for (int row = 0; row < 4; row++) {
        assertEquals(whole.time(from + 1 + row), part.time(row));
        assertEquals(whole.label(from + 1 + row), part.label(row));
      }
      assertEquals(whole.time(23), part.append(whole.rows(22, 24)).time(22 - from));
    }
  }
}
