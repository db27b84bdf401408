package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.LabeledSequenceReader;
import io.github.recurrentzoo.zoo.sequences.NearestNeighbor;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequencePart;
import io.github.recurrentzoo.zoo.sequences.SequenceReport;
import java.io.PrintStream;
import java.util.List;

/** What sequence classification adds to the command line. */
public final class SequenceCommands implements TaskCommands {

  @Override
  public Task task() {
    return SequenceClassification.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train sequences", TrainSequencesOptions::new, TrainSequences::run),
        new Verb<>("fine-tune sequences", FineTuneSequencesOptions::new, FineTuneSequences::run),
        new Verb<>("classify", ClassifySequencesOptions::new, ClassifySequences::run));
  }

  @Override
  public List<Benchmark> benchmarks() {
    return List.of(
        new Benchmark(
            "sequences",
            "sequence classification",
            "control-charts",
            false,
            new TrainSequencesOptions()::defaults,
            ChartBenchmark::of));
  }

  @Override
  public List<String> evaluateOptions() {
    return DelimiterArgument.with("--id-column", "--time-column", "--label-column", "--channels");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    SequenceClassifier classifier =
        options.model.load(SequenceClassifier::load, SequenceClassifier::pretrained);
    List<LabeledSequence> rows;
    List<String> names;
    SequenceReport report;
    if (options.input.data == null) {
      SequenceParts parts = kept(classifier, out);
      rows = parts.test();
      names = parts.channels();
      report = classifier.evaluate(rows, NearestNeighbor.train(parts.training()));
    } else {
      SequenceFileArguments arguments = new SequenceFileArguments();
      arguments.data = options.input.data;
      arguments.idColumn = options.idColumn;
      arguments.timeColumn = options.input.timeColumn;
      arguments.labelColumn = options.labelColumn;
      arguments.channels = options.channels;
      arguments.delimiter = options.input.delimiter;
      arguments.remember(classifier.provenance().columns());
      LabeledSequenceReader reader = arguments.reader();
      EvaluateModel.reading(options, out);
      rows = StandardInput.read(options.input.data, ".csv", reader::read);
      names = reader.channels();
      report = classifier.evaluate(rows);
    }
    out.println(report);
    return options.page.file == null
        ? new SequencePart(report, List.of())
        : SequencePart.of(report, classifier, rows, names);
  }

  /** The charts of the training, and those that were kept from it. */
  private static SequenceParts kept(SequenceClassifier classifier, PrintStream out) {
    SequenceParts charts = SequenceParts.charts(classifier.provenance().seed());
    if (!classifier.provenance().isOf(SequenceClassifier.parts(charts.training()).stream())) {
      throw EvaluateModel.notKnown("control charts");
    }
    out.println("Drawing the held-out control charts.");
    return charts;
  }
}
