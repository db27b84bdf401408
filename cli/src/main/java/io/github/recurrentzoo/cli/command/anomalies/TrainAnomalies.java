package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.AnomalyPart;
import io.github.recurrentzoo.zoo.anomalies.AnomalyReport;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.detection.DetectionPicture;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a detector of anomalies on one of the zoo's series or on a file of the user's, reports and
 * saves it.
 */
public final class TrainAnomalies {

  private TrainAnomalies() {}

  /**
   * What a run gives.
   *
   * @param detector the trained detector
   * @param report how good it is on rows that it has not seen
   * @param model the file that it was saved to
   */
  public record Result(AnomalyDetector detector, AnomalyReport report, Path model) {}

  /**
   * Trains, reports and saves.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return detector, report and file
   */
  public static Result run(TrainAnomaliesOptions options, PrintStream out) {
    AnomalyOptions what = options.what();
    SequenceAutoencoder architecture = options.architecture();
    TrainingOptions training = options.trainingOptions();
    AnomalySeries rows =
        AnomalySeries.read(options.series, what.columns(), options.labelColumn, out);
    TimeSeries series = rows.series();
    TimeSeries.Split split = series.split(options.split.testSplit);
    int from = split.past().size();
    SampleSeries sample = options.series.sample();
    Path folder =
        options.output.prepare(
            options.series.outputName(),
            sample == null ? "" : sample.file().replace(".csv", "") + "-anomalies",
            options.network);
    out.println(series);
    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows%s; the last %,d rows, from %s on, are held out as test set.%n%n",
        options.network.inWords(),
        from,
        rows.isLabelled() ? ", %d known anomalies left out".formatted(rows.count(0, from)) : "",
        split.test().size(),
        split.test().label(0));
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(columns(options.series, options.labelColumn));
    boolean[] known = rows.anomalies(0, from);
    AnomalyDetector detector =
        run.train(
            around ->
                AnomalyDetector.train(split.past(), known, what, architecture, training, around));
    tell(detector.options(), out);
    AnomalyReport report =
        rows.isLabelled()
            ? detector.evaluate(split.past(), split.test(), rows.anomalies(0, series.size()))
            : detector.evaluate(split.past(), split.test());
    AnomalyPart part = new AnomalyPart(report, pictures(detector, rows, from));
    run.show(detector, report, part);
    out.println();
    run.save(
        run.toSave(
            detector,
            options.split,
            series.size() + " rows",
            (epochs, around) ->
                detector.retrain(
                    series,
                    rows.anomalies(0, series.size()),
                    architecture,
                    training.withEpochs(epochs),
                    around)));
    run.report(
        detector,
        part,
        "%s: anomalies by %s".formatted(options.series.name(), options.network.inWords()),
        facts(options.series, rows, detector, from));
    run.next(
        "Ask the model:",
        Wording.command(
            "detect",
            "--model " + Wording.argument(folder.toString()) + " " + options.series.arguments()));
    run.emit(detector, part, Map.of());
    return new Result(detector, report, run.file());
  }

  /** The columns that a model remembers. */
  static Map<String, String> columns(SeriesArguments source, String labelColumn) {
    Map<String, String> columns = new LinkedHashMap<>(source.columns());
    if (labelColumn != null) {
      columns.put("label", labelColumn);
    }
    return columns;
  }

  /** Tells what was found in the rows. */
  private static void tell(AnomalyOptions found, PrintStream out) {
    out.printf(
        "Calendar features: %s; windows are read %s.%n%n",
        found.calendarFeatures().isEmpty()
            ? "none"
            : String.join(
                ", ",
                found.calendarFeatures().stream()
                    .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList()),
        Boolean.TRUE.equals(found.centered()) ? "less their own mean" : "as they are");
  }

  /** The marks of the rows that were held out, a picture a channel. */
  static List<DetectionPicture> pictures(AnomalyDetector detector, AnomalySeries rows, int from) {
    Detection marks = detector.detect(rows.series()).from(from);
    return marks.channels().stream()
        .map(channel -> new DetectionPicture(marks, channel, rows.knownFrom(from)))
        .toList();
  }

  /** What is known of the rows, for the report. */
  static Map<String, Object> facts(
      SeriesArguments source, AnomalySeries rows, AnomalyDetector detector, int from) {
    Map<String, Object> facts = new LinkedHashMap<>();
    TimeSeries series = rows.series();
    SampleSeries sample = source.sample();
    facts.put("source", sample == null ? source.data.toString() : sample.file());
    facts.put("columns", String.join(", ", detector.options().columns()));
    facts.put("rows", series.size());
    facts.put("from", series.label(0));
    facts.put("to", series.label(series.size() - 1));
    facts.put("rows for training and validation", from);
    facts.put("rows for the report", series.size() - from);
    if (rows.isLabelled()) {
      facts.put("known anomalies left out of the training", rows.count(0, from));
    }
    return facts;
  }
}
