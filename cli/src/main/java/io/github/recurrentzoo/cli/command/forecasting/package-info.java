/** Commands of forecasting: train, fine-tune, forecast. */
package io.github.recurrentzoo.cli.command.forecasting;
