package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.detection.DetectionMeasures;
import io.github.recurrentzoo.zoo.detection.DetectionPicture;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a saved detector, or a forecaster, which steps of a series are not normal. */
public final class DetectAnomalies {

  private DetectAnomalies() {}

  /**
   * Loads, reads, marks and draws.
   *
   * @param options the model and the series
   * @param out where to print to
   * @return the marks
   */
  public static Detection run(DetectAnomaliesOptions options, PrintStream out) {
    options.check();
    options.series.orStandardInput();
    String task = options.model.task();
    if (task.equals(SequenceAutoencoder.TASK.id())) {
      return byDetector(options, out);
    }
    if (task.equals(SequenceForecasting.TASK.id())) {
      return byForecaster(options, out);
    }
    throw new BadOptionException(
        "--model %s is for the task %s; expected a model of train anomalies or of train forecast."
            .formatted(options.model.name(), task));
  }

  private static Detection byDetector(DetectAnomaliesOptions options, PrintStream out) {
    AnomalyDetector detector =
        options.model.load(AnomalyDetector::load, AnomalyDetector::pretrained);
    options.series.remember(detector.provenance().columns(), detector.step());
    AnomalySeries rows =
        AnomalySeries.read(options.series, detector.options().columns(), options.labelColumn, out);
    return end(
        options.quantile == null
            ? detector.detect(rows.series())
            : detector.detect(rows.series(), options.quantile),
        rows,
        options,
        out);
  }

  private static Detection byForecaster(DetectAnomaliesOptions options, PrintStream out) {
    Forecaster forecaster = options.model.load(Forecaster::load, Forecaster::pretrained);
    if (!forecaster.seriesNames().isEmpty()) {
      throw new BadOptionException(
          "--model %s is a forecaster of many series, and those do not detect; expected a forecaster of one series or a model of train anomalies."
              .formatted(options.model.name()));
    }
    options.series.remember(forecaster);
    AnomalySeries rows =
        AnomalySeries.read(options.series, forecaster.options(), options.labelColumn, out);
    Detection marks =
        options.quantile == null
            ? forecaster.detect(rows.series())
            : forecaster.detect(rows.series(), options.quantile);
    return end(marks, rows, options, out);
  }

  private static Detection end(
      Detection marks, AnomalySeries rows, DetectAnomaliesOptions options, PrintStream out) {
    out.println(marks);
    DetectionMeasures measures =
        rows.isLabelled() ? DetectionMeasures.of(marks, rows.anomalies(0, marks.size())) : null;
    if (measures != null) {
      out.println();
      out.println(measures);
    }
    List<Path> pictures = options.draws() ? draw(marks, rows, options) : List.of();
    pictures.forEach(file -> out.println("The picture is " + file + "."));
    if (options.csv != null) {
      StepTable.write(marks, options.csv);
      out.println("The scores of all steps are in " + options.csv + ".");
    }
    options.console.emit(
        () -> {
          Map<String, Object> json = marks.toMap();
          json.put("measures", measures == null ? null : measures.toMap());
          json.put("pictures", pictures.stream().map(Path::toString).toList());
          json.put("csv", options.csv == null ? null : options.csv.toString());
          return json;
        });
    return marks;
  }

  /** One file a channel; of several, the second one ends in -2, and so on. */
  private static List<Path> draw(
      Detection marks, AnomalySeries rows, DetectAnomaliesOptions options) {
    List<Path> files = new ArrayList<>();
    List<Boolean> known = rows.isLabelled() ? rows.knownFrom(0).subList(0, marks.size()) : null;
    for (String channel : marks.channels()) {
      Path file = options.plot;
      if (!files.isEmpty()) {
        String name = file.getFileName().toString();
        file =
            file.resolveSibling(
                name.substring(0, name.length() - 4) + "-%d.svg".formatted(files.size() + 1));
      }
      new DetectionPicture(marks, channel, known)
          .chart()
          .subtitle(
              String.format(
                  Locale.ROOT,
                  "%s to %s, %d steps of %d marked",
                  marks.series().label(0),
                  marks.series().label(marks.size() - 1),
                  marks.marked(),
                  marks.scored()))
          .save(file);
      files.add(file);
    }
    return files;
  }
}
