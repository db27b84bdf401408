package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Measured series to forecast, each with the settings that do well on it.
 *
 * <ul>
 *   <li>{@link Name#SEATTLE}: temperature, precipitation and wind at Seattle-Tacoma airport on each
 *       day of 2012 to 2015, 1,461 rows. NOAA, a work of the United States government: public
 *       domain.
 *   <li>{@link Name#CO2}: CO2 in the air at Mauna Loa, monthly means from March 1958 to April 2020,
 *       746 months of which five are missing. Scripps CO2 Program, C. D. Keeling et al. 2001, CC BY
 *       4.0.
 * </ul>
 *
 * <p>A series is split in time: the presets keep the last fifth of the rows for the report, {@code
 * series.split(0.2)}.
 *
 * @param file the name of the file, a resource in {@code /data}
 * @param about one line for people
 * @param title for a picture
 * @param unit of the target
 * @param timeColumn the column with the times
 * @param targets the columns to forecast
 * @param pastCovariates further columns that help
 * @param missing what to do where numbers or rows are missing
 * @param lookback rows that a network reads
 * @param horizon steps to forecast
 * @param seasonality rows of a season
 * @param difference what a network learns: the values or how they change
 * @param calendarFeatures what a network reads of each row's time
 * @param calendarAhead whether it reads them of the rows to come, too
 */
public record SampleSeries(
    String file,
    String about,
    String title,
    String unit,
    String timeColumn,
    List<String> targets,
    List<String> pastCovariates,
    Missing missing,
    int lookback,
    int horizon,
    int seasonality,
    Difference difference,
    List<CalendarFeature> calendarFeatures,
    boolean calendarAhead) {

  /** The series that there are. */
  public enum Name {
    /** Daily weather at Seattle. */
    SEATTLE,
    /** Monthly CO2 at Mauna Loa. */
    CO2
  }

  /**
   * A series with its settings.
   *
   * @param name which
   */
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
              List.of(CalendarFeature.DAY_OF_YEAR),
              false);
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
              Difference.SEASONAL_DRIFT,
              List.of(CalendarFeature.MONTH),
              true);
    };
  }

  /** What a network forecasts of it and from what, as these settings say. */
  public ForecastOptions options() {
    return ForecastOptions.builder()
        .targets(targets)
        .pastCovariates(pastCovariates)
        .lookback(lookback)
        .horizon(horizon)
        .seasonality(seasonality)
        .difference(difference)
        .calendarFeatures(calendarFeatures)
        .calendarAhead(calendarAhead)
        .build();
  }

  /**
   * Reads the columns of targets and inputs.
   *
   * @return all rows, in the order of time
   */
  public TimeSeries read() {
    Set<String> columns = new LinkedHashSet<>(targets);
    columns.addAll(pastCovariates);
    return read(
        TimeSeriesReader.builder()
            .timeColumn(timeColumn)
            .columns(List.copyOf(columns))
            .missing(missing)
            .build());
  }

  /**
   * Reads the file as a reader says.
   *
   * @param reader which columns, and how
   * @return all rows, in the order of time
   */
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
      throw new UncheckedIOException("The series cannot be read", e);
    }
  }
}
