package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.Missing;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
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
import java.util.function.Function;

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
 *   <li>{@link Name#BIRTHS}: births in the United States on each day of 2000 to 2014, 5,479 rows.
 *       Social Security Administration, PDDL.
 *   <li>{@link Name#UNEMPLOYMENT}: the rate of unemployment in 14 industries of the United States,
 *       monthly from January 2000 to February 2010, 122 rows each. Bureau of Labor Statistics, a
 *       work of the United States government: public domain.
 * </ul>
 *
 * <p>A series is split in time: the presets keep the last rows for the report, {@code
 * series.split(sample.testSplit())}.
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
 * @param holidays the country whose holidays it reads; null for none
 * @param seriesColumn the column that tells many series apart; null for one series
 * @param testSplit the fraction of the rows, at the end, that is kept for the report
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
    boolean calendarAhead,
    String holidays,
    String seriesColumn,
    double testSplit) {

  /** The series that there are. */
  public enum Name {
    /** Daily weather at Seattle. */
    SEATTLE,
    /** Monthly CO2 at Mauna Loa. */
    CO2,
    /** Daily births in the United States. */
    BIRTHS,
    /** Monthly unemployment by industry in the United States: many series. */
    UNEMPLOYMENT
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
              false,
              null,
              null,
              0.2);
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
              true,
              null,
              null,
              0.2);
      case BIRTHS ->
          new SampleSeries(
              "us-births.csv",
              "births in the United States by day, 2000 to 2014 (Social Security Administration)",
              "Births in the United States by day",
              "births",
              "day",
              List.of("births"),
              List.of(),
              Missing.FAIL,
              56,
              28,
              7,
              Difference.SEASONAL,
              List.of(CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR),
              true,
              "US",
              null,
              0.2);
      case UNEMPLOYMENT ->
          new SampleSeries(
              "us-unemployment.csv",
              "unemployment in 14 industries of the United States by month, 2000 to 2010 (Bureau of Labor Statistics)",
              "Unemployment in the United States by industry",
              "%",
              "month",
              List.of("rate"),
              List.of(),
              Missing.FAIL,
              30,
              12,
              12,
              Difference.LAG_1,
              List.of(),
              false,
              null,
              "industry",
              0.3);
    };
  }

  /** What a network forecasts of it and from what, as these settings say. */
  public ForecastOptions options() {
    ForecastOptions.Builder options =
        ForecastOptions.builder()
            .targets(targets)
            .pastCovariates(pastCovariates)
            .lookback(lookback)
            .horizon(horizon)
            .seasonality(seasonality)
            .difference(difference)
            .calendarFeatures(calendarFeatures)
            .calendarAhead(calendarAhead);
    return (holidays == null ? options : options.holidays(holidays)).build();
  }

  /**
   * Reads the columns of targets and inputs of one series.
   *
   * @return all rows, in the order of time
   * @throws IllegalStateException if these are many series
   */
  public TimeSeries read() {
    return read(reader());
  }

  /**
   * Reads the columns of targets and inputs of many series.
   *
   * @throws IllegalStateException if this is one series
   */
  public SeriesPanel readPanel() {
    return readPanel(reader());
  }

  private TimeSeriesReader reader() {
    Set<String> columns = new LinkedHashSet<>(targets);
    columns.addAll(pastCovariates);
    return TimeSeriesReader.builder()
        .timeColumn(timeColumn)
        .seriesColumn(seriesColumn)
        .columns(List.copyOf(columns))
        .missing(missing)
        .build();
  }

  /**
   * Reads the file as a reader says.
   *
   * @param reader which columns, and how
   * @return all rows, in the order of time
   * @throws IllegalStateException if these are many series
   */
  public TimeSeries read(TimeSeriesReader reader) {
    if (seriesColumn != null) {
      throw new IllegalStateException(file + " holds many series; read them with readPanel");
    }
    return copied(reader::read);
  }

  /**
   * Reads many series as a reader says.
   *
   * @param reader which columns, and how
   * @throws IllegalStateException if this is one series
   */
  public SeriesPanel readPanel(TimeSeriesReader reader) {
    if (seriesColumn == null) {
      throw new IllegalStateException(file + " holds one series; read it with read");
    }
    return copied(reader::readPanel);
  }

  private <T> T copied(Function<Path, T> reader) {
    try (InputStream in = SampleSeries.class.getResourceAsStream("/data/" + file)) {
      Path folder = Files.createTempDirectory("recurrent-zoo");
      Path copy = folder.resolve(file);
      try {
        Files.copy(in, copy);
        return reader.apply(copy);
      } catch (DataException e) {
        throw new DataException(e.getMessage().replace(copy.toString(), file), e);
      } finally {
        Files.deleteIfExists(copy);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The series cannot be read", e);
    }
  }
}
