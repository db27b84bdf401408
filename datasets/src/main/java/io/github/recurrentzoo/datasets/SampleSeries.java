package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.Missing;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The series that {@link ForecastSeries} brings along, each with the settings that do well on it.
 *
 * @param file the name of its file
 * @param about one line for people
 * @param title for a picture
 * @param unit of the target
 */
public record SampleSeries(
    String file,
    String about,
    String title,
    String unit,
    String timeColumn,
    List<String> targets,
    List<String> inputs,
    Missing missing,
    int window,
    int horizon,
    int season,
    Difference difference,
    List<CalendarFeature> calendar) {

  /** What the command line calls it. */
  public enum Name {
    SEATTLE,
    CO2
  }

  public static SampleSeries of(Name name) {
    return switch (name) {
      case SEATTLE ->
          new SampleSeries(
              "seattle-weather.csv",
              "daily weather at Seattle, 2012 to 2015 (NOAA)",
              "Highest temperature of the day at Seattle",
              "\u00b0C",
              "date",
              List.of("temp_max"),
              List.of("temp_max", "temp_min", "precipitation", "wind"),
              Missing.FAIL,
              30,
              7,
              365,
              Difference.LAG_1,
              List.of(CalendarFeature.DAY_OF_YEAR));
      case CO2 ->
          new SampleSeries(
              "co2-concentration.csv",
              "monthly CO2 at Mauna Loa, 1958 to 2020 (Scripps CO2 Program)",
              "CO2 in the air at Mauna Loa, monthly means",
              "ppm",
              "Date",
              List.of("CO2"),
              List.of(),
              Missing.INTERPOLATE,
              36,
              24,
              12,
              Difference.LAG_1,
              List.of(CalendarFeature.MONTH));
    };
  }

  /** Reads columns of a file that lies on the class path. */
  public TimeSeries read(TimeSeriesReader reader) {
    try (InputStream in = SampleSeries.class.getResourceAsStream("/data/" + file)) {
      Path folder = Files.createTempDirectory("recurrent-zoo");
      Path copy = folder.resolve(file);
      try {
        Files.copy(in, copy);
        return reader.read(copy);
      } finally {
        Files.deleteIfExists(copy);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The data of the examples cannot be read", e);
    }
  }
}
