package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import java.io.PrintStream;
import java.nio.file.Path;

/** Asks a saved forecaster what follows a series. */
public final class ForecastNext {

  private ForecastNext() {}

  /**
   * Loads, reads and forecasts.
   *
   * @param options the model and the series
   * @param out where to print to
   * @return what follows the series
   */
  public static Forecast run(ForecastNextOptions options, PrintStream out) {
    options.series.orStandardInput();
    Forecaster forecaster = options.model.load(Forecaster::load, Forecaster::pretrained);
    options.series.remember(forecaster);
    Forecast forecast = forecaster.forecast(options.series.read(forecaster.options(), out));
    out.println(forecast);
    options.console.emit(forecast::toMap);
    return forecast;
  }

  /** The command that asks a model what follows a series, to type as it stands. */
  static String command(Path model, SeriesArguments series) {
    return Wording.command(
        "forecast", "--model " + Wording.argument(model.toString()) + " " + series.arguments());
  }
}
