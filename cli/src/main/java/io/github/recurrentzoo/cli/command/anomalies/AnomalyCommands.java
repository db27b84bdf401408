package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyPart;
import io.github.recurrentzoo.zoo.anomalies.AnomalyReport;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.util.List;

/** What detection of anomalies adds to the command line. */
public final class AnomalyCommands implements TaskCommands {

  @Override
  public Task task() {
    return SequenceAutoencoder.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train anomalies", TrainAnomaliesOptions::new, TrainAnomalies::run),
        new Verb<>("fine-tune anomalies", FineTuneAnomaliesOptions::new, FineTuneAnomalies::run),
        new Verb<>("detect", DetectAnomaliesOptions::new, DetectAnomalies::run));
  }

  @Override
  public List<String> evaluateOptions() {
    return DelimiterArgument.with(
        "--dataset",
        "--time-column",
        "--decimal",
        "--thousands",
        "--time-format",
        "--time-zone",
        "--missing",
        "--sort",
        "--frequency",
        "--test-split",
        "--label-column");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    AnomalyDetector detector =
        options.model.load(AnomalyDetector::load, AnomalyDetector::pretrained);
    double test = options.test == null ? TrainAnomaliesOptions.TEST : options.test;
    SplitArguments.fraction("--test-split", test);
    if (options.input.data == null && options.input.dataset == null) {
      options.input.dataset = own(detector.options().columns());
    }
    options.input.remember(detector.provenance().columns(), detector.step());
    AnomalySeries rows =
        AnomalySeries.read(options.input, detector.options().columns(), options.labelColumn, out);
    TimeSeries.Split split = rows.series().split(test);
    int from = split.past().size();
    AnomalyReport report =
        rows.isLabelled()
            ? detector.evaluate(split.past(), split.test(), rows.anomalies(0, rows.series().size()))
            : detector.evaluate(split.past(), split.test());
    out.println(report);
    return new AnomalyPart(
        report,
        options.page.file == null ? List.of() : TrainAnomalies.pictures(detector, rows, from));
  }

  /** The zoo's own series that has a model's columns. */
  private static SampleSeries.Name own(List<String> columns) {
    for (SampleSeries.Name name : SampleSeries.Name.values()) {
      SampleSeries sample = SampleSeries.of(name);
      if (sample.seriesColumn() == null && sample.targets().containsAll(columns)) {
        return name;
      }
    }
    throw EvaluateModel.notKnown("one of the zoo's own series");
  }
}
