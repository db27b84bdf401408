package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.LineChart;
import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Forecasting: errors next to forecasts that need no network, by step of the horizon, and pictures.
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
    figures.put("MASE of " + first.name(), Table.number(first.network().all().mase()));
    figures.put("MAE", Table.number(first.network().all().mae()));
    figures.put(
        "MAE of the best baseline, " + first.best().title(report.seasonality()),
        Table.number(first.baselines().get(first.best()).all().mae()));
    figures.put(
        String.format(Locale.ROOT, "coverage of %.0f %% intervals", 100 * report.interval()),
        String.format(Locale.ROOT, "%.1f %%", 100 * first.coverage()));
    return figures;
  }

  /** Without MASE, whose scale is that of the rows that each model has learned from. */
  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (ForecastReport.Target target : report.targets()) {
      figures.put(target.name() + ": MAE", target.network().all().mae());
      figures.put(target.name() + ": RMSE", target.network().all().rmse());
    }
    return figures;
  }

  /** About the first target; of several, how many are forecast better than without a model. */
  @Override
  public String verdict() {
    String verdict = report.verdict();
    long better = report.targets().stream().filter(ForecastReport.Target::beatsBaselines).count();
    return report.targets().size() == 1
        ? verdict
        : verdict
            + " %d of %d targets are forecast better than without a model."
                .formatted(better, report.targets().size());
  }

  @Override
  public Optional<ModelCard> card() {
    ForecastReport.Target first = report.targets().get(0);
    String targets =
        report.targets().stream()
            .map(ForecastReport.Target::name)
            .collect(Collectors.joining(", "));
    return Optional.of(
        new ModelCard(
            "Forecasts %s, %d %s ahead."
                .formatted(targets, report.horizon(), report.horizon() == 1 ? "step" : "steps"),
            List.of(
                "It needs a series with the columns and the step that it has learned from, without gaps.",
                String.format(
                    Locale.ROOT,
                    "The intervals are made to hold %.0f %% of the values; for %s they held %.1f %%.",
                    100 * report.interval(),
                    first.name(),
                    100 * first.coverage()),
                "A level or a pattern that the series has never had is not forecast."),
            """
        TimeSeries series =
            TimeSeriesReader.builder().timeColumn("time").columns({columns}).build().read(Path.of("series.csv"));
        Forecaster forecaster = Forecaster.load(Path.of("{model}"));
        System.out.println(forecaster.forecast(series));"""
                .replace(
                    "{columns}",
                    quoted(report.targets().stream().map(ForecastReport.Target::name).toList())),
            "recurrent-zoo forecast --model {model} --data series.csv"));
  }

  /** Columns as Java has them. */
  static String quoted(List<String> names) {
    return names.stream()
        .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(", "));
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public List<ReportSection> sections() {
    List<ReportSection> sections = new ArrayList<>();
    if (!pictures.isEmpty()) {
      ReportSection drawn = new ReportSection("Forecasts");
      pictures.forEach(picture -> drawn.chart(picture.chart()).chart(picture.narrowChart()));
      sections.add(drawn);
    }
    for (ForecastReport.Target target : report.targets()) {
      sections.add(
          new ReportSection("Errors of " + target.name())
              .sideBySide()
              .table(errors(target))
              .chart(steps(target)));
      if (!target.quantiles().isEmpty()) {
        sections.add(
            new ReportSection("Quantiles of " + target.name())
                .table(ForecastTable.quantiles(target.quantiles())));
      }
    }
    return sections;
  }

  private Table errors(ForecastReport.Target target) {
    long values = (long) report.windows() * report.horizon();
    long real = target.network().all().pairs();
    Table table =
        new Table()
            .caption(
                String.format(
                    Locale.ROOT,
                    "%,d forecasts of %d %s on rows not learned from%s; MAE and RMSE in the unit of the series",
                    report.windows(),
                    report.horizon(),
                    report.horizon() == 1 ? "step" : "steps",
                    real == values
                        ? ""
                        : String.format(
                            Locale.ROOT, ", of whose values %,d are real and count", real)))
            .head("method")
            .right("MAE", "RMSE", "MASE", "sMAPE, %");
    target
        .methods(report)
        .forEach(
            (name, method) -> {
              ForecastErrors errors = method.all();
              table.row(name, errors.mae(), errors.rmse(), errors.mase(), errors.smape());
            });
    return table;
  }

  private LineChart steps(ForecastReport.Target target) {
    double[] steps = IntStream.rangeClosed(1, report.horizon()).asDoubleStream().toArray();
    LineChart chart =
        new LineChart("Error by step of the forecast: " + target.name(), "step", "MAE")
            .wholeSteps();
    int style = 0;
    for (Map.Entry<String, ForecastReport.Method> method : target.methods(report).entrySet()) {
      chart.line(method.getKey(), style++, steps, numbers(method.getValue().stepMae()));
    }
    return chart.description(
        "Mean absolute error of the network and of forecasts without a network, from the first step of the horizon to the last.");
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
