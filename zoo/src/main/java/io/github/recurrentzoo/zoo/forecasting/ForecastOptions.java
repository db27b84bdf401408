package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.HolidayCalendar;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonAlias;

/**
 * What a {@link Forecaster} forecasts, and from what. Model files hold it by the names of the
 * components; in those of before 0.1 they were {@code inputs}, {@code window}, {@code season},
 * {@code calendar} and {@code interval}, which are read still.
 *
 * @param targets the columns to forecast, one at least; the network reads their past, too
 * @param pastCovariates further columns whose past the network reads; with differences also a
 *     target, whose values it reads then beside the differences
 * @param lookback T, the number of rows that the network reads
 * @param horizon h, the number of steps that it forecasts, all at once
 * @param seasonality m, the number of rows of a season, for differences, the seasonal naive
 *     forecast and MASE; 0 for the one that is usual for the step of the series; 1 for none
 * @param difference what the targets are turned into
 * @param calendarFeatures what the network reads of the time of each row
 * @param predictionInterval the fraction of true values that the interval of a forecast is to hold,
 *     in (0, 1)
 * @param futureCovariates further columns that are known ahead, such as prices and promotions: the
 *     network reads their past, and their values in the rows to come
 * @param holidays of a country, read of each row and of the rows to come; null for none
 * @param calendarAhead whether the network reads the calendar features of the rows to come, too
 * @param quantiles the levels of the quantiles that the network answers, too, in (0, 1), in
 *     ascending order
 * @param smoothing whether exponential smoothing may have a share in the forecasts of many series
 */
