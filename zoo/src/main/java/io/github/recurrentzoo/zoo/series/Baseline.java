package io.github.recurrentzoo.zoo.series;

import java.util.function.IntToDoubleFunction;

/** A forecast that needs no model: what a model has to beat. */
public enum Baseline {

  /** The last known value. */
  NAIVE("naive"),

  /** The value at the same place of the last known season. */
  SEASONAL_NAIVE("seasonal naive");

  private final String title;

  Baseline(String title) {
    this.title = title;
  }

  /**
   * The forecast for one step; nothing after the origin is read.
   *
   * @param values the series, by row
   * @param origin o, the last known row
   * @param step k, from 1
   * @param season m, in rows; the origin must be m - 1 at least
   * @return y_o, or y_{o + k - m ceil(k / m)}
   */
  public double forecast(IntToDoubleFunction values, int origin, int step, int season) {
    return switch (this) {
      case NAIVE -> values.applyAsDouble(origin);
      case SEASONAL_NAIVE ->
          values.applyAsDouble(origin + step - season * ((step + season - 1) / season));
    };
  }

  /** The name for people. */
  @Override
  public String toString() {
    return title;
  }
}
