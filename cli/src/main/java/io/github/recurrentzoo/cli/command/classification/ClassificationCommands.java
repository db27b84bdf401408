package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.zoo.classification.ClassificationPart;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.LabeledTextReader;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** What text classification adds to the command line. */
public final class ClassificationCommands implements TaskCommands {

  @Override
  public Task task() {
    return TextClassification.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train text", TrainTextClassifierOptions::new, TrainTextClassifier::run),
        new Verb<>(
            "fine-tune text", FineTuneTextClassifierOptions::new, FineTuneTextClassifier::run),
        new Verb<>("predict", PredictTextOptions::new, PredictText::run));
  }

  @Override
  public List<Benchmark> benchmarks() {
    return List.of(
        new Benchmark(
            "text",
            "text classification",
            "wordnet",
            false,
            new TrainTextClassifierOptions()::defaults,
            TextBenchmark::wordNet),
        new Benchmark(
            "languages",
            "language identification",
            "languages",
            false,
            () ->
                Defaults.of(
                    recurrence -> TextClassification.recipe("languages", recurrence),
                    TextClassification.recipe("texts", Recurrence.LSTM)),
            TextBenchmark::languages));
  }

  @Override
  public List<String> evaluateOptions() {
    return DelimiterArgument.with("--text-column", "--label-column");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    TextClassifier classifier =
        options.model.load(TextClassifier::load, TextClassifier::pretrained);
    List<LabeledText> rows =
        options.input.data == null
            ? kept(classifier.provenance(), out)
            : read(options, classifier.provenance().columns(), out);
    ClassificationPart part =
        options.page.file == null
            ? new ClassificationPart(classifier.evaluate(rows), List.of())
            : ClassificationPart.of(classifier, rows);
    out.println(part.report());
    return part;
  }

  private static List<LabeledText> read(
      EvaluateModelOptions options, Map<String, String> columns, PrintStream out) {
    String text = options.textColumn == null ? columns.get("text") : options.textColumn;
    String label = options.labelColumn == null ? columns.get("label") : options.labelColumn;
    LabeledTextReader.Builder builder = LabeledTextReader.builder();
    if (text != null) {
      builder.textColumn(text);
    }
    if (label != null) {
      builder.labelColumn(label);
    }
    LabeledTextReader reader = builder.format(options.input.delimiter.format()).build();
    EvaluateModel.reading(options, out);
    List<LabeledText> rows = StandardInput.read(options.input.data, ".csv", reader::read);
    reader.warnings().forEach(warning -> out.println("Warning: " + warning));
    return rows;
  }

  /** The part of the zoo's own data that was kept from the training. */
  static List<LabeledText> kept(Provenance provenance, PrintStream out) {
    for (LongFunction<TextBenchmark> data :
        List.<LongFunction<TextBenchmark>>of(TextBenchmark::wordNet, TextBenchmark::languages)) {
      TextBenchmark known = data.apply(provenance.seed());
      StratifiedSplit split = known.split();
      if (provenance.isOf(
          split.training().stream().flatMap(row -> Stream.of(row.label(), row.text())))) {
        out.printf("Reading the held-out part of %s.%n", known.title());
        return split.test();
      }
    }
    throw EvaluateModel.notKnown("the definitions of WordNet, or names in 48 languages");
  }
}