public record ForecastOptions(
    List<String> targets,
    @JsonAlias("inputs") List<String> pastCovariates,
    @JsonAlias("window") int lookback,
    int horizon,
    @JsonAlias("season") int seasonality,
    Difference difference,
    @JsonAlias("calendar") List<CalendarFeature> calendarFeatures,
    @JsonAlias("interval") double predictionInterval,
    List<String> futureCovariates,
    HolidayCalendar holidays,
    boolean calendarAhead,
    List<Double> quantiles,
    boolean smoothing) {

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public ForecastOptions {
    targets = List.copyOf(Require.notNull("targets", targets));
    pastCovariates = List.copyOf(Require.notNull("pastCovariates", pastCovariates));
    calendarFeatures =
        Require.notNull("calendarFeatures", calendarFeatures).stream().distinct().sorted().toList();
    // Model files of before there were any do not have them.
    futureCovariates = futureCovariates == null ? List.of() : List.copyOf(futureCovariates);
    calendarAhead = calendarAhead && !calendarFeatures.isEmpty();
    quantiles = quantiles == null ? List.of() : quantiles.stream().sorted().toList();
    if (new HashSet<>(quantiles).size() < quantiles.size()
        || quantiles.stream().anyMatch(level -> !(level > 0 && level < 1))) {
      throw new IllegalArgumentException(
          "quantiles must be different levels in (0, 1), but are " + quantiles);
    }
    Require.atLeast("targets", 1, targets.size());
    for (String column : futureCovariates) {
      if (targets.contains(column) || pastCovariates.contains(column)) {
        throw new IllegalArgumentException(
            "futureCovariates "
                + futureCovariates
                + " name \""
                + column
                + "\", which is a target or a past covariate, too; name it once: what is known ahead"
                + " is a future covariate, whose past is read anyway");
      }
    }
    if (new HashSet<>(futureCovariates).size() < futureCovariates.size()) {
      throw new IllegalArgumentException(
          "futureCovariates " + futureCovariates + " name a column twice");
    }
    if (new HashSet<>(targets).size() < targets.size()
        || new HashSet<>(pastCovariates).size() < pastCovariates.size()) {
      throw new IllegalArgumentException(
          "targets " + targets + " or pastCovariates " + pastCovariates + " name a column twice");
    }
    if (difference == Difference.NONE && pastCovariates.stream().anyMatch(targets::contains)) {
      throw new IllegalArgumentException(
          "targets "
              + targets
              + " and pastCovariates "
              + pastCovariates
              + " share a column, whose past is read anyway; that has a meaning only with"
              + " differences, to read its values beside them");
    }
    Require.atLeast("lookback", 1, lookback);
    Require.atLeast("horizon", 1, horizon);
    Require.atLeast("seasonality", 0, seasonality);
    Require.notNull("difference", difference);
    if (seasonality == 1
        && (difference == Difference.SEASONAL || difference == Difference.SEASONAL_DRIFT)) {
      throw new IllegalArgumentException(
          "seasonal differences need a seasonality of 2 rows at least, but it is 1; give the length of"
              + " a season, or take other differences");
    }
    if (!(predictionInterval > 0 && predictionInterval < 1)) {
      throw new IllegalArgumentException(
          "predictionInterval must be in (0, 1), but is " + predictionInterval);
    }
  }

  /**
   * How many numbers a row gives to the network: one a column, two a calendar feature, and one a
   * holiday.
   */
  public int inputSize() {
    return columns().size() + 2 * calendarFeatures.size() + holidayFlags();
  }

  /**
   * How many numbers a row to come gives to the network: one a future covariate, {@link
   * CalendarFeature#harmonics} pairs a calendar feature, and one a holiday; 0 if nothing is known
   * ahead.
   */
  public int futureSize() {
    return futureCovariates.size() + aheadCalendarNumbers() + holidayFlags();
  }

  private int aheadCalendarNumbers() {
    return calendarAhead
        ? calendarFeatures.stream().mapToInt(feature -> 2 * feature.harmonics()).sum()
        : 0;
  }

  /**
   * How many numbers the network answers for a step of a target: an estimate, and the quantiles.
   */
  int answers() {
    return 1 + quantiles.size();
  }

  private int holidayFlags() {
    return holidays == null ? 0 : holidays.flags();
  }

  /** The same options with those holidays alone that some rows have. */
  ForecastOptions withHolidaysOf(List<TimeSeries> learned) {
    return holidays == null
        ? this
        : toBuilder()
            .holidays(
                holidays.among(
                    learned.stream()
                        .filter(part -> part.step().unit() != TimeStep.Unit.INDEX)
                        .flatMap(
                            part ->
                                IntStream.range(0, part.size())
                                    .mapToObj(row -> part.time(row).toLocalDate()))))
            .build();
  }

  /** All columns that the network reads: targets, then past covariates, then future ones. */
  List<String> columns() {
    List<String> columns = pastColumns();
    columns.addAll(futureCovariates);
    return columns;
  }

  /** The columns of which only the past is known: targets, then past covariates. */
  List<String> pastColumns() {
    List<String> columns = new ArrayList<>(targets);
    columns.addAll(pastCovariates);
    return columns;
  }

  /**
   * The rows up to the last one in which a target or a past covariate is real: those that can be
   * learned from. Behind them, only what is known ahead is there.
   *
   * @throws DataException if a column is missing, or no row has a real number
   */
  public TimeSeries known(TimeSeries series) {
    return futureCovariates.isEmpty() ? series : series.rows(0, series.knownRows(pastColumns()));
  }

  /** Whether the level of the window is taken away. */
  boolean takesLevel() {
    return difference.takesLevel();
  }

  /** What is subtracted from the value of a step to come, and added to the answer for it. */
  double anchor(IntToDoubleFunction values, int origin, int step) {
    return difference.anchor(values, origin, step, seasonality, lookback);
  }

  /** What is taken away from the numbers of a target in a window. */
  double level(IntToDoubleFunction values, int origin) {
    return difference.level(values, origin, seasonality, lookback);
  }

  /** Whether differences are to the season before. */
  boolean isSeasonal() {
    return difference == Difference.SEASONAL || difference == Difference.SEASONAL_DRIFT;
  }

  /** How many rows before the window its first row is compared with. */
  int lag() {
    return difference.lag(seasonality);
  }

  /**
   * The same options with the season of a series.
   *
   * @param step of the series
   * @param learned the rows to learn from; a usual season that they do not hold once is none
   * @throws DataException if seasonal differences are asked for and no season is usual for the step
   */
  ForecastOptions withSeason(TimeStep step, int learned) {
    int usual = step.usualSeason();
    boolean tooLong = usual >= learned && !isSeasonal();
    int length = seasonality > 0 ? seasonality : tooLong ? 1 : usual;
    if (isSeasonal() && length == 1) {
      throw new DataException(
          "The series has one row each %s, for which no season is usual; seasonal differences need one of 2 rows at least. Give the number of rows of a season, or take other differences."
              .formatted(step));
    }
    return toBuilder().seasonality(length).build();
  }

  /**
   * The same options with the difference whose plain forecast is best on some rows: of the last
   * value, of the season before, of the mean of the lookback, or without differences of the mean of
   * all rows so far. What the network learns is then what that forecast lacks.
   *
   * @param series the rows to learn from
   * @throws DataException if a column is missing
   */
  public ForecastOptions withBestDifference(TimeSeries series) {
    return withBestDifference(List.of(series), series);
  }

  /** The same for many series, by the mean of their relative errors. */
  public ForecastOptions withBestDifference(SeriesPanel panel) {
    return withBestDifference(panel.names().stream().map(panel::series).toList(), panel.longest());
  }

  private ForecastOptions withBestDifference(List<TimeSeries> parts, TimeSeries longest) {
    ForecastOptions plain = toBuilder().difference(Difference.LAG_1).build();
    ForecastOptions seasonal = plain.withSeason(longest.step(), longest.size());
    Difference best = new DifferenceChoice(seasonal, longest.size()).best(parts);
    return toBuilder().difference(best).build();
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options; changing it leaves them as they are. */
  public Builder toBuilder() {
    return builder()
        .targets(targets)
        .pastCovariates(pastCovariates)
        .futureCovariates(futureCovariates)
        .holidays(holidays)
        .calendarAhead(calendarAhead)
        .lookback(lookback)
        .horizon(horizon)
        .seasonality(seasonality)
        .difference(difference)
        .calendarFeatures(calendarFeatures)
        .predictionInterval(predictionInterval)
        .quantiles(quantiles)
        .smoothing(smoothing);
  }

  /** Builds {@link ForecastOptions}. */
  public static final class Builder {
    private List<String> targets = List.of();
    private List<String> pastCovariates = List.of();
    private int lookback = 30;
    private int horizon = 1;
    private int seasonality;
    private Difference difference = Difference.NONE;
    private List<CalendarFeature> calendarFeatures = List.of();
    private double predictionInterval = 0.9;
    private List<String> futureCovariates = List.of();
    private HolidayCalendar holidays;
    private boolean calendarAhead = true;
    private List<Double> quantiles = List.of();
    private boolean smoothing = true;

    private Builder() {}

    /** The columns to forecast, one at least. */
    public Builder targets(String... names) {
      return targets(Arrays.asList(names));
    }

    /** The columns to forecast, one at least. */
    public Builder targets(List<String> names) {
      this.targets = List.copyOf(names);
      return this;
    }

    /**
     * Further columns to read; with differences also a target, to read its values beside them.
     * Default: none.
     */
    public Builder pastCovariates(String... names) {
      return pastCovariates(Arrays.asList(names));
    }

    /**
     * Further columns to read; with differences also a target, to read its values beside them.
     * Default: none.
     */
    public Builder pastCovariates(List<String> names) {
      this.pastCovariates = List.copyOf(names);
      return this;
    }

    /**
     * Further columns that are known ahead: the network reads them up to the end of the horizon.
     * Default: none.
     */
    public Builder futureCovariates(String... names) {
      return futureCovariates(Arrays.asList(names));
    }

    /**
     * Further columns that are known ahead: the network reads them up to the end of the horizon.
     * Default: none.
     */
    public Builder futureCovariates(List<String> names) {
      this.futureCovariates = List.copyOf(names);
      return this;
    }

    /**
     * The holidays that the network reads, ahead, too; null (the default) for none. A forecaster
     * keeps those that are among the rows that it learns from.
     */
    public Builder holidays(HolidayCalendar holidays) {
      this.holidays = holidays;
      return this;
    }

    /**
     * The holidays of a country, or of a part of one, that the network reads, ahead, too.
     *
     * @param country such as {@code US} or {@code DE-by}
     * @throws DataException if there is no such country; the message lists those that there are
     */
    public Builder holidays(String country) {
      return holidays(HolidayCalendar.of(country));
    }

    /**
     * Whether the network reads the {@link #calendarFeatures} of the rows to come, too. Default:
     * true.
     */
    public Builder calendarAhead(boolean calendarAhead) {
      this.calendarAhead = calendarAhead;
      return this;
    }

    /** The number of rows that the network reads, T. Default: 30. */
    public Builder lookback(int lookback) {
      this.lookback = lookback;
      return this;
    }

    /** The number of steps to forecast, h. Default: 1. */
    public Builder horizon(int horizon) {
      this.horizon = horizon;
      return this;
    }

    /**
     * The number of rows of a season; 0 (the default) for the usual one, or none if the rows to
     * learn from do not hold it; 1 for none.
     */
    public Builder seasonality(int seasonality) {
      this.seasonality = seasonality;
      return this;
    }

    /** What the targets are turned into. Default: {@link Difference#NONE}. */
    public Builder difference(Difference difference) {
      this.difference = difference;
      return this;
    }

    /** What the network reads of the time of each row. Default: nothing. */
    public Builder calendarFeatures(CalendarFeature... features) {
      return calendarFeatures(Arrays.asList(features));
    }

    /** What the network reads of the time of each row. Default: nothing. */
    public Builder calendarFeatures(List<CalendarFeature> features) {
      this.calendarFeatures = List.copyOf(features);
      return this;
    }

    /** The fraction of true values that the interval is to hold. Default: 0.9. */
    public Builder predictionInterval(double predictionInterval) {
      this.predictionInterval = predictionInterval;
      return this;
    }

    /**
     * Levels in (0, 1) whose quantiles the network learns to answer, too, by the pinball loss, such
     * as 0.1, 0.5 and 0.9. Default: none.
     */
    public Builder quantiles(double... levels) {
      return quantiles(Arrays.stream(levels).boxed().toList());
    }

    /** The same of a list. */
    public Builder quantiles(List<Double> levels) {
      this.quantiles = List.copyOf(levels);
      return this;
    }

    /**
     * Whether exponential smoothing may have a share in the forecasts of many series, as large as
     * the validation rows say ({@link PanelForecaster#smoothing}). Default: true.
     */
    public Builder smoothing(boolean smoothing) {
      this.smoothing = smoothing;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is impossible; the message names it
     */
    public ForecastOptions build() {
      return new ForecastOptions(
          targets,
          pastCovariates,
          lookback,
          horizon,
          seasonality,
          difference,
          calendarFeatures,
          predictionInterval,
          futureCovariates,
          holidays,
          calendarAhead,
          quantiles,
          smoothing);
    }
  }
}
