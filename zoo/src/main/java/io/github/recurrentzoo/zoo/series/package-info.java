/**
 * Time series: reading them from files, and what every forecast needs: time steps, calendar
 * features, scaling, differencing, simple forecasts to compare with, and measures of error.
 *
 * <p>A {@link io.github.recurrentzoo.zoo.series.TimeSeries} is complete: one row per step of time,
 * a finite number in each place; a step may leave places of the week out, such as weekends. {@link
 * io.github.recurrentzoo.zoo.series.TimeSeriesReader} makes it of a file, and names file, line and
 * column of what stands in the way.
 *
 * <p>Not for users: {@code ExponentialSmoothing}, {@code ForecastIntervals}, {@code
 * AdaptiveIntervals}.
 */
package io.github.recurrentzoo.zoo.series;
