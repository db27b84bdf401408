package io.github.recurrentzoo.cli.command.forecasting;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a saved forecaster what follows a series. */
public final class ForecastNext {

  private ForecastNext() {}

  /**
   * Loads, reads and forecasts.
   *
   * @param options the model and the series
   * @param out where to print to
   * @return what follows the series; null for many
   */
  public static Forecast run(ForecastNextOptions options, PrintStream out) {
    options.output.check(options.console, options.series.data, options.model);
    options.series.orStandardInput();
    Forecaster forecaster = options.model.load(Forecaster::load, Forecaster::pretrained);
    options.series.remember(forecaster);
    options.series.requirePanel(forecaster);
    if (options.series.isPanel()) {
      SeriesPanel panel = options.series.readPanel(forecaster.options(), out);
      Map<String, Forecast> forecasts = all(PanelForecaster.of(forecaster), panel, out);
      if (forecasts.isEmpty()) {
        throw new DataException(
            "%s: no series could be forecast; the warnings above say why."
                .formatted(options.series.name()));
      }
      Map<String, TimeSeries> known = new LinkedHashMap<>();
      forecasts
          .keySet()
          .forEach(name -> known.put(name, forecaster.options().known(panel.series(name))));
      options.output.write(forecasts, known, options.console, out);
      options.console.emit(() -> object("forecasts", json(forecasts)));
      return null;
    }
    TimeSeries series = options.series.read(forecaster.options(), out);
    SeriesArguments.warnOfConstant(
        "", forecaster.options().known(series), forecaster.options().targets(), out);
    Forecast forecast = forecaster.forecast(series);
    out.println(forecast);
    options.output.write(
        Map.of("", forecast), Map.of("", forecaster.options().known(series)), options.console, out);
    options.console.emit(forecast::toMap);
    return forecast;
  }

  /**
   * Forecasts all series that have what a forecast needs, and prints them and why others have none.
   */
  static Map<String, Forecast> all(PanelForecaster forecaster, SeriesPanel panel, PrintStream out) {
    List<String> unknown = forecaster.unknown(panel);
    if (!unknown.isEmpty()) {
      out.printf(
          "Warning: training has not seen %s; %s scaled by %s own rows and forecast without a name.%n",
          String.join(", ", unknown),
          unknown.size() == 1 ? "it is" : "they are",
          unknown.size() == 1 ? "its" : "their");
    }
    Map<String, Forecast> forecasts = new LinkedHashMap<>();
    for (String name : panel.names()) {
      TimeSeries series = panel.series(name);
      try {
        Forecast forecast =
            forecaster.forecast(name, series, forecaster.options().known(series).size());
        SeriesArguments.warnOfConstant(
            name, forecaster.options().known(series), forecaster.options().targets(), out);
        forecasts.put(name, forecast);
        out.println(name);
        out.println(forecast);
      } catch (DataException e) {
        out.printf("Warning: no forecast of %s: %s%n", name, e.getMessage());
      }
    }
    return forecasts;
  }

  static List<Map<String, Object>> json(Map<String, Forecast> forecasts) {
    return forecasts.entrySet().stream()
        .map(
            each -> {
              Map<String, Object> json = object("series", each.getKey());
              json.putAll(each.getValue().toMap());
              return json;
            })
        .toList();
  }

  /** The command that asks a model what follows a series, to type as it stands. */
  static String command(Path model, SeriesArguments series) {
    return Wording.command(
        "forecast", "--model " + Wording.argument(model.toString()) + " " + series.arguments());
  }
}
