package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.series.SeriesPanel;
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

  /** Christmas of 2014 had fewer births than the Thursday before. */
  @Test
  void theBirthsOfTheUnitedStates() {
    SampleSeries sample = SampleSeries.of(SampleSeries.Name.BIRTHS);
    TimeSeries births = sample.read();
    assertEquals(5479, births.size());
    assertEquals("2014-12-31", births.label(births.size() - 1));
    double[] values = births.column("births");
    assertTrue(values[births.size() - 7] < 0.7 * values[births.size() - 14]);
    assertEquals("US", sample.options().holidays().country());
    assertThrows(IllegalStateException.class, sample::readPanel);
  }

  @Test
  void theUnemploymentOfFourteenIndustries() {
    SampleSeries sample = SampleSeries.of(SampleSeries.Name.UNEMPLOYMENT);
    SeriesPanel panel = sample.readPanel();
    assertEquals(14, panel.names().size());
    assertEquals(14 * 122, panel.rows());
    assertEquals("2010-02-01", panel.series("Government").label(121));
    assertEquals(10.3, panel.series("Agriculture").column("rate")[0]);
    assertThrows(IllegalStateException.class, sample::read);
  }
}
