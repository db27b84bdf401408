package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Forecasting of many series: means over the series, errors by series, and pictures of some.
 *
 * @param report of rows that the forecaster has not learned from
 * @param pictures of some series
 */
public record PanelPart(PanelReport report, List<ForecastPicture> pictures) implements ReportPart {

  /** Keeps a copy of the list. */
  public PanelPart {
    pictures = List.copyOf(pictures);
  }

  private String target() {
    return report.targets().get(0);
  }

  private PanelReport.Mean network() {
    return report.mean(target(), ForecastReport.Target::network);
  }

  private PanelReport.Mean baseline() {
    return report.mean(target(), report.best(target()));
  }

  @Override
  public String task() {
    return "forecasting";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("mean MASE of " + target(), Table.number(network().mase()));
    figures.put("mean MASE of the best baseline", Table.number(baseline().mase()));
    figures.put("series", Integer.toString(report.series().size()));
    figures.put(
        "mean coverage", String.format(Locale.ROOT, "%.1f %%", 100 * report.coverage(target())));
    return figures;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String target : report.targets()) {
      figures.put(target + ": mean MAE", report.mean(target, ForecastReport.Target::network).mae());
      figures.put(target + ": mean coverage", report.coverage(target));
    }
    return figures;
  }

  @Override
  public String verdict() {
    return "%s The forecasts beat all baselines in %d of %d series.%s"
        .formatted(
            report.verdict(),
            report.better(target()),
            report.series().size(),
            report.smoothing() > 0 ? " " + report.share() : "");
  }

  @Override
  public Optional<ModelCard> card() {
    return Optional.of(
        new ModelCard(
            "Forecasts %s of many series, each by itself."
                .formatted(String.join(", ", report.targets())),
            List.of(
                "It needs series with the columns and the step that it has learned from, without gaps.",
                "A series that it has not learned is scaled by its own rows and forecast as one of no name.",
                "A level or a pattern that the series has never had is not forecast."),
            """
        SeriesPanel panel =
            TimeSeriesReader.builder()
                .timeColumn("time").columns({columns}).seriesColumn("series")
                .build().readPanel(Path.of("series.csv"));
        PanelForecaster forecaster = PanelForecaster.load(Path.of("{model}"));
        System.out.println(forecaster.forecast(panel));"""
                .replace("{columns}", ForecastPart.quoted(report.targets())),
            "recurrent-zoo forecast --model {model} --data series.csv"));
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
    for (String target : report.targets()) {
      sections.add(
          new ReportSection("Errors of " + target)
              .sideBySide()
              .table(report.means(target))
              .table(report.bySeries(target)));
    }
    return sections;
  }
}
