package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.detection.DetectionPicture;
import io.github.recurrentzoo.zoo.report.ModelCard;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Detection of anomalies: precision and recall beside two detectors without a network, and pictures
 * of the marked steps.
 *
 * @param report of rows that the detector has not learned from
 * @param pictures of these rows, one a channel
 */
public record AnomalyPart(AnomalyReport report, List<DetectionPicture> pictures)
    implements ReportPart {

  /** Keeps a copy of the list. */
  public AnomalyPart {
    pictures = List.copyOf(pictures);
  }

  @Override
  public String task() {
    return "anomaly detection";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    AnomalyReport.Method network = report.network();
    if (report.hasAnomalies()) {
      figures.put("events found", percent(network.measures().eventRecall()));
      figures.put("marked ranges that are events", percent(network.measures().eventPrecision()));
      figures.put("AUC-PR", decimals(network.measures().averagePrecision()));
    }
    figures.put("normal steps marked", percent(network.normalShare()));
    return figures;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (report.hasAnomalies()) {
      figures.put("AUC-PR", report.network().measures().averagePrecision());
      figures.put("F1", report.network().measures().f1());
      figures.put("event F1", report.network().measures().eventF1());
    }
    figures.put("normal steps marked", report.network().normalShare());
    return figures;
  }

  @Override
  public String verdict() {
    AnomalyReport.Method network = report.network();
    String normal =
        "Of the normal steps, %s are marked; %s were expected."
            .formatted(percent(network.normalShare()), percent(1 - report.thresholdQuantile()));
    if (!report.hasAnomalies()) {
      return normal + " No anomaly is known among these rows.";
    }
    Optional<AnomalyReport.Method> other = report.bestBaseline();
    return String.format(
        Locale.ROOT,
        "%d of %d %s events are found, and %d of %d marked ranges are events: an event F1 of %s%s."
            + " The area under precision and recall is %s%s. %s%s",
        network.measures().found(),
        network.measures().events(),
        report.isSynthetic() ? "synthetic" : "labelled",
        network.measures().rightRanges(),
        network.measures().ranges(),
        decimals(network.measures().eventF1()),
        other
            .map(
                best ->
                    "; the %s has %s".formatted(best.name(), decimals(best.measures().eventF1())))
            .orElse(""),
        decimals(network.measures().averagePrecision()),
        other.map(best -> " and " + decimals(best.measures().averagePrecision())).orElse(""),
        normal,
        report.isWorseThanBaseline() ? " " + report.worse() : "");
  }

  @Override
  public Optional<ModelCard> card() {
    List<String> limits = new ArrayList<>();
    limits.add(
        String.format(
            Locale.ROOT,
            "Its threshold is meant to mark %.1f %% of normal steps; on the rows of the report it"
                + " marked %.1f %%.",
            100 * (1 - report.thresholdQuantile()),
            100 * report.network().normalShare()));
    limits.add(
        "What is normal is what the rows were that it learned from: a level that they never had is"
            + " marked.");
    if (report.isSynthetic()) {
      limits.add(
          "It was measured on anomalies that were put in by rule, of which real ones may differ.");
    }
    report.network().found().entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(
            worst ->
                limits.add(
                    "It is least good at events of the kind %s: it found %s of them."
                        .formatted(worst.getKey(), percent(worst.getValue()))));
    return Optional.of(
        new ModelCard(
            "Marks the steps of a time series that are not as those that it has learned from.",
            limits,
            """
            AnomalyDetector detector = AnomalyDetector.load(Path.of("{model}"));
            TimeSeries series =
                TimeSeriesReader.builder().timeColumn("time").columns(detector.options().columns()).build().read(Path.of("series.csv"));
            System.out.println(detector.detect(series));\
            """,
            "recurrent-zoo detect --model {model} --data series.csv"));
  }

  @Override
  public Map<String, Object> toMap() {
    return report.toMap();
  }

  @Override
  public List<ReportSection> sections() {
    List<ReportSection> sections = new ArrayList<>();
    ReportSection table = new ReportSection("Network and simpler detectors");
    table.table(report.figures());
    if (!report.network().found().isEmpty()) {
      table.table(report.kinds());
    }
    report.missing().forEach(table::note);
    sections.add(table);
    if (!pictures.isEmpty()) {
      ReportSection marked = new ReportSection("Marked steps");
      pictures.forEach(picture -> marked.chart(picture.chart()).chart(picture.narrowChart()));
      sections.add(marked.chart(pictures.get(0).scores()));
    }
    return sections;
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
