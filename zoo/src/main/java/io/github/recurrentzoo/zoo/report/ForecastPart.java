package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.ForecastReport;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Forecasting: errors next to forecasts that need no model, by step of the horizon, and pictures.
 *
 * @param report of rows that the forecaster has not learned from
 * @param pictures one for each target
 */
public record ForecastPart(ForecastReport report, List<ForecastPicture> pictures)
    implements ReportPart {

  /** Keeps a copy of the list. */
  public ForecastPart {
    pictures = List.copyOf(pictures);
  }

  @Override
  public String task() {
    return "forecasting";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    ForecastReport.Target first = report.targets().get(0);
    figures.put("MASE of " + first.name(), Html.number(first.network().all().mase()));
    figures.put("MAE", Html.number(first.network().all().mae()));
    figures.put(
        "MAE of the seasonal naive forecast", Html.number(first.seasonalNaive().all().mae()));
    figures.put(
        String.format(Locale.ROOT, "coverage of %.0f %% intervals", 100 * report.interval()),
        String.format(Locale.ROOT, "%.1f %%", 100 * first.coverage()));
    return figures;
  }

  @Override
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("season", report.season());
    metrics.put("horizon", report.horizon());
    metrics.put("forecasts", report.windows());
    metrics.put("interval", report.interval());
    metrics.put("targets", report.targets());
    return metrics;
  }

  @Override
  public void write(Html html) {
    if (!pictures.isEmpty()) {
      html.open("section").element("h2", "Forecasts");
      pictures.forEach(picture -> picture.write(html));
      html.close("section").line();
    }
    for (ForecastReport.Target target : report.targets()) {
      html.open("section").element("h2", "Errors of " + target.name());
      html.open("div", "class", "grid-2");
      errors(html, target);
      steps(html, target);
      html.close("div").close("section").line();
    }
  }

  private void errors(Html html, ForecastReport.Target target) {
    html.scroll("Errors of " + target.name()).open("table");
    html.caption(
        String.format(
            Locale.ROOT,
            "%,d forecasts of %d steps on rows not learned from; MAE and RMSE in the unit of the series",
            report.windows(),
            report.horizon()));
    html.open("thead").open("tr").element("th", "method", "scope", "col");
    for (String name : List.of("MAE", "RMSE", "MASE", "sMAPE, %")) {
      html.element("th", name, "scope", "col", "class", "n");
    }
    html.close("tr").close("thead").open("tbody");
    row(html, "network", target.network().all());
    row(html, "naive", target.naive().all());
    row(html, "seasonal naive (" + report.season() + ")", target.seasonalNaive().all());
    html.close("tbody").close("table").close("div");
  }

  private static void row(Html html, String name, ForecastErrors errors) {
    html.open("tr").element("th", name, "scope", "row");
    for (double value : new double[] {errors.mae(), errors.rmse(), errors.mase(), errors.smape()}) {
      html.element("td", Html.number(value), "class", "n");
    }
    html.close("tr");
  }

  private void steps(Html html, ForecastReport.Target target) {
    double[] steps = new double[report.horizon()];
    for (int k = 0; k < steps.length; k++) {
      steps[k] = k + 1.0;
    }
    new LineChart("Error by step of the forecast: " + target.name(), "step", "MAE")
        .wholeSteps()
        .line("network", 0, steps, numbers(target.network().stepMae()))
        .line("naive", 1, steps, numbers(target.naive().stepMae()))
        .line("seasonal naive", 2, steps, numbers(target.seasonalNaive().stepMae()))
        .description(
            "Mean absolute error of the network and of two forecasts without a model, from the first step of the horizon to the last.")
        .write(html);
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
