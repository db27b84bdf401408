package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.Forecast;
import io.github.recurrentzoo.zoo.Forecaster;
import java.io.PrintStream;
import java.nio.file.Path;

/** Asks a saved forecaster what follows a series. */
public final class ForecastNext {

  private ForecastNext() {}

  /**
   * Asks as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new ForecastNextOptions(), ForecastNext::run, args);
  }

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
    Forecast forecast = forecaster.forecast(options.series.read(forecaster.options(), out));
    out.println(forecast);
    options.console.emit(forecast::toMap);
    return forecast;
  }

  /** The command that asks a model what follows a series, to type as it stands. */
  static String command(Wording wording, Path model, SeriesArguments series) {
    return wording.command(
        "ForecastNext",
        "forecast",
        "--model " + wording.argument(model.toString()) + " " + series.arguments(wording));
  }
}
