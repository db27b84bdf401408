package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyPart;
import io.github.recurrentzoo.zoo.anomalies.AnomalyReport;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Fits a detector of anomalies to a series of the user's, and measures it before and after. */
public final class FineTuneAnomalies {

  private FineTuneAnomalies() {}

  /**
   * Fine-tunes, reports and saves.
   *
   * @param options the model, the series and where to save
   * @param out where to print to
   * @return detector, report and file
   */
  public static TrainAnomalies.Result run(FineTuneAnomaliesOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    AnomalyDetector model = options.model.load(AnomalyDetector::load, AnomalyDetector::pretrained);
    options.series.remember(model.provenance().columns(), model.step());
    AnomalySeries rows =
        AnomalySeries.read(options.series, model.options().columns(), options.labelColumn, out);
    TimeSeries.Split split = rows.series().split(options.split.testSplit);
    int from = split.past().size();
    FineTuning run = options.fineTuning(out);
    out.println(rows.series());
    run.begin("rows", from, split.test().size());
    run.readFrom(TrainAnomalies.columns(options.series, options.labelColumn));
    boolean[] known = rows.anomalies(0, from);
    AnomalyDetector tuned =
        run.train(around -> model.fineTune(split.past(), known, tuning, around));
    run.before(new AnomalyPart(report(model, rows, split), List.of()));
    AnomalyReport report = report(tuned, rows, split);
    AnomalyPart part = new AnomalyPart(report, TrainAnomalies.pictures(tuned, rows, from));
    run.show(tuned, report, part);
    run.save(tuned);
    run.report(tuned, part, "", TrainAnomalies.facts(options.series, rows, tuned, from));
    run.next(
        "Ask the model:",
        Wording.command(
            "detect",
            "--model "
                + Wording.argument(run.folder().toString())
                + " "
                + options.series.arguments()));
    run.emit(tuned, part, Map.of());
    return new TrainAnomalies.Result(tuned, report, run.file());
  }

  private static AnomalyReport report(
      AnomalyDetector detector, AnomalySeries rows, TimeSeries.Split split) {
    return rows.isLabelled()
        ? detector.evaluate(split.past(), split.test(), rows.anomalies(0, rows.series().size()))
        : detector.evaluate(split.past(), split.test());
  }
}
