package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleSeriesTest {

  @Test
  void theWeatherOfSeattle() {
    TimeSeries weather = SampleSeries.of(SampleSeries.Name.SEATTLE).read();
    assertEquals(1_461, weather.size());
    assertEquals(List.of("temp_max", "temp_min", "precipitation", "wind"), weather.columns());
    assertEquals("2012-01-01", weather.label(0));
    assertEquals("2015-12-31", weather.label(weather.size() - 1));
  }

  /** Months without a measurement are filled in. */
  @Test
  void theCarbonDioxideOfMaunaLoa() {
    TimeSeries air = SampleSeries.of(SampleSeries.Name.CO2).read();
    assertEquals(List.of("CO2"), air.columns());
    assertEquals("1958-03-01", air.label(0));
    assertEquals("2020-04-01", air.label(air.size() - 1));
    assertEquals(746, air.size());
  }
}
