package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;

/**
 * How a rolling-origin backtest goes over the end of a series.
 *
 * @param folds how many parts, one behind the other up to the end of the series, are forecast
 * @param rows the rows of each part, the horizon at least
 * @param refit whether a new network learns from all rows before each part; otherwise one learns
 *     from the rows before the first part and forecasts all of them
 */
public record BacktestOptions(int folds, int rows, boolean refit) {

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public BacktestOptions {
    Require.atLeast("folds", 1, folds);
    Require.atLeast("rows", 1, rows);
  }

  /** Refuses parts that are shorter than the horizon. */
  void checkHorizon(int horizon) {
    if (rows < horizon) {
      throw new DataException(
          "The backtest asks for parts of %d rows; expected the horizon of %d at least. Ask for longer parts, or a shorter horizon."
              .formatted(rows, horizon));
    }
  }
}
