package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.SimpleDetector;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.HolidayCalendar;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an {@link AnomalyDetector} looks at. Model files hold it by the names of the components.
 *
 * @param columns the channels, one at least
 * @param window T, the number of rows that the network gives back at once
 * @param calendarFeatures what the network knows of the time of each row; null for those whose
 *     cycle the rows to learn from hold twice at least
 * @param holidays of a country, which the network knows, too; null for none
 * @param centered whether each window is read less its own mean, for series without a level of
 *     their own; null for whether the rows to learn from are such a series
 * @param seasonality m, the number of rows of a season, for the detector beside it and for
 *     anomalies that are put in; 0 for the one that is usual for the step of the series; 1 for none
 * @param thresholdQuantile q, the fraction of the validation rows that is not marked, in (0, 1)
 */
public record AnomalyOptions(
    List<String> columns,
    int window,
    List<CalendarFeature> calendarFeatures,
    HolidayCalendar holidays,
    Boolean centered,
    int seasonality,
    double thresholdQuantile) {
  private static final int LONGEST_WINDOW = 10_000;

  /** Of a series that drifts, the errors of neighbours are less than this part of a season's. */
  private static final double DRIFT = 0.25;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public AnomalyOptions {
    columns = List.copyOf(Require.notNull("columns", columns));
    Require.atLeast("columns", 1, columns.size());
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new IllegalArgumentException("columns " + columns + " name a column twice");
    }
    Require.between("window", 2, LONGEST_WINDOW, window);
    Require.atLeast("seasonality", 0, seasonality);
    calendarFeatures =
        calendarFeatures == null ? null : calendarFeatures.stream().distinct().sorted().toList();
    Require.openFraction("thresholdQuantile", thresholdQuantile);
  }

  /**
   * P: one number for the place in the window, {@link CalendarFeature#harmonics} pairs a calendar
   * feature, and one a holiday.
   */
  int placeSize() {
    return 1 + calendarSize();
  }

  /** How many numbers the calendar gives to the network. */
  int calendarSize() {
    return calendarFeatures.stream().mapToInt(feature -> 2 * feature.harmonics()).sum()
        + (holidays == null ? 0 : holidays.flags());
  }

  /**
   * The same options with what depends on the series.
   *
   * @param learned the rows to learn from
   * @throws DataException if the rows have no times and something is to be read of them, or do not
   *     hold the season once
   */
  AnomalyOptions of(TimeSeries learned) {
    TimeStep step = learned.step();
    boolean numbered = step.unit() == TimeStep.Unit.INDEX;
    if (numbered
        && (holidays != null || (calendarFeatures != null && !calendarFeatures.isEmpty()))) {
      throw new DataException(
          "The rows are numbered and have no times, so that neither calendar features nor holidays"
              + " can be read of them. Leave both out, or give a column with times.");
    }
    int usual = step.usualSeason();
    int season = seasonality > 0 ? seasonality : usual >= learned.size() ? 1 : usual;
    if (season > learned.size()) {
      throw new DataException(
          "The season has %d rows, but there are %d rows to learn from. Give more rows, or a shorter season, 1 for none."
              .formatted(season, learned.size()));
    }
    return toBuilder()
        .calendarFeatures(calendarFeatures != null ? calendarFeatures : found(learned))
        .holidays(
            holidays == null
                ? null
                : holidays.among(
                    IntStream.range(0, learned.size())
                        .mapToObj(row -> learned.time(row).toLocalDate())))
        .centered(centered != null ? centered : drifts(learned, season))
        .seasonality(season)
        .build();
  }

  /** Whether the level of most channels wanders. */
  private boolean drifts(TimeSeries learned, int season) {
    long drifting =
        columns.stream()
            .filter(
                column ->
                    SimpleDetector.usualError(
                            SimpleDetector.Kind.NEIGHBORS, learned, column, season)
                        < DRIFT
                            * SimpleDetector.usualError(
                                SimpleDetector.Kind.SEASON, learned, column, season))
            .count();
    return 2 * drifting > columns.size();
  }

  /** The features whose cycle is longer than a step, and twice at least in the rows. */
  private static List<CalendarFeature> found(TimeSeries learned) {
    TimeStep step = learned.step();
    if (step.unit() == TimeStep.Unit.INDEX) {
      return List.of();
    }
    Duration one = Duration.between(learned.time(0), learned.time(1));
    Duration all = Duration.between(learned.time(0), learned.time(learned.size()));
    List<CalendarFeature> found = new ArrayList<>();
    boolean months = step.unit() == TimeStep.Unit.MONTHS;
    if (!months && holds(one, all, 1)) {
      found.add(CalendarFeature.HOUR_OF_DAY);
    }
    if (!months && holds(one, all, 7)) {
      found.add(CalendarFeature.DAY_OF_WEEK);
    }
    if (holds(one, all, 365)) {
      found.add(months ? CalendarFeature.MONTH : CalendarFeature.DAY_OF_YEAR);
    }
    return found;
  }

  private static boolean holds(Duration step, Duration all, int days) {
    Duration cycle = Duration.ofDays(days);
    return step.compareTo(cycle) < 0 && all.compareTo(cycle.multipliedBy(2)) >= 0;
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options; changing it leaves them as they are. */
  public Builder toBuilder() {
    return builder()
        .columns(columns)
        .window(window)
        .calendarFeatures(calendarFeatures)
        .holidays(holidays)
        .centered(centered)
        .seasonality(seasonality)
        .thresholdQuantile(thresholdQuantile);
  }

  /** Builds {@link AnomalyOptions}. */
  public static final class Builder {
    private List<String> columns = List.of();
    private int window = 30;
    private List<CalendarFeature> calendarFeatures;
    private HolidayCalendar holidays;
    private Boolean centered;
    private int seasonality;
    private double thresholdQuantile = 0.99;

    private Builder() {}

    /** The channels, one at least. */
    public Builder columns(String... names) {
      return columns(Arrays.asList(names));
    }

    /** The channels, one at least. */
    public Builder columns(List<String> names) {
      this.columns = List.copyOf(names);
      return this;
    }

    /** The number of rows that the network gives back at once, T. Default: 30. */
    public Builder window(int window) {
      this.window = window;
      return this;
    }

    /**
     * What the network knows of the time of each row. Default: the hour of the day, the day of the
     * week, the day of the year or the month, as far as rows are closer than that cycle and the
     * rows to learn from hold it twice.
     */
    public Builder calendarFeatures(CalendarFeature... features) {
      return calendarFeatures(Arrays.asList(features));
    }

    /** As {@link #calendarFeatures(CalendarFeature...)}; null for the default. */
    public Builder calendarFeatures(List<CalendarFeature> features) {
      this.calendarFeatures = features == null ? null : List.copyOf(features);
      return this;
    }

    /**
     * The holidays that the network knows; null (the default) for none. A detector keeps those that
     * are among the rows that it learns from.
     */
    public Builder holidays(HolidayCalendar holidays) {
      this.holidays = holidays;
      return this;
    }

    /**
     * Whether each window is read less its own mean, for series without a level of their own, such
     * as those that rise for years; null for the default: where values are much closer to those
     * around them than to what is usual for the season, four times as close by the median.
     */
    public Builder centered(Boolean centered) {
      this.centered = centered;
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

    /** The fraction of the validation rows that is not marked. Default: 0.99. */
    public Builder thresholdQuantile(double thresholdQuantile) {
      this.thresholdQuantile = thresholdQuantile;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is impossible; the message names it
     */
    public AnomalyOptions build() {
      return new AnomalyOptions(
          columns, window, calendarFeatures, holidays, centered, seasonality, thresholdQuantile);
    }
  }
}
