package io.github.recurrentzoo.zoo.series;

/**
 * A forecast that needs no network: what a network has to beat. With o the last known row, k a step
 * of the horizon and m the season:
 *
 * <pre>
 * NAIVE           y_o
 * SEASONAL_NAIVE  y_{o+k-m ceil(k/m)}
 * SEASONAL_MEAN   the mean of all known rows at the place of o + k in the season
 * DRIFT           y_o + k (y_o - y_1) / (o - 1)
 * ETS             exponential smoothing with additive errors, trend and season
 * </pre>
 */
public enum Baseline {
  /** The last known value. */
  NAIVE("naive", "naive"),

  /** The value at the same place of the last known season. */
  SEASONAL_NAIVE("seasonalNaive", "seasonal naive"),

  /** The mean of all values at the same place of the season; without a season, of all values. */
  SEASONAL_MEAN("seasonalMean", "mean of seasons"),

  /** The straight line from the first known value to the last one. */
  DRIFT("drift", "drift"),

  /**
   * Exponential smoothing, with the trend, damping and season that suit the rows before the test
   * best (AICc), and the parameters with which its forecasts of one step have the least squared
   * error there.
   */
  ETS("ets", "ETS");

  private final String key;
  private final String title;

  Baseline(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** Its name in JSON. */
  public String key() {
    return key;
  }

  /**
   * The name for people.
   *
   * @param season m, in rows; 1 for none
   */
  public String title(int season) {
    return switch (this) {
      case SEASONAL_NAIVE -> title + " (" + season + ")";
      case SEASONAL_MEAN -> season == 1 ? "mean" : title + " (" + season + ")";
      default -> title;
    };
  }

  /** Whether it is another forecast than those before it. */
  public boolean differs(int season) {
    return this != SEASONAL_NAIVE || season > 1;
  }
}
