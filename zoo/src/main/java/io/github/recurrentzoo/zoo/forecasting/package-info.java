/**
 * Series to series: the network {@link io.github.recurrentzoo.zoo.forecasting.SequenceForecasting},
 * the pipeline {@link io.github.recurrentzoo.zoo.forecasting.Forecaster}, back-testing and its
 * report.
 *
 * <p>Not for users: {@code ForecastPicture}.
 */
package io.github.recurrentzoo.zoo.forecasting;
